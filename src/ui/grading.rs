//! What a teacher, or a CI job's log, sees of graded submissions: what the answers that missed were told, and one table.

use std::time::Duration;

use colored::Colorize;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::table::{self, Align};
use super::{Ui, plural, words};
use crate::class::{How, Step};
use crate::record::{KataRecord, Record, Status, Submission, shown};

/// How many mistakes of a class are listed.
const MISTAKES: usize = 5;

impl Ui {
    /// Shows what came of one submission: first what each answer that missed is told, last the points of all.
    pub fn submission(&mut self, record: &Record) {
        let Some(submission) = record.submissions.first() else {
            return;
        };
        for kata in &submission.katas {
            if matches!(kata.status, Status::Failed | Status::Refused) {
                self.print(kata.screen.trim_end());
                self.blank();
            }
        }
        for problem in &submission.problems {
            self.say(0, &format!("The submission: {problem}."));
            self.blank();
        }
        self.points(submission);
        self.blank();
        self.confined(record);
    }

    fn points(&mut self, submission: &Submission) {
        let of = |given: f64, most: u32| format!("{} / {most}", shown(given));
        let names = submission.katas.iter().map(|kata| words::width(&kata.kata));
        // What is cut off stands above, or in the reports.
        let room = self
            .width()
            .saturating_sub(names.max().unwrap_or(0) + 18)
            .max(20);
        let mut rows = vec![vec!["kata".to_owned(), "points".to_owned(), String::new()]];
        for kata in &submission.katas {
            rows.push(vec![
                kata.kata.bold().to_string(),
                of(kata.points.given, kata.points.most),
                colored(kata, room),
            ]);
        }
        let total = submission.points();
        rows.push(vec![
            "total".to_owned(),
            of(total.given, total.most),
            String::new(),
        ]);
        let table = table::render(&rows, &[Align::Left, Align::Right, Align::Left], 2);
        self.print(&table);
    }

    /// Shows what came of a class: for each kata how many passed, and the mistakes that were made most.
    pub fn class(&mut self, record: &Record) {
        const COLUMNS: &[(&str, Status)] = &[
            ("passed", Status::Passed),
            ("not yet", Status::Failed),
            ("no build", Status::Refused),
            ("no answer", Status::Missing),
            ("not judged", Status::Unjudged),
        ];
        let count = |place: usize, status: Status| {
            let all = record
                .submissions
                .iter()
                .filter_map(|one| one.katas.get(place));
            all.filter(|kata| kata.status == status).count()
        };
        let katas = 0..record.course.katas.len();
        let used: Vec<_> = COLUMNS
            .iter()
            .filter(|(_, status)| {
                *status == Status::Passed || katas.clone().any(|place| count(place, *status) > 0)
            })
            .collect();
        let mut rows = vec![vec!["kata".to_owned()]];
        rows[0].extend(used.iter().map(|(word, _)| (*word).to_owned()));
        for (place, kata) in record.course.katas.iter().enumerate() {
            let mut row = vec![kata.id.bold().to_string()];
            row.extend(
                used.iter()
                    .map(|(_, status)| count(place, *status).to_string()),
            );
            rows.push(row);
        }
        let align: Vec<_> = [Align::Left]
            .into_iter()
            .chain(vec![Align::Right; used.len()])
            .collect();
        let submissions = plural(record.submissions.len(), "submission");
        let part = record.part.as_ref().map(|part| {
            format!(
                ", part {} of {} of a class of {}",
                part.index, part.of, part.submissions
            )
        });
        self.say(
            0,
            &format!(
                "{}: {submissions}{}.",
                record.course.title.bold(),
                part.unwrap_or_default()
            ),
        );
        self.blank();
        self.print(&table::render(&rows, &align, 2));
        self.mistakes(record);
        self.problems(record);
        self.blank();
        self.confined(record);
    }

    fn mistakes(&mut self, record: &Record) {
        let mut counted: Vec<(usize, String)> = Vec::new();
        let katas = record.submissions.iter().flat_map(|one| &one.katas);
        for kata in katas {
            let Some(cause) = kata.causes.first().filter(|cause| cause.certain) else {
                continue;
            };
            let name = format!("{}  {}", kata.kata, cause.id);
            match counted.iter_mut().find(|(_, known)| *known == name) {
                Some((count, _)) => *count += 1,
                None => counted.push((1, name)),
            }
        }
        if counted.is_empty() {
            return;
        }
        counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        self.blank();
        self.print("The mistakes that were made most:");
        for (count, name) in counted.iter().take(MISTAKES) {
            self.print(&format!("  {count:>4}  {name}"));
        }
    }

    fn problems(&mut self, record: &Record) {
        let odd: Vec<_> = record
            .submissions
            .iter()
            .flat_map(|one| one.problems.iter().map(move |problem| (&one.id, problem)))
            .collect();
        if odd.is_empty() {
            return;
        }
        self.blank();
        for (id, problem) in odd.iter().take(MISTAKES) {
            self.say(0, &format!("{id}: {problem}."));
        }
        if odd.len() > MISTAKES {
            self.print(&format!(
                "… and {} more; the reports have all of them.",
                odd.len() - MISTAKES
            ));
        }
    }

    fn confined(&mut self, record: &Record) {
        let judge = &record.judge;
        self.say(0, &format!("Confined by {}.", judge.confined.join("; ")));
        if judge.key.is_none()
            && record
                .course
                .katas
                .iter()
                .flat_map(|kata| &kata.cases)
                .any(|case| case.kind == crate::spec::CaseKind::Sealed)
        {
            self.say(
                0,
                "The sealed cases were not run: that takes the class key.",
            );
        }
    }
}

/// The headline with its first word coloured.
fn colored(kata: &KataRecord, room: usize) -> String {
    let headline = words::clip(&kata.headline, room);
    let end = headline.find(['.', ':']).unwrap_or(0);
    let (word, rest) = headline.split_at(end);
    let word = match kata.status {
        Status::Passed => word.green(),
        Status::Failed | Status::Refused => word.yellow(),
        Status::Missing | Status::Unjudged => word.normal(),
    };
    format!("{word}{rest}")
}

/// How far a class is: a bar on a terminal, and now and then a line elsewhere.
pub struct ClassProgress {
    bar: Option<ProgressBar>,
    all: usize,
    done: usize,
    judged: usize,
    since: std::time::Instant,
    /// The tenth that was told last.
    tenth: usize,
}

impl ClassProgress {
    /// Starts with this many answers to come.
    #[must_use]
    pub fn start(ui: &Ui, all: usize) -> Self {
        let bar = ui.lively.then(|| {
            let target = ProgressDrawTarget::stderr_with_hz(8);
            let bar = ProgressBar::with_draw_target(Some(all as u64), target);
            let style =
                ProgressStyle::with_template("  {bar:30} {pos} of {len} answers, {eta} left");
            bar.set_style(
                style
                    .unwrap_or_else(|_| ProgressStyle::default_bar())
                    .progress_chars("=> "),
            );
            bar
        });
        Self {
            bar,
            all,
            done: 0,
            judged: 0,
            since: std::time::Instant::now(),
            tenth: 0,
        }
    }

    /// Shows that something happened.
    pub fn step(&mut self, ui: &mut Ui, step: &Step<'_>) {
        let Step::Done { how, .. } = step else {
            self.clear();
            self.bar = None;
            return ui
                .status("Stopping: what is running is finished first. Ctrl-C again ends at once.");
        };
        self.done += 1;
        self.judged += usize::from(*how == How::Judged);
        match &self.bar {
            Some(bar) => bar.inc(1),
            None => {
                let tenth = self.done * 10 / self.all.max(1);
                if tenth > self.tenth && self.all >= 50 {
                    self.tenth = tenth;
                    ui.status(&format!("{} of {} answers", self.done, self.all));
                }
            }
        }
    }

    /// Ends without a word.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Ends, and says what was done.
    pub fn finish(self, ui: &mut Ui) {
        self.clear();
        let took: Duration = self.since.elapsed();
        let open = self.all - self.done;
        let stopped = match open {
            0 => String::new(),
            open => format!(
                " Stopped before {}; --resume goes on from here.",
                plural(open, "answer")
            ),
        };
        ui.status(&format!(
            "{} judged now, {} known or missing, in {}.{stopped}",
            plural(self.judged, "answer"),
            self.done - self.judged,
            super::duration::short(took)
        ));
    }
}
