//! Unpacks a zip that a course platform exported, within limits.
//!
//! Only files that can contain an answer are unpacked: regular files with ordinary names and the extension of an
//! answer or a zip. Names are split only at `/`, and one with `..` or a backslash is skipped: it could be in another
//! student's folder. If two entries have the same name, the first counts. Sizes are counted while writing, because
//! the sizes in a zip may be false. The limits apply to each submission separately: nothing that one student puts
//! into a zip prevents others from being judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::archive::{self, Archive};
use super::name::short;
use super::place::{DEEPEST, LARGEST_ZIP, MOST_ENTRIES};
use super::{ClassError, exports};
use crate::files::{self, FileAction, FileError};
use crate::grade;
use crate::words::plural;

/// The maximum number of entries of the whole zip: its central directory is read into memory.
const MOST_OF_ALL: usize = 1_000_000;

/// Limits on the unpacked bytes.
pub(super) struct Bounds {
    /// Per submission.
    each: u64,
    /// For all submissions together.
    all: u64,
}

/// Each: two zips of the maximum size, or many more answers than a course has. All: what a disk has room for.
pub(super) const BOUNDS: &Bounds = &Bounds {
    each: 128 << 20,
    all: 32 << 30,
};

/// The maximum size in bytes of an answer, and of any other file. Larger files are truncated just above it, and later
/// reported as too large.
const LARGEST: u64 = grade::LARGEST_ANSWER + 1;
const LARGEST_OTHER: u64 = LARGEST_ZIP + 1;

/// The result of unpacking.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    /// Skipped names that belong to no submission.
    pub(super) passed_over: Vec<String>,
    /// The submissions, by their ids.
    pub(super) submissions: BTreeMap<String, Contents>,
}

/// The result for one submission.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Why it was not unpacked.
    pub(super) lost: Option<String>,
    /// The entries at the top of the zip, or of the single folder in it.
    tops: BTreeSet<PathBuf>,
    entries: usize,
    bytes: u64,
    /// The number of skipped entries, and the name of the first.
    odd: Option<(usize, String)>,
    is_deep: bool,
}

impl Contents {
    /// A problem, as a clause.
    pub(super) fn problem(&self) -> Option<String> {
        match &self.odd {
            Some((count, first)) => {
                let count = plural(*count, "file");
                Some(format!("{count} could not be unpacked, first {first}"))
            }
            None if self.is_deep => Some(format!(
                "it has folders more than {DEEPEST} deep; their contents were ignored"
            )),
            None => None,
        }
    }

    fn pass_over(&mut self, name: &str) {
        self.odd.get_or_insert_with(|| (0, short(name))).0 += 1;
    }

    /// Removes the unpacked files, and leaves the entry that shows that something was submitted.
    fn give_up(&mut self, folder: &Path, why: String) {
        for top in &self.tops {
            let path = folder.join(top);
            let _ = match path.is_dir() {
                true => std::fs::remove_dir_all(&path).and_then(|()| std::fs::create_dir(&path)),
                false => File::create(&path).map(drop),
            };
        }
        self.bytes = 0;
        self.lost = Some(why);
    }
}

/// Unpacks files that can contain answers with these extensions.
pub(super) fn unpack(
    zip: &Path,
    folder: &Path,
    endings: &[&str],
    bounds: &Bounds,
) -> Result<Unpacked, ClassError> {
    let failed = |says: String| ClassError::Zip {
        path: zip.to_owned(),
        says,
    };
    let file = File::open(zip).map_err(FileError::tag(FileAction::Read, zip))?;
    let mut archive = archive::open(file, MOST_OF_ALL).map_err(failed)?;
    let above = common_folder(&archive);
    let mut unpacked = Unpacked::default();
    let mut left = bounds.all;
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(index) else {
            unpacked.passed_over.push(format!("entry {index}"));
            continue;
        };
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let is_folder = entry.is_dir();
        drop(entry);
        let Some((id, top)) = owner(&name, above, is_folder) else {
            unpacked.passed_over.push(short(&name));
            continue;
        };
        let contents = unpacked.submissions.entry(short(&id)).or_default();
        contents.tops.insert(top.clone());
        if contents.lost.is_some() {
            // The top entry alone shows that more was submitted.
            continue;
        }
        contents.entries += 1;
        if contents.entries > MOST_ENTRIES {
            left += contents.bytes;
            let why = format!("it has more than {MOST_ENTRIES} files; {ALONE}");
            contents.give_up(folder, why);
            continue;
        }
        let inside = ordinary(&name);
        let inside = match inside {
            Some(inside) if depth(&inside) <= above + 1 + DEEPEST + 1 => inside,
            inside => {
                match inside {
                    Some(_) => contents.is_deep = true,
                    None => contents.pass_over(&name),
                }
                let _ = files::make_folder(&folder.join(&top));
                continue;
            }
        };
        let path = folder.join(&inside);
        if is_folder || !is_wanted(&inside, endings) {
            // The folder alone shows that something was submitted.
            let made = if is_folder {
                Some(path.as_path())
            } else {
                path.parent()
            };
            let _ = made.map(files::make_folder);
            if is_named(&inside) {
                // In a flat export, the file name alone shows it.
                let _ = File::create_new(&path);
            }
            continue;
        }
        let most = if is_answer(&inside, endings) {
            LARGEST
        } else {
            LARGEST_OTHER
        };
        let made = path.parent().map_or(Ok(()), files::make_folder).ok();
        let made = made.and_then(|()| File::create_new(&path).ok());
        let (Some(mut out), Ok(entry)) = (made, archive.by_index(index)) else {
            // A duplicate name, one that is too long, a file in place of a folder, or a damaged entry.
            contents.pass_over(&name);
            continue;
        };
        let room = (bounds.each - contents.bytes).min(left);
        match std::io::copy(&mut entry.take(most.min(room + 1)), &mut out) {
            Ok(copied) if copied > room => {
                let (what, most, then) = match contents.bytes + copied > bounds.each {
                    true => ("it", bounds.each, ALONE),
                    false => ("the whole zip", bounds.all, BY_HAND),
                };
                left += contents.bytes;
                let why = format!("{what} unpacks to more than {} MiB; {then}", most >> 20);
                contents.give_up(folder, why);
            }
            Ok(copied) => {
                left -= copied;
                contents.bytes += copied;
            }
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::StorageFull | ErrorKind::QuotaExceeded
                ) =>
            {
                return Err(FileError::tag(FileAction::Write, &path)(error).into());
            }
            // Damaged: what was unpacked is judged as it is, and is unlikely to be an answer.
            Err(_) => contents.pass_over(&name),
        }
    }
    Ok(unpacked)
}

const ALONE: &str = "ask for the answers only";
const BY_HAND: &str = "unpack it yourself and pass the folder";

/// The number of leading folders that all entries share: one if the export is a folder in a zip, otherwise zero.
fn common_folder(archive: &Archive) -> usize {
    let mut tops = BTreeSet::new();
    for name in archive.file_names().flatten() {
        if let Some(inside) = ordinary(&name)
            && let Some(top) = inside.components().next()
            && !exports::is_hidden(&top.as_os_str().to_string_lossy())
        {
            let is_folder = depth(&inside) > 1 || name.ends_with('/');
            tops.insert((top.as_os_str().to_owned(), is_folder));
            if tops.len() > 1 {
                return 0;
            }
        }
    }
    let is_export = |(top, is_folder): &(std::ffi::OsString, bool)| {
        *is_folder && exports::is_export(&top.to_string_lossy())
    };
    usize::from(tops.first().is_some_and(is_export))
}

/// The owner of an entry: the submission's id, and the path of its top entry.
fn owner(name: &str, above: usize, is_folder: bool) -> Option<(String, PathBuf)> {
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    let top = parts.get(..=above)?;
    if name.starts_with('/') || top.iter().copied().any(is_odd) {
        return None;
    }
    let last = *top.last()?;
    let id = match is_folder || parts.len() > above + 1 {
        true => exports::of_folder(last),
        false => exports::of_file(last),
    };
    Some((id, top.iter().collect()))
}

fn depth(path: &Path) -> usize {
    path.components().count()
}

/// The path of an entry, if it is inside the zip's root and means the same on every system.
fn ordinary(name: &str) -> Option<PathBuf> {
    let parts = name.split('/').filter(|part| !part.is_empty());
    let is_ordinary = !name.starts_with('/') && !name.is_empty() && !parts.clone().any(is_odd);
    is_ordinary.then(|| parts.collect())
}

/// Whether a component of a name could lead elsewhere, or cannot be decoded.
fn is_odd(part: &str) -> bool {
    part == "." || part == ".." || part.contains(['\\', '\0', char::REPLACEMENT_CHARACTER])
}

/// Whether a file name says who submitted it.
fn is_named(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    exports::moodle_file(&name).is_some() || exports::canvas(&name).is_some()
}

fn is_answer(path: &Path, endings: &[&str]) -> bool {
    endings.iter().any(|ending| ends_in(path, ending))
}

fn is_wanted(path: &Path, endings: &[&str]) -> bool {
    is_answer(path, endings)
        || ends_in(path, "zip")
        || path
            .file_name()
            .is_some_and(|name| name == exports::SUBMITTERS)
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests;
