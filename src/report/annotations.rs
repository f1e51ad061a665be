//! Annotations of a GitHub Actions step: the lines it prints so that GitHub shows a message beside the student's file.
//!
//! `cli` prints them in a step of GitHub Actions. GitHub keeps ten errors and ten warnings of a step and drops the
//! rest, so every kata that did not pass gets one before any gets two.

use super::rows::{TestStatus, read};
use super::text::{cause, clipped, file, missed, one_line};
use crate::printable;
use crate::record::{KataRecord, Message, Record, Status};
use crate::words::plural;

/// The maximum number of annotations per level that GitHub keeps for a step.
const MOST: usize = 10;

/// The maximum number of characters of one message; GitHub cuts at 4 KB.
const LONG: usize = 1000;

#[derive(Clone)]
struct Annotation {
    level: &'static str,
    file: String,
    line: u32,
    column: u32,
    title: String,
    message: String,
}

/// Writes the annotations of the first submission, one workflow command per line.
///
/// `course` is the path of the course in the repository: empty if the two are the same.
#[must_use]
pub fn annotations(record: &Record, course: &str) -> Vec<u8> {
    let record = &*record.for_students();
    let katas = record.submissions.first().map_or(&[][..], |one| &one.katas);
    let missed: Vec<_> = katas.iter().filter(|kata| missed(kata)).collect();
    let (unjudged, wrong): (Vec<_>, Vec<_>) = missed
        .into_iter()
        .partition(|kata| kata.status == Status::Unjudged);
    let firsts = wrong.iter().map(|kata| first(kata));
    let others = wrong.iter().flat_map(|kata| {
        kata.errors
            .iter()
            .skip(1)
            .map(|error| compiler(kata, error))
    });
    let errors = at_most(firsts.collect(), others.collect());
    let warnings = unjudged.iter().map(|kata| whole(kata, "warning"));
    let warnings = at_most(warnings.collect(), Vec::new());
    let all = errors.iter().chain(&warnings);
    let lines = all.map(|annotation| annotation.command(course));
    lines.collect::<String>().into_bytes()
}

/// Truncates to GitHub's limit. If a kata would be left out, the last one says so.
fn at_most(mut firsts: Vec<Annotation>, others: Vec<Annotation>) -> Vec<Annotation> {
    if firsts.len() > MOST {
        let left = firsts.split_off(MOST - 1);
        let last = left.into_iter().enumerate().next_back();
        firsts.extend(last.map(|(index, mut last)| {
            let more = plural(index + 1, "more kata");
            last.title = format!("… and {more}");
            last.message = format!("{more} did not pass. The step's summary lists all of them.");
            last
        }));
    }
    firsts.extend(others);
    firsts.truncate(MOST);
    firsts
}

/// The first problem of a wrong answer.
fn first(kata: &KataRecord) -> Annotation {
    if let Some(error) = kata.errors.first() {
        return compiler(kata, error);
    }
    let mut annotation = whole(kata, "error");
    let rows = read(kata);
    let failed = rows
        .iter()
        .find(|row| row.outcome == TestStatus::Failed && row.case.is_some());
    if let Some(row) = failed {
        annotation.line = line_in(&row.said, &annotation.file).unwrap_or(1);
        annotation.message = format!("{}\n{}", row.name, row.said);
    }
    if !kata.causes.is_empty() {
        annotation.message.push('\n');
        annotation.message.push_str(cause(kata).trim_start());
    }
    annotation
}

/// The last line number of the answer in a sentence, as in a panic: `… at katas/hf_load/hf_load.rs:16:11`.
fn line_in(said: &str, file: &str) -> Option<u32> {
    let (_, after) = said.rsplit_once(&format!("{file}:"))?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|line| *line > 0)
}

fn whole(kata: &KataRecord, level: &'static str) -> Annotation {
    Annotation {
        level,
        file: file(kata),
        line: 1,
        column: 0,
        title: format!("{}: {}", kata.kata, one_line(&kata.headline)),
        message: one_line(&kata.headline),
    }
}

fn compiler(kata: &KataRecord, error: &Message) -> Annotation {
    let code = if error.code.is_empty() {
        String::new()
    } else {
        format!(" ({})", one_line(&error.code))
    };
    Annotation {
        line: error.line.max(1),
        column: error.column,
        title: format!("{} cannot be run{code}", kata.kata),
        message: error.text.clone(),
        ..whole(kata, "error")
    }
}

impl Annotation {
    fn command(&self, course: &str) -> String {
        let course = course.trim_matches('/');
        let file = match course {
            "" => self.file.clone(),
            course => format!("{course}/{}", self.file),
        };
        let column = if self.column == 0 {
            String::new()
        } else {
            format!(",col={}", self.column)
        };
        format!(
            "::{} file={},line={}{column},title={}::{}\n",
            self.level,
            property(&file),
            self.line,
            property(&clipped(&self.title, LONG / 4)),
            data(&clipped(&printable::lines(&self.message), LONG)),
        )
    }
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(&printable::line(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_shown_where_it_was() {
        let said = "The answer panicked: no at katas/a/a.rs:16:11";
        assert_eq!(line_in(said, "katas/a/a.rs"), Some(16));
        assert_eq!(line_in(said, "katas/b/b.rs"), None);
        assert_eq!(line_in("katas/a/a.rs:0", "katas/a/a.rs"), None);
        assert_eq!(line_in("katas/a/a.rs:99999999999", "katas/a/a.rs"), None);
    }

    #[test]
    fn commands_are_escaped_as_github_reads_them() {
        let annotation = Annotation {
            level: "error",
            file: "katas/a,b/c:d.rs".to_owned(),
            line: 7,
            column: 3,
            title: "100%: wrong".to_owned(),
            message: "100%\r\n::error::forged".to_owned(),
        };
        assert_eq!(
            annotation.command("week 2/"),
            "::error file=week 2/katas/a%2Cb/c%3Ad.rs,line=7,col=3,title=100%25%3A wrong::100%25%0A::error::forged\n"
        );
    }
    #[test]
    fn github_drops_nothing() {
        let mut katas: Vec<_> = (1..=12)
            .map(|number| {
                KataRecord::without_cases(&format!("kata_{number}"), Status::Missing, 1, "No.")
            })
            .collect();
        let titles = |katas: &[KataRecord]| {
            let firsts = katas.iter().map(first).collect();
            let kept = at_most(firsts, vec![whole(&katas[0], "error"); 2]);
            kept.into_iter().map(|one| one.title).collect::<Vec<_>>()
        };
        let all = titles(&katas);
        assert_eq!(all.len(), 10);
        assert_eq!(all[8], "kata_9: No.");
        assert_eq!(all[9], "… and 3 more katas");
        katas.truncate(10);
        assert_eq!(titles(&katas)[9], "kata_10: No.");
        katas.truncate(9);
        assert_eq!(titles(&katas)[9], "kata_1: No.");
        katas.truncate(1);
        assert_eq!(titles(&katas).len(), 3);
    }
}
