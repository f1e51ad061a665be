//! A requested report, `FORMAT=PATH`: its format and destination.
//!
//! `cli` parses requests with it and writes the reports; nothing is opened here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Format, format};
use crate::printable;

/// The placeholder for a submission's id in a path: then each submission gets its own report.
const EACH: &str = "{id}";

/// The path for standard output.
const OUTPUT: &str = "-";

/// A requested report.
pub struct Request {
    /// The format.
    pub format: &'static dyn Format,
    /// Its destination.
    pub target: Target,
}

/// The destination of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a file, or to one for each submission.
    File(PathPattern),
    /// Standard output, instead of the table.
    Output,
    /// The files of a GitHub Actions step, from the environment.
    Step,
}

/// The path of a file, or of one for each submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern(String);

/// An invalid request for a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// There is no such format.
    #[error("there is no report format `{0}`")]
    UnknownFormat(String),
    /// It has no path.
    #[error("the report `{0}` has no path")]
    NoPath(String),
    /// The format cannot contain a class.
    #[error("a `{0}` report is about one submission, not a class")]
    OneSubmission(String),
    /// Two reports go to the same place.
    #[error("two reports go to {0}")]
    SamePlace(String),
}

impl Request {
    /// Parses requests; no two of them may have the same destination.
    ///
    /// # Errors
    /// When one of them is invalid.
    pub fn read_all(typed: &[String], of_class: bool) -> Result<Vec<Self>, RequestError> {
        let requests = typed.iter().map(|typed| Self::read(typed, of_class));
        let requests = requests.collect::<Result<Vec<_>, _>>()?;
        let mut places = BTreeSet::new();
        for request in &requests {
            let place = match &request.target {
                Target::File(pattern) => pattern.0.as_str(),
                Target::Output => OUTPUT,
                Target::Step => continue,
            };
            if !places.insert(place) {
                return Err(RequestError::SamePlace(place.to_owned()));
            }
        }
        Ok(requests)
    }

    fn read(typed: &str, of_class: bool) -> Result<Self, RequestError> {
        let (name, path) = typed.split_once('=').unwrap_or((typed, ""));
        let format = format(name).ok_or_else(|| RequestError::UnknownFormat(name.to_owned()))?;
        let target = match path {
            "" if format.is_appended() => Target::Step,
            "" => return Err(RequestError::NoPath(name.to_owned())),
            OUTPUT => Target::Output,
            path => Target::File(PathPattern(path.to_owned())),
        };
        if of_class && !format.can_contain_class() && !path.contains(EACH) {
            return Err(RequestError::OneSubmission(name.to_owned()));
        }
        Ok(Self { format, target })
    }
}

impl PathPattern {
    /// The path as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether each submission has its own file.
    #[must_use]
    pub fn is_each(&self) -> bool {
        self.0.contains(EACH)
    }

    /// The folder that holds the file, or the files and folders of all submissions.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        let parent = Path::new(&self.0).parent().unwrap_or(Path::new("."));
        PathBuf::from(parent.to_string_lossy().replace(EACH, ""))
    }

    /// The path of a submission's file, unique for each id; `taken` contains the names in use.
    #[must_use]
    pub fn of(&self, id: &str, taken: &mut BTreeSet<String>) -> String {
        self.0.replace(EACH, &plain(id, taken))
    }
}

/// The maximum size in bytes of a submission's id in a file name: systems allow 255, and the id is only a part of the
/// name.
const LONGEST: usize = 150;

/// A submission's id as a file name, unique for each id.
fn plain(id: &str, taken: &mut BTreeSet<String>) -> String {
    let id = if id.is_empty() { "submission" } else { id };
    let shown = printable::line(id);
    let plain = shown.replace(['/', '\\', ':'], "_");
    let plain = match plain.trim_start_matches('.') {
        "" => "submission",
        plain => plain,
    };
    let mut numbers = 2..;
    let short = |plain: &str| -> String {
        let chars = plain.char_indices().take_while(|(at, _)| *at < LONGEST);
        chars.map(|(_, char)| char).collect()
    };
    let plain = short(plain);
    let mut name = plain.clone();
    // Some file systems ignore case.
    while !taken.insert(name.to_lowercase()) {
        name = format!("{plain} ({})", numbers.next().unwrap_or_default());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &[&str], of_class: bool, expected: Result<&[Target], RequestError>) {
        let typed: Vec<_> = typed.iter().map(|typed| (*typed).to_owned()).collect();
        let read = Request::read_all(&typed, of_class);
        let targets = read.map(|all| all.into_iter().map(|one| one.target).collect::<Vec<_>>());
        assert_eq!(targets, expected.map(<[_]>::to_vec));
    }

    #[test]
    fn arguments_are_parsed_or_refused_with_a_reason() {
        let file = |path: &str| Target::File(PathPattern(path.to_owned()));
        check(
            &["json=a=b.json", "csv=-", "classroom"],
            false,
            Ok(&[file("a=b.json"), Target::Output, Target::Step]),
        );
        check(&["gradescope={id}.json"], true, Ok(&[file("{id}.json")]));
        check(
            &["gradescope=all.json"],
            true,
            Err(RequestError::OneSubmission("gradescope".to_owned())),
        );
        check(
            &["json"],
            true,
            Err(RequestError::NoPath("json".to_owned())),
        );
        check(
            &["jsn=a"],
            true,
            Err(RequestError::UnknownFormat("jsn".to_owned())),
        );
        check(
            &["json=a", "csv=a"],
            true,
            Err(RequestError::SamePlace("a".to_owned())),
        );
        check(
            &["json=-", "csv=-"],
            true,
            Err(RequestError::SamePlace("-".to_owned())),
        );
    }

    #[test]
    fn no_two_ids_have_one_name() {
        let pattern = PathPattern("out/{id}.json".to_owned());
        assert_eq!(pattern.folder(), Path::new("out"));
        // It is the folder that exists before those of the submissions.
        let folders = PathPattern("out/{id}/result.json".to_owned());
        assert_eq!(folders.folder(), Path::new("out"));
        let mut taken = BTreeSet::new();
        let mut name = |id: &str| pattern.of(id, &mut taken);
        assert_eq!(name("../a/b"), "out/_a_b.json");
        assert_eq!(name("Ana"), "out/Ana.json");
        assert_eq!(name("ana"), "out/ana (2).json");
        assert_eq!(name(""), "out/submission.json");
        assert_eq!(name(".."), "out/submission (2).json");
    }
}
