//! Unpacks the zip that a course platform exported, into a folder, within bounds.
//!
//! Only what can hold an answer comes out: ordinary files with ordinary names that end as an answer or a zip does. A name is
//! cut at `/` alone, and one with `..` or a backslash in it is passed over: it could lie in another student's folder. Of two
//! entries with one name the first counts. Sizes are counted as they are written, because what a zip says of itself may be
//! a lie. Nothing that one student puts into a zip keeps the others from being judged.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::{ClassError, exports};
use crate::files::{self, FileError};
use crate::grade;

/// The most entries of a zip, and the most bytes of all that is unpacked.
const MOST_ENTRIES: usize = 1_000_000;
const MOST_BYTES: u64 = 8 << 30;

/// The most bytes of an answer, and of any other file; what is larger is cut off, and then told to be too large.
const LARGEST_ZIP: u64 = 65 << 20;
const LARGEST: u64 = grade::LARGEST_ANSWER + 1;

/// Unpacks what can hold answers with this ending; gives the names that were passed over for being harmful.
pub(super) fn unpack(
    zip: &Path,
    folder: &Path,
    extension: &str,
) -> Result<Vec<String>, ClassError> {
    let failed = |says: String| ClassError::Zip {
        path: zip.to_owned(),
        says,
    };
    let file = File::open(zip).map_err(FileError::tag("read", zip))?;
    let opened = ZipArchive::new(BufReader::new(file));
    let mut archive = opened.map_err(|error| failed(error.to_string()))?;
    if archive.len() > MOST_ENTRIES {
        return Err(failed(format!("it has more than {MOST_ENTRIES} files")));
    }
    let mut passed_over = Vec::new();
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index(index) else {
            passed_over.push(format!("entry {index}"));
            continue;
        };
        let name = entry
            .name()
            .map(|name| name.into_owned())
            .unwrap_or_default();
        let Some(inside) = ordinary(&name) else {
            passed_over.push(name);
            continue;
        };
        let path = folder.join(&inside);
        if entry.is_dir() || !is_wanted(&inside, extension) {
            // The folder alone says that somebody handed something in.
            let above = if entry.is_dir() {
                Some(path.as_path())
            } else {
                path.parent()
            };
            let _ = above.map(files::make_folder);
            if is_named(&inside) {
                // Where files lie side by side, its name alone says so.
                let _ = File::create_new(&path);
            }
            continue;
        }
        let most = match () {
            () if ends_in(&inside, extension) => LARGEST,
            () => LARGEST_ZIP,
        };
        let made = path.parent().map_or(Ok(()), files::make_folder).ok();
        let made = made.and_then(|()| File::create_new(&path).ok());
        let Some(mut out) = made else {
            // Twice the same name, one that is too long, or a file where a folder is.
            passed_over.push(name);
            continue;
        };
        match std::io::copy(&mut entry.take(most.min(left + 1)), &mut out) {
            Ok(copied) if copied > left => {
                return Err(failed(format!(
                    "it unpacks to more than {} MiB",
                    MOST_BYTES >> 20
                )));
            }
            Ok(copied) => left -= copied,
            Err(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                return Err(FileError::tag("write", &path)(error).into());
            }
            // Damaged: what came out is judged as it is, and is hardly an answer.
            Err(_) => passed_over.push(name),
        }
    }
    Ok(passed_over)
}

/// The path of an entry, if it is below the zip's root and means the same everywhere.
fn ordinary(name: &str) -> Option<PathBuf> {
    let parts = name.split('/').filter(|part| !part.is_empty());
    let is_odd = |part: &str| part == "." || part == ".." || part.contains(['\\', '\0']);
    let is_ordinary = !name.starts_with('/') && !name.is_empty() && !parts.clone().any(is_odd);
    is_ordinary.then(|| parts.collect())
}

/// Whether the name of a file says who handed it in.
fn is_named(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    exports::moodle(&name).is_some() || exports::canvas(&name).is_some()
}

fn is_wanted(path: &Path, extension: &str) -> bool {
    ends_in(path, extension)
        || ends_in(path, "zip")
        || path
            .file_name()
            .is_some_and(|name| name == super::find::SUBMITTERS)
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(ending))
}
