//! The files of a submission, and which of them is the answer to a kata.
//!
//! Everything here is untrusted: no link is followed, not even one that replaces a folder while it is read; the
//! number and depth of folders are limited; and only one entry of a zip is unpacked, in memory, up to the maximum
//! size of an answer.

use std::cmp::Reverse;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::archive::{self, Archive};
use super::exports;
use super::name::short;
use crate::files::{EntryKind, HeldFolder};
use crate::grade::{self, LARGEST_ANSWER, TOO_LARGE};
use crate::verdict::Refusal;

/// The maximum number of files and folders of a submission that are visited, and their maximum depth.
pub(super) const MOST_ENTRIES: usize = 20_000;
pub(super) const DEEPEST: usize = 12;

/// The maximum size of a zip in bytes: its central directory is read into memory.
pub(super) const LARGEST_ZIP: u64 = 64 << 20;

/// Folders that are skipped.
const SKIPPED: &[&str] = &[
    ".git",
    ".katas",
    "__MACOSX",
    "node_modules",
    "solutions",
    "target",
];

/// The location of a submission's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder that the teacher named, or that was unpacked: all paths are relative to it.
    pub(super) base: PathBuf,
    /// What is there.
    pub(super) holds: Holds,
}

/// What contains a submission's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A folder.
    Folder(PathBuf),
    /// A zip.
    Zip(PathBuf),
    /// Single files, with their original names.
    Files(Vec<(String, PathBuf)>),
    /// It cannot be read; the reason as a clause.
    Lost(String),
}

/// A language that an answer may be written in.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnswerLanguage<'a> {
    /// The file extension, which identifies the track.
    pub(super) extension: &'a str,
    /// The kata's starter in that track: an unchanged starter counts only if there is no other answer.
    pub(super) starter: &'a str,
}

/// An answer's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AnswerFile {
    /// Its index in the list of languages.
    pub(super) wanted: usize,
    /// Its path, relative to the submission.
    pub(super) name: String,
    /// Its bytes, or why it is not an answer.
    pub(super) bytes: Result<Vec<u8>, Refusal>,
}

/// A submission's answer to a kata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SubmittedAnswer {
    /// The answer; `None` if there is no such file.
    pub(super) answer: Option<AnswerFile>,
    /// A problem of the submission, in a sentence.
    pub(super) problem: Option<String>,
    /// Why the submission cannot be read, through no fault of the student.
    pub(super) lost: Option<String>,
}

impl SubmittedAnswer {
    fn nothing(problem: Option<String>) -> Self {
        Self {
            answer: None,
            problem,
            lost: None,
        }
    }

    /// Requires a person's attention.
    pub(super) fn lost(why: String) -> Self {
        Self {
            lost: Some(why.clone()),
            ..Self::nothing(Some(why))
        }
    }
}

impl Place {
    /// Finds and reads the answer to a kata.
    pub(super) fn answer(&self, kata: &str, wanted: &[AnswerLanguage<'_>]) -> SubmittedAnswer {
        let base = match HeldFolder::open(&self.base) {
            Ok(base) => base,
            Err(error) => {
                return SubmittedAnswer::lost(format!("its folder cannot be read: {error}"));
            }
        };
        match &self.holds {
            Holds::Folder(folder) => match base.folder(folder) {
                Ok(folder) => in_folder(&folder, kata, wanted),
                Err(error) => SubmittedAnswer::lost(format!("its folder cannot be read: {error}")),
            },
            Holds::Zip(file) => in_zip(base.file(file), kata, wanted).unwrap_or_else(|says| {
                SubmittedAnswer::lost(format!("its zip cannot be read: {says}"))
            }),
            Holds::Files(files) => {
                let names: Vec<_> = files.iter().map(|(name, _)| name.clone()).collect();
                chosen(&names, kata, wanted, |index| read(&base, &files[index].1))
            }
            Holds::Lost(why) => SubmittedAnswer::lost(why.clone()),
        }
    }
}

/// Reads an answer's file.
fn read(folder: &HeldFolder, inside: &Path) -> Result<Vec<u8>, Refusal> {
    match folder.file(inside) {
        Ok(Some(file)) => grade::read_open_answer(file),
        Ok(None) => Err(Refusal::NotAnOrdinaryFile),
        Err(error) => Err(Refusal::NoAnswer {
            says: error.to_string(),
        }),
    }
}

fn in_folder(folder: &HeldFolder, kata: &str, wanted: &[AnswerLanguage<'_>]) -> SubmittedAnswer {
    let mut walk = Walk::default();
    walk.enter(folder, "", 0);
    let mut names = walk.names;
    for one in wanted {
        // The usual path, even if it is not a regular file; the walk may have ended before reaching it.
        let usual = format!("katas/{kata}/{kata}.{}", one.extension);
        if folder.file(Path::new(&usual)).is_ok() && !names.contains(&usual) {
            names.push(usual);
        }
    }
    let mut handed = chosen(&names, kata, wanted, |index| {
        read(folder, Path::new(&names[index]))
    });
    if handed.answer.is_none() {
        // A file with the answer's name that cannot be read is not the same as no file.
        let unread = |_| Err(Refusal::NotAnOrdinaryFile);
        handed.answer = chosen(&walk.odd, kata, wanted, unread).answer;
    }
    if walk.seen > MOST_ENTRIES {
        handed.problem = Some(format!(
            "it has more than {MOST_ENTRIES} files; the others were ignored"
        ));
    } else if walk.is_deep {
        handed.problem.get_or_insert(format!(
            "it has folders more than {DEEPEST} deep; their contents were ignored"
        ));
    }
    handed
}

/// A walk through the folders of a submission, with its results.
#[derive(Default)]
struct Walk {
    /// The files, relative to the submission.
    names: Vec<String>,
    /// Links, pipes and anything else that is neither a file nor a folder.
    odd: Vec<String>,
    /// The number of files and folders visited.
    seen: usize,
    /// Whether it reached a folder that is too deep.
    is_deep: bool,
}

impl Walk {
    /// Walks a folder.
    fn enter(&mut self, folder: &HeldFolder, above: &str, depth: usize) {
        let Ok(entries) = folder.entries() else {
            return;
        };
        for entry in entries.flatten() {
            self.seen += 1;
            if self.seen > MOST_ENTRIES {
                return;
            }
            let Some(name) = entry.name.to_str() else {
                continue;
            };
            match entry.kind {
                EntryKind::File => self.names.push(format!("{above}{name}")),
                EntryKind::Folder if SKIPPED.contains(&name) => {}
                EntryKind::Folder if depth == DEEPEST => self.is_deep = true,
                EntryKind::Folder => {
                    if let Ok(below) = folder.folder(Path::new(name)) {
                        self.enter(&below, &format!("{above}{name}/"), depth + 1);
                    }
                }
                EntryKind::Other => self.odd.push(format!("{above}{name}")),
            }
        }
    }
}

fn in_zip(
    opened: std::io::Result<Option<File>>,
    kata: &str,
    wanted: &[AnswerLanguage<'_>],
) -> Result<SubmittedAnswer, String> {
    let file = opened.map_err(|error| error.to_string())?;
    let file = file.ok_or("it is not a regular file")?;
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    if length > LARGEST_ZIP {
        return Err(format!("it is larger than {} MiB", LARGEST_ZIP >> 20));
    }
    let mut archive = archive::open(file, MOST_ENTRIES)?;
    // An entry with an unreadable name, or in a skipped folder, keeps its index but has no name.
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(|name| name.replace('\\', "/")).unwrap_or_default())
        .map(|name| {
            if is_skipped(&name) {
                String::new()
            } else {
                name
            }
        })
        .collect();
    let mut unreadable = None;
    let handed = chosen(&names, kata, wanted, |index| {
        unpack(&mut archive, index).unwrap_or_else(|error| {
            unreadable = Some(error);
            Err(Refusal::NotText)
        })
    });
    unreadable.map_or(Ok(handed), Err)
}

fn is_skipped(name: &str) -> bool {
    name.split('/').any(|part| SKIPPED.contains(&part))
}

/// Unpacks one entry, up to the maximum size of an answer.
fn unpack(archive: &mut Archive, index: usize) -> Result<Result<Vec<u8>, Refusal>, String> {
    let entry = archive.by_index(index).map_err(|error| error.to_string())?;
    if !entry.is_file() {
        return Ok(Err(Refusal::NotAnOrdinaryFile));
    }
    let mut bytes = Vec::new();
    // The size that the zip claims is not trusted.
    let read = entry.take(LARGEST_ANSWER + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST_ANSWER {
        return Ok(Err(TOO_LARGE));
    }
    Ok(Ok(bytes))
}

/// Chooses the answer's file by its name, and reads it. If there are answers in several tracks, it takes the first
/// that is not a starter.
fn chosen(
    names: &[String],
    kata: &str,
    wanted: &[AnswerLanguage<'_>],
    mut read: impl FnMut(usize) -> Result<Vec<u8>, Refusal>,
) -> SubmittedAnswer {
    let mut taken: Option<AnswerFile> = None;
    let mut untouched: Option<AnswerFile> = None;
    let mut problem = None;
    for (place, one) in wanted.iter().enumerate() {
        let ranked = ranked(names, kata, one.extension);
        let Some((index, others)) = ranked.split_first() else {
            continue;
        };
        let file = AnswerFile {
            wanted: place,
            name: short(&names[*index]),
            bytes: read(*index),
        };
        if file.bytes.as_deref() == Ok(one.starter.as_bytes()) {
            untouched.get_or_insert(file);
            continue;
        }
        let rival = match &taken {
            Some(taken) => Some((&taken.name, file.name.clone())),
            None => others
                .first()
                .map(|other| (&file.name, short(&names[*other]))),
        };
        if let Some((taken, other)) = rival {
            problem.get_or_insert(format!(
                "it has several files for {kata}; {taken} was judged, not {other}"
            ));
        }
        taken.get_or_insert(file);
    }
    let answer = taken.or(untouched);
    if answer.is_none() {
        problem = near(names, kata, wanted);
    }
    SubmittedAnswer {
        answer,
        problem,
        lost: None,
    }
}

/// The files whose names match an answer, the one nearest the top first.
fn ranked(names: &[String], kata: &str, extension: &str) -> Vec<usize> {
    let wanted = format!("{kata}.{extension}");
    let usual = format!("katas/{kata}/{wanted}");
    let rank = |name: &str| {
        let last = name.rsplit('/').next().unwrap_or(name);
        let (plain, number) = exports::without_number(last);
        let fits = plain.eq_ignore_ascii_case(&wanted);
        let depth = name.matches('/').count();
        // If a file was resubmitted, the last one counts.
        fits.then(|| (name != usual, depth, plain != wanted, Reverse(number)))
    };
    let ranked = names.iter().enumerate();
    let mut ranked: Vec<_> = ranked
        .filter_map(|(index, name)| Some((rank(name)?, name, index)))
        .collect();
    ranked.sort();
    ranked.into_iter().map(|(.., index)| index).collect()
}

/// Mentions a file with a similar name, such as a browser's second download or a file with an extension that an
/// editor added.
fn near(names: &[String], kata: &str, wanted: &[AnswerLanguage<'_>]) -> Option<String> {
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    wanted.iter().find_map(|one| {
        let ending = format!(".{}", one.extension);
        let mut names = names.iter();
        let near = names.find(|name| last(name).starts_with(kata) && last(name).contains(&ending));
        near.map(|near| format!("there is {}, but no {kata}{ending}", short(near)))
    })
}

#[cfg(test)]
mod tests;
