//! What is judged while an answer is watched, and what becomes of the results.

use std::sync::Arc;

use super::super::failure::Failure;
use super::super::{here, judged};
use super::watching::{Verdict, Watching, no_thread};
use crate::catalog::Kata;
use crate::grade::GradeError;
use crate::progress::Progress;
use crate::sandbox::CancelToken;
use crate::track::Track;
use crate::ui::{Status, Summary};
use crate::verdict::KataResult;
use crate::watch::{Action, Event, Order, Page, Report, Submission};

impl Watching<'_> {
    /// Has the current answer judged.
    pub(super) fn judge(&mut self, number: u64) -> Result<Vec<Action>, Failure> {
        let kata = match self.course.kata(&self.kata.id) {
            Ok(kata) => Arc::new(kata),
            Err(error) => return Ok(self.failed(number, error.into())),
        };
        self.kata = kata;
        self.track = self
            .fixed_track
            .unwrap_or_else(|| self.tracks.current(&self.kata));
        let submission = here::make_answer(&self.kata, self.track)
            .and_then(|_| submission(Arc::clone(&self.kata), self.track));
        match submission {
            Ok(submission) => self.order(number, vec![submission])?,
            Err(failure) => return Ok(self.failed(number, failure)),
        }
        Ok(Vec::new())
    }

    /// Has the answers to all katas judged.
    pub(super) fn judge_all(&mut self, number: u64) -> Result<Vec<Action>, Failure> {
        self.summary.clear();
        let mut answers = Vec::new();
        for id in &self.ids {
            let Ok(kata) = self.course.kata(id) else {
                self.summary.push((id.clone(), Summary::Broken));
                continue;
            };
            let track = self.tracks.current(&kata);
            match submission(Arc::new(kata), track) {
                Ok(submission) => answers.push(submission),
                Err(_) => self.summary.push((id.clone(), Summary::NoAnswer)),
            }
        }
        self.order(number, answers)?;
        Ok(Vec::new())
    }

    fn order(&mut self, number: u64, answers: Vec<Submission>) -> Result<(), Failure> {
        self.cancel = CancelToken::new().map_err(no_thread)?;
        self.status = Status::Judging;
        let file = answers.first().map(|answer| answer.file.clone());
        let is_new = file.filter(|file| !self.helped_editor.contains(file));
        let editor = is_new.map(|file| {
            self.helped_editor.push(file);
            let root = self.course.root.clone();
            (root, here::answers(&self.course, self.track))
        });
        self.worker.judge(Order {
            number,
            answers,
            width: self.view.room(self.ui).0,
            cancel: self.cancel.clone(),
            editor,
        });
        Ok(())
    }

    pub(super) fn reported(&mut self, report: Report) -> Result<Vec<Action>, Failure> {
        match report {
            Report::Step(step) => {
                self.status = Status::Preparing(step);
                Ok(vec![Action::Draw])
            }
            Report::Prepared if matches!(self.status, Status::Preparing(_)) => {
                self.status = match self.state.judging() {
                    Some(_) => Status::Judging,
                    None => Status::Waiting,
                };
                Ok(vec![Action::Draw])
            }
            Report::Prepared => Ok(Vec::new()),
            Report::Judged {
                number,
                answer,
                result,
            } if self.state.judging() == Some(number) => Ok(self.judged(&answer, result)),
            // It was cancelled too late.
            Report::Judged { .. } => Ok(Vec::new()),
            Report::Done(number) if self.state.judging() == Some(number) => {
                self.status = Status::Waiting;
                Ok(self.settled(number))
            }
            Report::Done(_) => Ok(Vec::new()),
            Report::NoEditor(error) => {
                let failure = Failure::from(error);
                let text = format!("No files for your editor: {}", failure.message());
                self.status = Status::Notice(text);
                Ok(vec![Action::Draw])
            }
            Report::Panicked => Err(Failure::bug()),
        }
    }

    /// Records a result.
    fn judged(
        &mut self,
        answer: &Submission,
        result: Result<Box<KataResult>, GradeError>,
    ) -> Vec<Action> {
        let result = result.map_err(Failure::from);
        let mut progress = match Progress::of(&self.course.root) {
            Ok(progress) => progress,
            Err(error) => {
                let number = self.state.judging().unwrap_or_default();
                return self.failed(number, error.into());
            }
        };
        let before = judged::Before::of(&progress, &answer.kata, answer.track.name());
        if let Ok(result) = &result
            && let Err(error) = judged::record(&mut progress, &answer.kata, result)
        {
            self.status = Status::Notice(format!("Not recorded: {error}"));
        }
        if !self.state.is_judging_all() {
            let kata = Arc::clone(&answer.kata);
            self.verdict = Some(Verdict {
                kata,
                result,
                before,
            });
            return Vec::new();
        }
        let summary = match result {
            Ok(result) => Summary::Judged(result),
            Err(_) => Summary::Broken,
        };
        self.summary.push((answer.kata.id.clone(), summary));
        self.status = Status::JudgingAll(self.summary.len(), self.ids.len());
        let place = |id: &String| self.ids.iter().position(|known| known == id);
        self.summary.sort_by_key(|(id, _)| place(id));
        match self.state.page() {
            Page::All => vec![Action::Make(Page::All), Action::Draw],
            _ => vec![Action::Draw],
        }
    }

    /// Tells the state that a judging has ended.
    fn settled(&mut self, number: u64) -> Vec<Action> {
        let verdict = self.verdict.as_ref();
        let result = verdict.and_then(|verdict| verdict.result.as_ref().ok());
        let passed = result.is_some_and(|result| result.passed());
        let open = self.is_open();
        self.state.on(Event::Judged {
            number,
            passed,
            open,
        })
    }

    /// Shows why an answer was not judged.
    fn failed(&mut self, number: u64, failure: Failure) -> Vec<Action> {
        self.verdict = Some(Verdict {
            kata: Arc::clone(&self.kata),
            result: Err(failure),
            before: judged::Before::default(),
        });
        self.status = Status::Waiting;
        self.settled(number)
    }

    /// Says why a kata cannot be opened.
    pub(super) fn broken(&mut self, failure: Failure) -> Vec<Action> {
        self.page = self.captured::<()>(|_| Err(failure));
        vec![Action::Draw]
    }
}

/// The learner's answer to a kata, if there is one.
fn submission(kata: Arc<Kata>, track: &'static dyn Track) -> Result<Submission, Failure> {
    let path = kata.root.join(kata.answer(track.extension()));
    Ok(Submission {
        file: here::behind_links(&path)?,
        shown_as: here::from_here(&path),
        kata,
        track,
    })
}
