//! Merges the records of a class's parts into the record that a single run would have produced.

use super::deal;
use crate::record::Record;

/// Records could not be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// There is no record.
    #[error("there is nothing to merge")]
    Nothing,
    /// A record is not of a part.
    #[error("{file} is not a part of a class: it was made without `--partition`")]
    NoPart {
        /// The record's file.
        file: String,
    },
    /// Two records come from different versions of katas, tools, courses or classes.
    #[error("{first} and {second} cannot be merged: they differ in {what}")]
    Mixed {
        /// A record's file.
        first: String,
        /// Another's.
        second: String,
        /// What differs.
        what: &'static str,
    },
    /// Two records are of the same part.
    #[error("{first} and {second} are both part {index} of {of}")]
    Overlap {
        /// A record's file.
        first: String,
        /// Another's.
        second: String,
        /// The part.
        index: usize,
        /// How many there are.
        of: usize,
    },
    /// Some parts are missing.
    #[error("{} of {of} {} missing", missing(indices), if indices.len() == 1 { "is" } else { "are" })]
    Gap {
        /// The parts that are missing.
        indices: Vec<usize>,
        /// How many there are.
        of: usize,
    },
    /// The parts do not contain the expected submissions.
    #[error(
        "the parts contain {got} submissions, not the {expected} of the class, or different ones: a record was changed"
    )]
    OtherSubmissions {
        /// The number of submissions in the class.
        expected: usize,
        /// The number of submissions in the parts.
        got: usize,
    },
}

fn missing(indices: &[usize]) -> String {
    let named: Vec<_> = indices.iter().take(8).map(usize::to_string).collect();
    let more = if indices.len() > 8 { " and others" } else { "" };
    match named.as_slice() {
        [one] => format!("part {one}"),
        _ => format!("parts {}{more}", named.join(", ")),
    }
}

/// Merges records, each with the name of its file and the number of its submissions; `ids` are those of all
/// submissions, in order. Returns the merged record without its submissions.
///
/// # Errors
/// When parts are missing or duplicated, or their judges, courses or classes differ.
pub fn merge(
    records: Vec<(String, Record<usize>)>,
    ids: &[String],
) -> Result<Record<()>, MergeError> {
    let mut parts = Vec::new();
    for (file, record) in records {
        match record.part.clone() {
            Some(part) => parts.push((part, file, record)),
            None => return Err(MergeError::NoPart { file }),
        }
    }
    parts.sort_by_key(|(part, ..)| part.index);
    let Some((about, first, _)) = parts.first().cloned() else {
        return Err(MergeError::Nothing);
    };
    for (_, file, record) in &parts {
        if let Some(what) = differs(&parts[0].2, record) {
            return Err(MergeError::Mixed {
                first,
                second: file.clone(),
                what,
            });
        }
    }
    for pair in parts.windows(2) {
        if pair[0].0.index == pair[1].0.index {
            return Err(MergeError::Overlap {
                first: pair[0].1.clone(),
                second: pair[1].1.clone(),
                index: pair[0].0.index,
                of: about.of,
            });
        }
    }
    let is_there = |index: &usize| parts.iter().any(|(part, ..)| part.index == *index);
    let missing = (1..=about.of).filter(|index| !is_there(index));
    if let Some(outside) = parts
        .iter()
        .find(|(part, ..)| part.index == 0 || part.index > about.of)
    {
        return Err(MergeError::OtherSubmissions {
            expected: about.submissions,
            got: outside.2.submissions,
        });
    }
    // A few are enough, and `of` comes from an untrusted file.
    let indices: Vec<usize> = match parts.len() {
        all if all == about.of => Vec::new(),
        _ => missing.take(10).collect(),
    };
    if !indices.is_empty() {
        return Err(MergeError::Gap {
            indices,
            of: about.of,
        });
    }
    let mut joined = parts[0].2.clone().with(());
    joined.part = None;
    let mut confined = Vec::new();
    for (_, _, record) in parts {
        confined.extend(record.judge.confined);
        joined.judge.not_confined.extend(record.judge.not_confined);
    }
    for words in [&mut confined, &mut joined.judge.not_confined] {
        words.sort();
        words.dedup();
    }
    joined.judge.confined = confined;
    let is_whole = ids.len() == about.submissions
        && deal::of_class(ids.iter().map(String::as_str)) == about.class;
    is_whole
        .then_some(joined)
        .ok_or(MergeError::OtherSubmissions {
            expected: about.submissions,
            got: ids.len(),
        })
}

/// What differs between two records that must not; the layers of confinement may differ, and all are listed.
fn differs(first: &Record<usize>, second: &Record<usize>) -> Option<&'static str> {
    let same = [
        (first.format == second.format, "the version of records"),
        (
            first.judge.katas == second.judge.katas,
            "the version of katas",
        ),
        (first.judge.tools == second.judge.tools, "the tools"),
        (first.judge.key == second.judge.key, "the class key"),
        (
            first.judge.seconds == second.judge.seconds,
            "the time limit",
        ),
        (
            first.judge.digest == second.judge.digest,
            "the build of katas, or the limits",
        ),
        (
            first.course == second.course,
            "the course: its katas or their cases",
        ),
        (
            first
                .part
                .as_ref()
                .map(|part| (part.of, part.submissions, &part.class))
                == second
                    .part
                    .as_ref()
                    .map(|part| (part.of, part.submissions, &part.class)),
            "the class: its submissions or the number of parts",
        ),
    ];
    same.into_iter()
        .find(|(same, _)| !same)
        .map(|(_, what)| what)
}
