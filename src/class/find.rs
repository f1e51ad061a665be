//! Finds the submissions of a class: a folder of folders, of git checkouts, of zips, or what Gradescope, Moodle or Canvas
//! exported, as a folder or as the one zip that it came in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::place::Place;
use super::{exports, unpack};
use crate::files::{Cache, FileError};
use crate::record::Student;
use crate::spec::{Submitters, parse_submitters};

/// The file in which Gradescope says who handed what in.
const SUBMITTERS: &str = "submission_metadata.yml";

/// The most bytes that file may have.
const LARGEST_SUBMITTERS: u64 = 16 << 20;

/// One submission, found and not yet read.
#[derive(Clone, Debug)]
pub struct Found {
    /// What tells it from all others of the class.
    pub id: String,
    /// Whose it is, as far as names say.
    pub student: Student,
    pub(super) place: Place,
}

/// A class could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ClassError {
    /// There is nothing to judge in it.
    #[error("there is no submission in {}", path.display())]
    Empty {
        /// The folder or zip.
        path: PathBuf,
    },
    /// The zip cannot be unpacked.
    #[error("cannot unpack {}: {says}", path.display())]
    Zip {
        /// The zip.
        path: PathBuf,
        /// What is wrong.
        says: String,
    },
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Finds the submissions of a class, in the order of their ids.
///
/// A zip is unpacked into the cache for as long as the folder that comes with the submissions is kept. `alone` is the one
/// kata that is judged, if it is one: then a file with its ending is a submission whatever it is called.
///
/// # Errors
/// When the class cannot be read or holds nothing.
pub fn find(
    class: &Path,
    extension: &str,
    alone: Option<&str>,
    cache: &Cache,
) -> Result<(Vec<Found>, Option<tempfile::TempDir>), ClassError> {
    let about = std::fs::metadata(class).map_err(FileError::tag("read", class))?;
    let (folder, unpacked) = if about.is_file() {
        let scratch = cache.scratch()?;
        unpack::unpack(class, scratch.path())?;
        (scratch.path().to_owned(), Some(scratch))
    } else {
        (class.to_owned(), None)
    };
    let folder = inner(&folder)?;
    let mut found = in_folder(&folder, extension, alone)?;
    if let Some(submitters) = submitters(&folder)? {
        for one in &mut found {
            if let Some(student) = submitters.get(&one.id) {
                one.student = student.clone();
            }
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    if found.is_empty() {
        return Err(ClassError::Empty {
            path: class.to_owned(),
        });
    }
    Ok((found, unpacked))
}

/// The course's own learner's files, as the one submission there is.
#[must_use]
pub fn single(course: &Path) -> Found {
    Found {
        id: String::new(),
        student: Student::default(),
        place: Place::Folder(course.to_owned()),
    }
}

/// One submission that lies elsewhere than the course: a folder, or a zip.
///
/// # Errors
/// When it cannot be read.
pub fn submission(path: &Path) -> Result<Found, ClassError> {
    let about = std::fs::metadata(path).map_err(FileError::tag("read", path))?;
    let place = if about.is_file() {
        Place::Zip(path.to_owned())
    } else {
        in_one(path)?
    };
    Ok(Found {
        id: String::new(),
        student: Student::default(),
        place,
    })
}

/// The folder that holds the submissions: an export often is one folder in a zip.
fn inner(folder: &Path) -> Result<PathBuf, FileError> {
    let mut entries = entries(folder)?;
    // A folder of Gradescope, of `gh classroom clone`, of Classroom 50.
    let is_export = |name: &str| {
        name == "submissions"
            || name.ends_with("_export")
            || name.contains("-submissions")
            || name.contains("_submissions")
    };
    match (entries.pop(), entries.pop()) {
        (Some((name, path, true)), None) if is_export(&name) => Ok(path),
        _ => Ok(folder.to_owned()),
    }
}

/// Names, paths and whether they are folders, of what is no link and not hidden, in order.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf, bool)>, FileError> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(FileError::tag("read", folder))? {
        let entry = entry.map_err(FileError::tag("read", folder))?;
        let kind = entry.file_type().map_err(FileError::tag("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.starts_with('.') || name == "__MACOSX";
        if !ours && (kind.is_dir() || kind.is_file()) {
            all.push((name, entry.path(), kind.is_dir()));
        }
    }
    all.sort();
    Ok(all)
}

fn in_folder(folder: &Path, extension: &str, alone: Option<&str>) -> Result<Vec<Found>, FileError> {
    let mut found = Vec::new();
    // The files of one person, which lie beside those of others.
    let mut flat: BTreeMap<String, (Student, Vec<(String, PathBuf)>)> = BTreeMap::new();
    for (name, path, is_folder) in entries(folder)? {
        if is_folder {
            let named = exports::moodle(&name);
            found.push(Found {
                student: named.map(|named| named.student).unwrap_or_default(),
                place: in_one(&path)?,
                id: name,
            });
            continue;
        }
        if let Some(named) = exports::moodle(&name).or_else(|| exports::canvas(&name)) {
            let (_, files) = flat
                .entry(named.id)
                .or_insert_with(|| (named.student, Vec::new()));
            files.push((named.file, path));
            continue;
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let place = match alone {
            _ if ending.eq_ignore_ascii_case("zip") => Place::Zip(path),
            Some(kata) if ending == extension => {
                Place::Files(vec![(format!("{kata}.{extension}"), path)])
            }
            _ => continue,
        };
        found.push(Found {
            id: stem.to_owned(),
            student: Student::default(),
            place,
        });
    }
    let flat = flat.into_iter().map(|(id, (student, files))| Found {
        id,
        student,
        place: zipped(&files).unwrap_or(Place::Files(files)),
    });
    found.extend(flat);
    Ok(found)
}

/// A submission's folder, or the zip in it where that is all there is.
fn in_one(folder: &Path) -> Result<Place, FileError> {
    let inside = entries(folder)?;
    let files: Vec<_> = inside
        .iter()
        .map(|(name, path, _)| (name.clone(), path.clone()))
        .collect();
    let is_one_file = matches!(inside.as_slice(), [(_, _, false)]);
    let zip = is_one_file.then(|| zipped(&files)).flatten();
    Ok(zip.unwrap_or_else(|| Place::Folder(folder.to_owned())))
}

/// The one zip among some files, if there is one and nothing else.
fn zipped(files: &[(String, PathBuf)]) -> Option<Place> {
    match files {
        [(name, path)] if name.to_lowercase().ends_with(".zip") => Some(Place::Zip(path.clone())),
        _ => None,
    }
}

/// Who handed in what, where Gradescope says so.
fn submitters(folder: &Path) -> Result<Option<BTreeMap<String, Student>>, FileError> {
    let path = folder.join(SUBMITTERS);
    if !path.is_file() {
        return Ok(None);
    }
    let Some(bytes) = crate::files::read_bounded(&path, LARGEST_SUBMITTERS)? else {
        return Ok(None);
    };
    let read = |submitters: Submitters| {
        let student = Student {
            name: submitters.name,
            email: submitters.email,
            sis_id: submitters.sid,
            ..Student::default()
        };
        (submitters.submission, student)
    };
    let all = parse_submitters(&String::from_utf8_lossy(&bytes));
    Ok(Some(all.into_iter().map(read).collect()))
}
