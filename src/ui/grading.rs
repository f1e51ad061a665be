//! What a teacher, or a CI job's log, sees of graded submissions: what the answers that missed were told, and one table.

use std::time::Duration;

use colored::Colorize;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::table::{self, Align};
use super::{Ui, plural, words};
use crate::class::{How, Step};
use crate::printable;
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
                self.missed(kata);
                self.blank();
            }
        }
        for problem in &submission.problems {
            let problem = printable::line(problem);
            self.say(0, &format!("About the submission: {problem}."));
            self.blank();
        }
        self.points(submission);
        self.blank();
        self.confined(record);
    }

    /// What an answer that missed is told: its screen, or where that is too wide its gist.
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

    /// Tells what lies in a class's folder and is no submission.
    pub fn passed_over(&mut self, names: &[String]) {
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
        let what = "neither a folder, nor a zip, nor an answer to the one kata that is judged";
        self.status(&format!(
            "Passed over, as {what}: {}{more}.",
            shown.join(", ")
        ));
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
            ("does not compile", Status::Refused),
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
        self.average(record);
        self.mistakes(record);
        self.problems(record);
        self.blank();
        self.confined(record);
    }

    fn average(&mut self, record: &Record) {
        let points = record.submissions.iter().map(Submission::points);
        let (given, most) = points.fold((0.0, 0), |(sum, _), one| (sum + one.given, one.most));
        let mut katas = record.submissions.iter().flat_map(|one| &one.katas);
        let is_whole = katas.all(|kata| kata.status != Status::Unjudged);
        if is_whole && !record.submissions.is_empty() {
            let average = shown(given / record.submissions.len() as f64);
            self.blank();
            self.print(&format!("On average {average} of {} points.", most));
        }
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
        let katas = record.submissions.iter().flat_map(|one| &one.katas);
        let unexplained = katas.filter(|kata| kata.outputs.is_some() && kata.causes.is_empty());
        let unexplained = unexplained.count();
        if counted.is_empty() && unexplained == 0 {
            return;
        }
        counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        self.blank();
        self.print("Most common mistakes:");
        for (count, name) in counted.iter().take(MISTAKES) {
            self.print(&format!("  {count:>4}  {name}"));
        }
        if unexplained > 0 {
            self.print(&format!(
                "  {unexplained:>4}  wrong, and nothing known explains it"
            ));
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
            let (id, problem) = (printable::line(id), printable::line(problem));
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
        if judge.not_confined.is_empty() {
            self.say(0, &format!("Confined by {}.", judge.confined.join("; ")));
        } else {
            let missing = judge.not_confined.join(", and ");
            self.say(0, &format!("NOT CONFINED: of an answer, {missing}."));
        }
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
    kept: usize,
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
            kept: 0,
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
        self.kept += usize::from(*how == How::Kept);
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
        let mut parts = vec![format!("{} judged", plural(self.judged, "answer"))];
        if self.kept > 0 {
            parts.push(format!("{} known from before", self.kept));
        }
        let missing = self.done - self.judged - self.kept;
        if missing > 0 {
            parts.push(format!("{missing} with nothing to run"));
        }
        ui.status(&format!(
            "{}, in {}.{stopped}",
            parts.join(", "),
            super::duration::short(took)
        ));
    }
}
