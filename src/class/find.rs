//! Finds the submissions of a class: a folder of folders, of git checkouts, of zips, or what Gradescope, Moodle or Canvas
//! exported, as a folder or as the one zip that it came in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::place::Place;
use super::{exports, unpack};
use crate::files::{Cache, FileError, Scratch};
use crate::record::{Student, clean};
use crate::spec::{Submitters, parse_submitters};

/// The file in which Gradescope says who handed what in.
pub(super) const SUBMITTERS: &str = "submission_metadata.yml";

/// The most bytes that file may have.
const LARGEST_SUBMITTERS: u64 = 16 << 20;

/// One submission, found and not yet read.
#[derive(Clone, Debug)]
pub struct Found {
    /// What tells it from all others of the class.
    pub id: String,
    /// Whose it is, as far as names say.
    pub student: Student,
    /// What is odd about how it was handed in, each in a sentence.
    pub problems: Vec<String>,
    pub(super) place: Place,
}

impl Found {
    /// The names are a stranger's, so what could steer a terminal or a page is taken out of them.
    fn new(id: String, student: Student, place: Place) -> Self {
        Self {
            id: clean(&id),
            student: Student {
                name: student.name.map(|name| clean(&name)),
                ..student
            },
            problems: Vec::new(),
            place,
        }
    }
}

/// A class as it was found.
#[derive(Debug)]
pub struct Class {
    /// The submissions, in the order of their ids, no two of which are the same.
    pub submissions: Vec<Found>,
    /// The names of what is there and is no submission.
    pub passed_over: Vec<String>,
    /// Where a zip was unpacked; removed when dropped.
    _unpacked: Option<Scratch>,
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
    /// It is a course, or one submission.
    #[error("{} is one course or submission, and no class", path.display())]
    NoClass {
        /// The folder.
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

/// Finds the submissions of a class.
///
/// A zip is unpacked into the cache. `alone` is the one kata that is judged, if it is one: then a file with its ending is a
/// submission whatever it is called.
///
/// # Errors
/// When the class cannot be read or holds nothing.
pub fn find(
    class: &Path,
    extension: &str,
    alone: Option<&str>,
    cache: &Cache,
) -> Result<Class, ClassError> {
    let about = std::fs::metadata(class).map_err(FileError::tag("read", class))?;
    let mut harmful = Vec::new();
    let (folder, unpacked) = if about.is_file() {
        let scratch = cache.scratch()?;
        harmful = unpack::unpack(class, scratch.path(), extension)?;
        (scratch.path().to_owned(), Some(scratch))
    } else {
        (class.to_owned(), None)
    };
    let folder = inner(&folder)?;
    if folder.join("katas").is_dir() && unpacked.is_none() {
        return Err(ClassError::NoClass {
            path: class.to_owned(),
        });
    }
    let (mut found, mut passed_over) = in_folder(&folder, extension, alone)?;
    passed_over.extend(harmful);
    if let Some(submitters) = submitters(&folder)? {
        for one in &mut found {
            if let Some(student) = submitters.get(&one.id) {
                one.student = student.clone();
            }
        }
    }
    if found.is_empty() {
        return Err(ClassError::Empty {
            path: class.to_owned(),
        });
    }
    Ok(Class {
        submissions: told_apart(found),
        passed_over,
        _unpacked: unpacked,
    })
}

/// Gives each submission an id of its own: `ada` and `ada.zip` are two, and a person should look.
fn told_apart(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| a.id.cmp(&b.id));
    let ids: Vec<String> = found.iter().map(|one| one.id.clone()).collect();
    let mut taken: BTreeSet<String> = ids.iter().cloned().collect();
    for place in 1..found.len() {
        if ids[place] == ids[place - 1] {
            let mut number = 2..;
            let free = number.find_map(|number| {
                let id = format!("{} ({number})", ids[place]);
                taken.insert(id.clone()).then_some(id)
            });
            found[place].id = free.unwrap_or_default();
            let problem = format!("another submission is called {} as well", ids[place]);
            found[place].problems.push(problem);
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// The course's own learner's files, as the one submission there is.
#[must_use]
pub fn single(course: &Path) -> Found {
    let place = Place::Folder(course.to_owned());
    Found::new(String::new(), Student::default(), place)
}

/// One submission that lies elsewhere than the course: a folder, or a zip.
///
/// # Errors
/// When it cannot be read.
pub fn submission(path: &Path, extension: &str) -> Result<Found, ClassError> {
    let about = std::fs::metadata(path).map_err(FileError::tag("read", path))?;
    let place = if about.is_file() {
        Place::Zip(path.to_owned())
    } else {
        in_one(path, extension)?
    };
    Ok(Found::new(String::new(), Student::default(), place))
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
        (Some(one), None) if one.kind == Kind::Folder && is_export(&one.name) => Ok(one.path),
        _ => Ok(folder.to_owned()),
    }
}

/// What lies in a folder.
struct Entry {
    name: String,
    path: PathBuf,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    /// A link, a pipe and the like.
    Other,
}

/// What lies in a folder and is not hidden, in the order of names.
fn entries(folder: &Path) -> Result<Vec<Entry>, FileError> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(FileError::tag("read", folder))? {
        let entry = entry.map_err(FileError::tag("read", folder))?;
        let kind = entry.file_type().map_err(FileError::tag("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != "__MACOSX" {
            all.push(Entry {
                name,
                path: entry.path(),
                kind: match kind {
                    kind if kind.is_dir() => Kind::Folder,
                    kind if kind.is_file() => Kind::File,
                    _ => Kind::Other,
                },
            });
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// The submissions in a folder, and the names of what is none.
fn in_folder(
    folder: &Path,
    extension: &str,
    alone: Option<&str>,
) -> Result<(Vec<Found>, Vec<String>), FileError> {
    let (mut found, mut passed_over) = (Vec::new(), Vec::new());
    // The files of one person, which lie beside those of others.
    let mut flat: BTreeMap<String, (Student, Vec<(String, PathBuf)>)> = BTreeMap::new();
    for Entry { name, path, kind } in entries(folder)? {
        if kind == Kind::Folder {
            // One that cannot be looked into is told when its turn comes, and keeps nobody else waiting.
            let place = in_one(&path, extension).unwrap_or(Place::Folder(path));
            match exports::moodle(&name) {
                None => found.push(Found::new(name, Student::default(), place)),
                Some(named) => {
                    // What was typed into the page lies beside what was uploaded, which comes first.
                    let id = clean(&named.id);
                    if !(named.is_text && found.iter().any(|one| one.id == id)) {
                        found.push(Found::new(named.id, named.student, place));
                    }
                }
            }
            continue;
        }
        let named = exports::moodle(&name).or_else(|| exports::canvas(&name));
        if let (Kind::File, Some(named)) = (&kind, named) {
            let (_, files) = flat
                .entry(named.id)
                .or_insert_with(|| (named.student, Vec::new()));
            files.push((named.file, path));
            continue;
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let place = match alone {
            _ if kind == Kind::Other => None,
            _ if ending.eq_ignore_ascii_case("zip") => Some(Place::Zip(path)),
            Some(kata) if ending == extension => {
                Some(Place::Files(vec![(format!("{kata}.{extension}"), path)]))
            }
            _ => None,
        };
        match place {
            Some(place) => found.push(Found::new(stem.to_owned(), Student::default(), place)),
            None if name == SUBMITTERS => {}
            None => passed_over.push(name),
        }
    }
    found.extend(flat.into_iter().map(|(id, (student, files))| {
        let place = zipped(&files, extension).unwrap_or(Place::Files(files));
        Found::new(id, student, place)
    }));
    Ok((found, passed_over))
}

/// A submission's folder, or the zip in it where there is no answer beside it.
fn in_one(folder: &Path, extension: &str) -> Result<Place, FileError> {
    let inside = entries(folder)?;
    let has_folders = inside.iter().any(|one| one.kind == Kind::Folder);
    let files = inside.into_iter().filter(|one| one.kind == Kind::File);
    let files: Vec<_> = files.map(|one| (one.name, one.path)).collect();
    let zip = (!has_folders).then(|| zipped(&files, extension)).flatten();
    Ok(zip.unwrap_or_else(|| Place::Folder(folder.to_owned())))
}

/// The one zip among some files, if there is one and no answer beside it.
fn zipped(files: &[(String, PathBuf)], extension: &str) -> Option<Place> {
    let ends = |name: &str, ending: &str| {
        let found = name.rsplit_once('.').map(|(_, found)| found);
        found.is_some_and(|found| found.eq_ignore_ascii_case(ending))
    };
    if files.iter().any(|(name, _)| ends(name, extension)) {
        return None;
    }
    let mut zips = files.iter().filter(|(name, _)| ends(name, "zip"));
    match (zips.next(), zips.next()) {
        (Some((_, path)), None) => Some(Place::Zip(path.clone())),
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
            name: submitters.name.map(|name| clean(&name)),
            email: submitters.email.map(|email| clean(&email)),
            sis_id: submitters.sid.map(|sid| clean(&sid)),
            ..Student::default()
        };
        (submitters.submission, student)
    };
    let all = parse_submitters(&String::from_utf8_lossy(&bytes));
    Ok(Some(all.into_iter().map(read).collect()))
}
