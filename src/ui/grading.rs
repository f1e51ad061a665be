//! The screens of graded submissions, for a teacher or a CI log: the screens of the answers that failed, and one
//! table.

use std::cmp::Reverse;
use std::fmt;
use std::io::Result;
use std::time::Duration;

use colored::Colorize;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::counts::{COLUMNS, Counts, MISTAKES};
use super::table::{self, Align};
use super::{Ui, plural, words};
use crate::class::{RecordOrigin, Step};
use crate::printable;
use crate::record::{AnyRecord, CourseAbout, Judge, KataRecord, Record, Status, Submission, shown};

impl Ui {
    /// Shows the result of one submission: first the screen of each answer that failed, then the points of all.
    pub fn submission(&mut self, record: &Record) {
        let Some(submission) = record.submissions.first() else {
            return;
        };
        for kata in &submission.katas {
            match kata.status {
                Status::Failed | Status::Refused => self.missed(kata),
                Status::Unjudged => {
                    let headline = printable::line(&kata.headline);
                    self.say(0, &format!("{}: {headline}", kata.kata.bold()));
                }
                Status::Passed | Status::Missing => continue,
            }
            self.blank();
        }
        for problem in &submission.problems {
            let problem = printable::line(problem);
            self.say(0, &format!("Note on the submission: {problem}."));
            self.blank();
        }
        self.points(submission);
        self.blank();
        self.confined(&record.judge, &record.course);
    }

    /// The screen of an answer that failed, or a summary if it is too wide.
    fn missed(&mut self, kata: &KataRecord) {
        if kata
            .screen
            .lines()
            .all(|line| words::width(line) <= self.width())
        {
            return self.print(kata.screen.trim_end());
        }
        let headline = printable::line(&kata.headline);
        self.say(0, &format!("{}: {headline}", kata.kata.bold()));
        let first = kata.cases.iter().find(|case| !case.said.is_empty());
        if let Some(case) = first {
            let said = printable::line(&case.said);
            self.say(2, &format!("Case {}, {}: {said}", case.number, case.name));
        }
        for error in &kata.errors {
            let text = printable::line(&error.text);
            self.say(2, &format!("Line {}: {text}", error.line));
        }
        for cause in &kata.causes {
            self.say(2, &format!("{} {}", cause.lead, cause.text));
        }
    }

    /// Lists the entries of a class's folder that are not submissions.
    ///
    /// If a single kata is judged, a submission may also be a single file.
    pub fn passed_over(&mut self, names: &[String], alone: Option<&str>) {
        if names.is_empty() {
            return;
        }
        let shown: Vec<_> = names
            .iter()
            .take(MISTAKES)
            .map(|name| printable::line(name))
            .collect();
        let more = match names.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let what = match alone {
            Some(kata) => format!("not a folder, a zip or an answer to {kata}"),
            None => "not a folder or a zip".to_owned(),
        };
        self.status(&format!("Skipped ({what}): {}{more}.", shown.join(", ")));
    }

    fn points(&mut self, submission: &Submission) {
        let of = |given: f64, most: u32| format!("{} / {most}", shown(given));
        let names = submission.katas.iter().map(|kata| words::width(&kata.kata));
        // The full text is above, or in the reports.
        let room = self
            .width()
            .saturating_sub(names.max().unwrap_or(0) + 18)
            .max(20);
        let mut rows = vec![vec!["kata".to_owned(), "points".to_owned(), String::new()]];
        for kata in &submission.katas {
            let (points, said) = match kata.status {
                // These points are not lost; the reason is shown above.
                Status::Unjudged => (format!("? / {}", kata.points.most), "not judged".to_owned()),
                _ => (of(kata.points.given, kata.points.most), colored(kata, room)),
            };
            rows.push(vec![kata.kata.bold().to_string(), points, said]);
        }
        let total = submission.points();
        let open = submission
            .katas
            .iter()
            .filter(|kata| kata.status == Status::Unjudged);
        let open: u32 = open.map(|kata| kata.points.most).sum();
        let (most, said) = match open {
            0 => (total.most, String::new()),
            open => (
                total.most.saturating_sub(open),
                format!("and {} not judged", plural(open as usize, "point")),
            ),
        };
        rows.push(vec!["total".to_owned(), of(total.given, most), said]);
        let table = table::render(&rows, &[Align::Left, Align::Right, Align::Left], 2);
        self.print(&table);
    }

    /// Shows the result of a class: the number of answers to each kata that passed, and the most common mistakes.
    ///
    /// # Errors
    /// When a submission on disk cannot be read.
    pub fn class(&mut self, record: &AnyRecord) -> Result<()> {
        let counts = Counts::of(record)?;
        let used: Vec<_> = COLUMNS
            .iter()
            .enumerate()
            .filter(|(column, _)| *column == 0 || counts.ways.iter().any(|kata| kata[*column] > 0))
            .collect();
        let mut rows = vec![vec!["kata".to_owned()]];
        rows[0].extend(used.iter().map(|(_, (word, _))| (*word).to_owned()));
        for (kata, ways) in record.course.katas.iter().zip(&counts.ways) {
            let mut row = vec![kata.id.bold().to_string()];
            row.extend(used.iter().map(|(column, _)| ways[*column].to_string()));
            rows.push(row);
        }
        let align: Vec<_> = [Align::Left]
            .into_iter()
            .chain(vec![Align::Right; used.len()])
            .collect();
        let submissions = plural(record.submissions.count(), "submission");
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
        if counts.is_whole && record.submissions.count() > 0 {
            let average = shown(counts.given / record.submissions.count() as f64);
            self.blank();
            self.print(&format!("Average: {average} of {} points.", counts.most));
        }
        self.mistakes(&counts);
        self.problems(&counts);
        self.blank();
        self.confined(&record.judge, &record.course);
        Ok(())
    }

    fn mistakes(&mut self, counts: &Counts) {
        if counts.mistakes.is_empty() && counts.unexplained == 0 {
            return;
        }
        let mut counted: Vec<_> = counts.mistakes.iter().collect();
        counted.sort_by_key(|(_, count)| Reverse(**count));
        self.blank();
        self.print("Most common mistakes:");
        for (name, count) in counted.into_iter().take(MISTAKES) {
            self.print(&format!("  {count:>4}  {name}"));
        }
        if counts.unexplained > 0 {
            self.print(&format!(
                "  {:>4}  wrong, and not explained by any known mistake",
                counts.unexplained
            ));
        }
    }

    fn problems(&mut self, counts: &Counts) {
        if counts.problems == 0 {
            return;
        }
        self.blank();
        for (id, problem) in &counts.first_problems {
            let (id, problem) = (printable::line(id), printable::line(problem));
            self.say(0, &format!("{id}: {problem}."));
        }
        if counts.problems > MISTAKES {
            self.print(&format!(
                "… and {} more; the reports list all of them.",
                counts.problems - MISTAKES
            ));
        }
    }

    fn confined(&mut self, judge: &Judge, course: &CourseAbout) {
        if judge.not_confined.is_empty() {
            self.say(0, &format!("Confined by {}.", judge.confined.join("; ")));
        } else {
            let missing = judge.not_confined.join(", and ");
            self.say(
                0,
                &format!("NOT CONFINED. Answers are not fully sandboxed: {missing}."),
            );
        }
        if judge.key.is_none()
            && course
                .katas
                .iter()
                .flat_map(|kata| &kata.cases)
                .any(|case| case.kind == crate::spec::CaseKind::Sealed)
        {
            self.say(
                0,
                "The sealed cases were not run, because they need the class key.",
            );
        }
    }
}

/// The headline with its first word colored.
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

/// The remaining time in words: empty before anything is done, and if less than a second remains.
fn left(done: u64, all: Option<u64>, time: Duration) -> String {
    match time.as_secs() {
        0 => String::new(),
        _ if done == 0 || all == Some(done) => String::new(),
        seconds @ ..60 => format!(", about {seconds} s left"),
        seconds => format!(", about {} min left", seconds.div_ceil(60)),
    }
}

/// The progress of a class: a bar on a terminal, and an occasional line elsewhere.
pub struct ClassProgress {
    bar: Option<ProgressBar>,
    all: usize,
    done: usize,
    judged: usize,
    kept: usize,
    since: std::time::Instant,
    /// The last tenth that was reported.
    tenth: usize,
}

impl ClassProgress {
    /// Starts with this many answers to judge.
    #[must_use]
    pub fn start(ui: &Ui, all: usize) -> Self {
        let bar = ui.lively.then(|| {
            let target = ProgressDrawTarget::stderr_with_hz(8);
            let bar = ProgressBar::with_draw_target(Some(all as u64), target);
            let style = ProgressStyle::with_template("  {bar:30} {pos} of {len} answers{left}");
            bar.set_style(
                style
                    .unwrap_or_else(|_| ProgressStyle::default_bar())
                    .with_key("left", |state: &ProgressState, out: &mut dyn fmt::Write| {
                        let _ = out.write_str(&left(state.pos(), state.len(), state.eta()));
                    })
                    .progress_chars("=> "),
            );
            bar
        });
        Self {
            bar,
            all,
            done: 0,
            judged: 0,
            kept: 0,
            since: std::time::Instant::now(),
            tenth: 0,
        }
    }

    /// Shows a step.
    pub fn step(&mut self, ui: &mut Ui, step: &Step<'_>) {
        let Step::Done { how, .. } = step else {
            self.clear();
            self.bar = None;
            return ui
                .status("Stopping once the running answers are finished. Press Ctrl-C again to stop at once.");
        };
        self.done += 1;
        self.judged += usize::from(*how == RecordOrigin::Judged);
        self.kept += usize::from(*how == RecordOrigin::Kept);
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

    /// Ends without a message.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Ends with a line that sums up the run.
    pub fn finish(self, ui: &mut Ui) {
        self.clear();
        let took: Duration = self.since.elapsed();
        let open = self.all - self.done;
        let stopped = match open {
            0 => String::new(),
            open => format!(
                " Stopped with {} left; --resume continues from here.",
                plural(open, "answer")
            ),
        };
        let mut parts = vec![format!("{} judged", plural(self.judged, "answer"))];
        if self.kept > 0 {
            parts.push(format!("{} reused", self.kept));
        }
        let missing = self.done - self.judged - self.kept;
        if missing > 0 {
            parts.push(format!("{missing} missing"));
        }
        ui.status(&format!(
            "{}, in {}.{stopped}",
            parts.join(", "),
            super::duration::short(took)
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remaining_time_is_shown_while_there_is_some() {
        let at = |done, seconds| left(done, Some(9), Duration::from_secs(seconds));
        assert_eq!(at(0, 5), "");
        assert_eq!(at(3, 5), ", about 5 s left");
        assert_eq!(at(3, 80), ", about 2 min left");
        assert_eq!(at(8, 0), "");
        assert_eq!(at(9, 5), "");
    }
}
