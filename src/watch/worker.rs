//! The thread that judges, so that keys and saves are noticed meanwhile.
//!
//! It keeps the sessions of the tracks open, and between two answers it has them prepare for the next one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::catalog::Kata;
use crate::files::Cache;
use crate::grade::{self, GradeError, Request};
use crate::sandbox::CancelToken;
use crate::track::{Progress, Purpose, Sessions, Track, TrackError};
use crate::verdict::KataResult;

/// What the thread is to do.
enum Task {
    Judge(Order),
    /// Prepare for the first answer to a kata.
    Prepare(Arc<Kata>, &'static dyn Track),
}

/// Answers to judge.
pub(crate) struct Order {
    /// The number of this judging.
    pub number: u64,
    /// The answers, judged in this order.
    pub answers: Vec<Submission>,
    /// The width of the screen, for the compiler's messages.
    pub width: usize,
    /// Cancels it.
    pub cancel: CancelToken,
    /// The course's folder and the answers in it, if the files for editors should be written.
    pub editor: Option<(PathBuf, Vec<(String, PathBuf)>)>,
}

/// An answer to judge.
#[derive(Clone)]
pub(crate) struct Submission {
    /// The kata.
    pub kata: Arc<Kata>,
    /// The language.
    pub track: &'static dyn Track,
    /// The answer's file, without links.
    pub file: PathBuf,
    /// Its path, as shown to the learner.
    pub shown_as: PathBuf,
}

/// What the thread reports.
pub(crate) enum Report {
    /// A step of preparing the tools.
    Step(Progress),
    /// The tools are ready for the first answer.
    Prepared,
    /// An answer was judged.
    Judged {
        /// The number of the order.
        number: u64,
        /// The answer.
        answer: Submission,
        /// The result.
        result: Result<Box<KataResult>, GradeError>,
    },
    /// All answers of the order with this number were judged.
    Done(u64),
    /// The files for editors could not be written.
    NoEditor(TrackError),
    /// The thread has panicked; the message was printed.
    Panicked,
}

/// The thread. It ends after its order when this is dropped.
pub(crate) struct Worker {
    tasks: Sender<Task>,
}

impl Worker {
    /// Starts the thread; it reports through a function.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(crate) fn start(
        cache: &Cache,
        report: impl Fn(Report) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (tasks, given) = channel();
        let cache = cache.clone();
        std::thread::Builder::new()
            .name("judging".to_owned())
            .spawn(move || {
                let work = || work(&cache, &given, &report);
                if catch_unwind(AssertUnwindSafe(work)).is_err() {
                    report(Report::Panicked);
                }
            })?;
        Ok(Self { tasks })
    }

    /// Judges these answers after the current order, which should be cancelled.
    pub(crate) fn judge(&self, order: Order) {
        // If the thread has ended, it has reported that.
        let _ = self.tasks.send(Task::Judge(order));
    }

    /// Finds the tools of a language, and has it prepare for the first answer to a kata, before there is one.
    pub(crate) fn prepare(&self, kata: Arc<Kata>, track: &'static dyn Track) {
        let _ = self.tasks.send(Task::Prepare(kata, track));
    }
}

fn work(cache: &Cache, tasks: &Receiver<Task>, report: &dyn Fn(Report)) {
    let mut sessions = Sessions::new(cache, Purpose::Watch);
    while let Ok(task) = tasks.recv() {
        let order = match task {
            Task::Judge(order) => order,
            Task::Prepare(kata, track) => {
                // An error appears again when an answer is judged, and is shown then.
                if let Ok(session) = sessions.of(track, &mut |step| report(Report::Step(step))) {
                    session.warm(&kata.spec);
                }
                report(Report::Prepared);
                continue;
            }
        };
        for answer in &order.answers {
            let result = judge(&sessions, cache, &order, answer, report);
            if order.cancel.is_cancelled() {
                break;
            }
            if matches!(result, Err(GradeError::Track(_))) {
                // The tools may have changed, so the next order looks for them again.
                sessions = Sessions::new(cache, Purpose::Watch);
            }
            report(Report::Judged {
                number: order.number,
                answer: answer.clone(),
                result: result.map(Box::new),
            });
        }
        if order.cancel.is_cancelled() {
            continue;
        }
        report(Report::Done(order.number));
        if let [answer] = order.answers.as_slice()
            && let Ok(session) = sessions.of(answer.track, &mut |_| {})
        {
            session.warm(&answer.kata.spec);
        }
    }
}

fn judge(
    sessions: &Sessions<'_>,
    cache: &Cache,
    order: &Order,
    answer: &Submission,
    report: &dyn Fn(Report),
) -> Result<KataResult, GradeError> {
    let session = sessions.of(answer.track, &mut |step| report(Report::Step(step)))?;
    if order.answers.len() == 1 {
        session.warm(&answer.kata.spec);
    }
    let files = (&*answer.file, &*answer.shown_as);
    let request = Request::own(&answer.kata, &*session, files, cache, order.width);
    let result = grade::judge(&Request {
        cancel: Some(&order.cancel),
        ..request
    });
    if let Some((course, answers)) = &order.editor
        && let Err(error) = session.help_editor(course, answers)
    {
        report(Report::NoEditor(error));
    }
    result
}
