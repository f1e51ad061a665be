//! Parses the file names in exports: who submitted a file, and its original name.
//!
//! Moodle, with folders: `Jane Doe_1234567_assignsubmission_file/hf_load.rs`, or, in older versions, with `_` at
//! the end of the folder's name; without folders, the original file name follows after `_`. Canvas:
//! `doejane_12345_67890_hf_load.rs`, with `LATE_` before the numbers if it is late, `anon_` if it is anonymous, and
//! `-1` after the name of a resubmitted file. Gradescope: a folder `submission_12345` for each submission, and a
//! single `submission_metadata.yml`.

use crate::record::Student;

/// A parsed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The id of the submission.
    pub(super) id: String,
    /// Who submitted it.
    pub(super) student: Student,
    /// The original file name; empty for a folder.
    pub(super) file: String,
    /// Whether it was typed into the page instead of uploaded.
    pub(super) is_text: bool,
    /// Whether the name is ambiguous: people may name themselves and their files as Moodle names folders.
    pub(super) is_ambiguous: bool,
}

/// The file in which Gradescope lists who submitted what.
pub(super) const SUBMITTERS: &str = "submission_metadata.yml";

/// The text that Moodle puts between the participant and the file name.
const MARK: &str = "_assignsubmission_";

/// Whether a folder has the name that Gradescope, `gh classroom clone` or Classroom 50 gives to a folder of
/// submissions.
pub(super) fn is_export(name: &str) -> bool {
    name == "submissions"
        || name.ends_with("_export")
        || name.contains("-submissions")
        || name.contains("_submissions")
}

/// Whether a name is that of a hidden file or folder, which is never a submission.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

/// The submission id of a folder.
pub(super) fn of_folder(name: &str) -> String {
    moodle_folder(name).map_or_else(|| name.to_owned(), |named| named.id)
}

/// The submission id of a file.
pub(super) fn of_file(name: &str) -> String {
    let named = moodle_file(name).or_else(|| canvas(name));
    let stem = || name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    named.map_or_else(|| stem().to_owned(), |named| named.id)
}

/// Parses the name of a folder from Moodle, which ends with Moodle's fixed text.
pub(super) fn moodle_folder(name: &str) -> Option<Named> {
    let (whose, kind) = name.rsplit_once(MARK)?;
    moodle(whose, kind).filter(|named| named.file.is_empty())
}

/// Parses the name of a file from Moodle, which ends with the original name.
pub(super) fn moodle_file(name: &str) -> Option<Named> {
    let (whose, kind) = name.split_once(MARK)?;
    moodle(whose, kind)
}

fn moodle(whose: &str, kind: &str) -> Option<Named> {
    let text = kind.strip_prefix("onlinetext");
    let file = kind.strip_prefix("file").or(text)?;
    let file = match file.strip_prefix('_') {
        Some(file) => file,
        None if file.is_empty() => "",
        None => return None,
    };
    // The number identifies the participant in this assignment; two participants can have the same name.
    let (person, number) = whose.rsplit_once('_')?;
    if person.is_empty() || !is_number(number) {
        return None;
    }
    Some(Named {
        id: whose.to_owned(),
        student: Student {
            name: Some(person.to_owned()),
            moodle_id: Some(number.to_owned()),
            ..Student::default()
        },
        file: file.to_owned(),
        is_text: text.is_some(),
        is_ambiguous: file.contains(MARK),
    })
}

/// Parses the name of a file from Canvas: the first two adjacent numbers are those of the person and of the file.
pub(super) fn canvas(name: &str) -> Option<Named> {
    let parts: Vec<&str> = name.split('_').collect();
    let numbers = parts.windows(2).skip(1);
    let user = 1 + numbers
        .take_while(|pair| !pair[0].contains('.'))
        .position(|pair| is_number(pair[0]) && is_number(pair[1]))?;
    let file = parts.get(user + 2..)?.join("_");
    let mut person: Vec<&str> = parts[..user].to_vec();
    person.retain(|part| *part != "LATE");
    if file.is_empty() || person.is_empty() {
        return None;
    }
    let is_nameless = person == ["anon"];
    let person = person.join("_");
    Some(Named {
        id: format!("{person}_{}", parts[user]),
        student: Student {
            name: (!is_nameless).then_some(person),
            canvas_id: (!is_nameless).then(|| parts[user].to_owned()),
            ..Student::default()
        },
        file,
        is_text: false,
        is_ambiguous: false,
    })
}

/// A file name without the number that Canvas appends to a resubmitted file, and that number: `hf_load-1.rs` is a
/// resubmitted `hf_load.rs`.
pub(super) fn without_number(name: &str) -> (String, u64) {
    let split = name.rsplit_once('.');
    let numbered = split.and_then(|(stem, ending)| {
        let (stem, number) = stem.rsplit_once('-')?;
        let number = number.parse().ok().filter(|_| is_number(number))?;
        Some((format!("{stem}.{ending}"), number))
    });
    numbered.unwrap_or_else(|| (name.to_owned(), 0))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_identify_the_student() {
        let parts = |named: Option<Named>| named.map(|it| (it.id, it.student.name, it.file));
        let jane = |id: &str, name: &str, file: &str| {
            Some((id.to_owned(), Some(name.to_owned()), file.to_owned()))
        };
        for (name, expected) in [
            (
                "Eve_1_assignsubmission_file_ Lee_9_assignsubmission_file",
                jane(
                    "Eve_1_assignsubmission_file_ Lee_9",
                    "Eve_1_assignsubmission_file_ Lee",
                    "",
                ),
            ),
            ("Jane Doe_7_assignsubmission_file_hf_load.rs", None),
        ] {
            assert_eq!(parts(moodle_folder(name)), expected, "{name}");
        }
        let own = "Jane Doe_7_assignsubmission_file_Bo_1_assignsubmission_file_hf_load.rs";
        let file = "Bo_1_assignsubmission_file_hf_load.rs";
        assert_eq!(
            parts(moodle_file(own)),
            jane("Jane Doe_7", "Jane Doe", file)
        );
        assert!(moodle_file(own).is_some_and(|named| named.is_ambiguous));
        for (name, expected) in [
            (
                "Jane Doe_1234567_assignsubmission_file",
                jane("Jane Doe_1234567", "Jane Doe", ""),
            ),
            (
                "Jane Doe_1234567_assignsubmission_file_",
                jane("Jane Doe_1234567", "Jane Doe", ""),
            ),
            (
                "Jane Doe_1234567_assignsubmission_file_hf_load.rs",
                jane("Jane Doe_1234567", "Jane Doe", "hf_load.rs"),
            ),
            (
                "Ana_Lu O'Neil_7_assignsubmission_onlinetext_",
                jane("Ana_Lu O'Neil_7", "Ana_Lu O'Neil", ""),
            ),
            ("Jane Doe_assignsubmission_file_", None),
            ("Jane Doe_1_assignsubmission_filed", None),
            ("notes", None),
        ] {
            assert_eq!(parts(moodle_file(name)), expected, "{name}");
        }
        let ana = moodle_file("Ana_Lu O'Neil_7_assignsubmission_onlinetext_");
        let number = ana.and_then(|named| named.student.moodle_id);
        assert_eq!(number.as_deref(), Some("7"));
        for (name, expected) in [
            (
                "doejane_12345_67890_hf_load.rs",
                jane("doejane_12345", "doejane", "hf_load.rs"),
            ),
            (
                "doejane_LATE_12345_67890_hf_load-2.rs",
                jane("doejane_12345", "doejane", "hf_load-2.rs"),
            ),
            (
                "team_rust_12345_67890_hf_load.rs",
                jane("team_rust_12345", "team_rust", "hf_load.rs"),
            ),
            (
                "LATE_anon_123_67890_hf_load.rs",
                Some(("anon_123".to_owned(), None, "hf_load.rs".to_owned())),
            ),
            ("hf_load.rs", None),
            ("doejane_12345_hf_load.rs", None),
            ("12345_67890_hf_load.rs", None),
        ] {
            assert_eq!(parts(canvas(name)), expected, "{name}");
        }
    }

    #[test]
    fn a_number_after_a_name_does_not_count() {
        for (name, expected) in [
            ("hf_load-1.rs", ("hf_load.rs", 1)),
            ("hf_load-12.rs", ("hf_load.rs", 12)),
            ("hf_load.rs", ("hf_load.rs", 0)),
            ("hf-load.rs", ("hf-load.rs", 0)),
            ("README", ("README", 0)),
        ] {
            let (plain, number) = without_number(name);
            assert_eq!((plain.as_str(), number), expected);
        }
    }
}
