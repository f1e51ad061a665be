//! Finds the submissions of a class: a folder of folders, of git checkouts, of zips, or an export of Gradescope,
//! Moodle or Canvas, as a folder or a zip.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::exports::SUBMITTERS;
use super::name::short;
use super::place::{AnswerLanguage, Holds, MOST_ENTRIES, Place};
use super::unpack::Unpacked;
use super::{ClassError, exports, unpack};
use crate::catalog::Kata;
use crate::files::{Cache, EntryKind, FileAction, FileError, HeldFolder, Scratch};
use crate::record::Student;
use crate::spec::{Submitters, parse_submitters};

/// The maximum size of Gradescope's file of submitters in bytes.
const LARGEST_SUBMITTERS: u64 = 16 << 20;

/// A submission that was found and not yet read.
#[derive(Clone, Debug)]
pub struct SubmissionFiles {
    /// Its id, unique in the class.
    pub id: String,
    /// Who submitted it, as far as the names show.
    pub student: Student,
    /// Problems of the submission, each in a sentence.
    pub problems: Vec<String>,
    pub(super) place: Place,
}

impl SubmissionFiles {
    /// Whether it has an answer with this file extension to one of these katas that is not an unchanged starter.
    pub(super) fn has_answer(&self, katas: &[Kata], ending: &str) -> bool {
        let mut offered = katas.iter().filter(|kata| kata.has_starter(ending));
        offered.any(|kata| {
            let starter = kata.starter(ending).unwrap_or_default();
            let wanted = [AnswerLanguage {
                extension: ending,
                starter: &starter,
            }];
            let answer = self.place.answer(&kata.id, &wanted).answer;
            let bytes = answer.as_ref().map(|file| file.bytes.as_deref());
            // A link is refused in every language, so it needs no tools.
            bytes.is_some_and(|bytes| bytes.is_ok_and(|bytes| bytes != starter.as_bytes()))
        })
    }

    fn new(id: &str, student: Student, base: &Path, holds: Holds) -> Self {
        Self {
            id: short(id),
            student: Student {
                name: student.name.map(|name| short(&name)),
                ..student
            },
            problems: Vec::new(),
            place: Place {
                base: base.to_owned(),
                holds,
            },
        }
    }
}

/// The submissions of a class.
#[derive(Debug)]
pub struct Class {
    /// The submissions, in the order of their unique ids.
    pub submissions: Vec<SubmissionFiles>,
    /// The names of entries that are not submissions.
    pub passed_over: Vec<String>,
    /// The folder into which a zip was unpacked; removed when dropped.
    _unpacked: Option<Scratch>,
}

impl Class {
    /// A single submission that belongs to no class.
    pub(super) fn of_one(submission: SubmissionFiles) -> Self {
        Self {
            submissions: vec![submission],
            passed_over: Vec::new(),
            _unpacked: None,
        }
    }
}

/// Finds the submissions of a class.
///
/// A zip is unpacked into the cache. `endings` are the file extensions of answers. If a single kata is judged,
/// `alone` names it: then any file with its extension is a submission, whatever its name.
///
/// # Errors
/// When the class cannot be read or is empty.
pub fn find(
    class: &Path,
    endings: &[&str],
    alone: Option<&str>,
    cache: &Cache,
) -> Result<Class, ClassError> {
    let about = std::fs::metadata(class).map_err(FileError::tag(FileAction::Read, class))?;
    let mut contents = Unpacked::default();
    let (folder, unpacked) = if about.is_file() {
        let scratch = cache.scratch()?;
        contents = unpack::unpack(class, scratch.path(), endings, unpack::BOUNDS)?;
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
    let (mut found, mut passed_over) = in_folder(&folder, endings, alone)?;
    for one in &mut found {
        if let Some(one_of) = contents.submissions.get(&one.id) {
            one.problems.extend(one_of.problem());
            if let Some(why) = &one_of.lost {
                one.place.holds = Holds::Lost(why.clone());
            }
        }
    }
    passed_over.extend(contents.passed_over);
    match submitters(&folder)? {
        Named::By(submitters) => {
            for one in &mut found {
                if let Some(student) = submitters.get(&one.id) {
                    one.student = student.clone();
                }
            }
        }
        Named::Nowhere => {}
        Named::Unreadable => passed_over.push(format!(
            "{SUBMITTERS}, which cannot be read, so names and e-mail addresses are missing"
        )),
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

/// Makes the ids unique: `ada` and `ada.zip` are two submissions, and the report says so.
fn told_apart(mut found: Vec<SubmissionFiles>) -> Vec<SubmissionFiles> {
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
            let problem = format!("another submission also has the name {}", ids[place]);
            found[place].problems.push(problem);
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// The learner's files in the course, as a single submission.
#[must_use]
pub(super) fn single(course: &Path) -> SubmissionFiles {
    let itself = Holds::Folder(PathBuf::new());
    SubmissionFiles::new("", Student::default(), course, itself)
}

/// A single submission outside the course: a folder or a zip.
///
/// # Errors
/// When it cannot be read.
pub fn submission(path: &Path, endings: &[&str]) -> Result<SubmissionFiles, ClassError> {
    // The path that was typed may be a link.
    let path = std::fs::canonicalize(path).map_err(FileError::tag(FileAction::Read, path))?;
    let (base, holds) = match (path.is_dir(), path.parent(), path.file_name()) {
        (false, Some(folder), Some(name)) => (folder, Holds::Zip(PathBuf::from(name))),
        _ => (
            path.as_path(),
            in_one(&opened(&path)?, Path::new(""), endings)?,
        ),
    };
    Ok(SubmissionFiles::new("", Student::default(), base, holds))
}

/// The folder that contains the submissions: an export is often a single folder in a zip.
fn inner(folder: &Path) -> Result<PathBuf, FileError> {
    let mut entries = entries(&opened(folder)?, folder, usize::MAX)?;
    match (entries.pop(), entries.pop()) {
        (Some(one), None) if one.kind == EntryKind::Folder && exports::is_export(&one.name) => {
            Ok(folder.join(one.path))
        }
        _ => Ok(folder.to_owned()),
    }
}

fn opened(folder: &Path) -> Result<HeldFolder, FileError> {
    HeldFolder::open(folder).map_err(FileError::tag(FileAction::Read, folder))
}

/// An entry of a folder.
struct Entry {
    name: String,
    /// The unmodified name.
    path: PathBuf,
    kind: EntryKind,
}

/// The entries of a folder that are not hidden, at most `most` of them, sorted by name.
fn entries(folder: &HeldFolder, called: &Path, most: usize) -> Result<Vec<Entry>, FileError> {
    let mut all = Vec::new();
    let found = folder
        .entries()
        .map_err(FileError::tag(FileAction::Read, called))?;
    for entry in found.take(most) {
        let entry = entry.map_err(FileError::tag(FileAction::Read, called))?;
        let name = entry.name.to_string_lossy().into_owned();
        if !exports::is_hidden(&name) {
            all.push(Entry {
                name,
                path: PathBuf::from(entry.name),
                kind: entry.kind,
            });
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// The submissions in a folder, and the names of other entries.
fn in_folder(
    base: &Path,
    endings: &[&str],
    alone: Option<&str>,
) -> Result<(Vec<SubmissionFiles>, Vec<String>), FileError> {
    let (mut found, mut passed_over) = (Vec::new(), Vec::new());
    // The files of one person, in the same folder as those of others.
    let mut flat: BTreeMap<String, Flat> = BTreeMap::new();
    let folder = opened(base)?;
    for Entry { name, path, kind } in entries(&folder, base, usize::MAX)? {
        if kind == EntryKind::Folder {
            // A folder that cannot be read is reported when it is judged, and does not affect the others.
            let holds = in_one(&folder, &path, endings).unwrap_or(Holds::Folder(path));
            match exports::moodle_folder(&name) {
                None => found.push(SubmissionFiles::new(&name, Student::default(), base, holds)),
                Some(named) => {
                    // Text that was typed into the page comes after uploaded files.
                    let id = short(&named.id);
                    if !(named.is_text && found.iter().any(|one| one.id == id)) {
                        found.push(SubmissionFiles::new(&named.id, named.student, base, holds));
                    }
                }
            }
            continue;
        }
        let named = exports::moodle_file(&name).or_else(|| exports::canvas(&name));
        if let (EntryKind::File, Some(named)) = (kind, named) {
            let one = flat.entry(named.id).or_default();
            one.student = named.student;
            one.is_ambiguous |= named.is_ambiguous;
            one.files.push((named.file, path));
            continue;
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let holds = match alone {
            _ if kind == EntryKind::Other => None,
            _ if ending.eq_ignore_ascii_case("zip") => Some(Holds::Zip(path)),
            Some(kata) if endings.contains(&ending) => {
                Some(Holds::Files(vec![(format!("{kata}.{ending}"), path)]))
            }
            _ => None,
        };
        match holds {
            Some(holds) => found.push(SubmissionFiles::new(stem, Student::default(), base, holds)),
            None if name == SUBMITTERS => {}
            None => passed_over.push(short(&name)),
        }
    }
    found.extend(flat.into_iter().map(|(id, one)| {
        let holds = zipped(&one.files, endings).unwrap_or(Holds::Files(one.files));
        let mut found = SubmissionFiles::new(&id, one.student, base, holds);
        if one.is_ambiguous {
            found.problems.push(AMBIGUOUS.to_owned());
        }
        found
    }));
    Ok((found, passed_over))
}

const AMBIGUOUS: &str = "the name of a file matches two participants; check whose file it is";

/// The files of one person, with their original names.
#[derive(Default)]
struct Flat {
    student: Student,
    is_ambiguous: bool,
    files: Vec<(String, PathBuf)>,
}

/// A submission's folder, or the zip in it if the folder itself has no answer.
fn in_one(base: &HeldFolder, path: &Path, endings: &[&str]) -> Result<Holds, FileError> {
    let folder = base
        .folder(path)
        .map_err(FileError::tag(FileAction::Read, path))?;
    let inside = entries(&folder, path, MOST_ENTRIES)?;
    let has_folders = inside.iter().any(|one| one.kind == EntryKind::Folder);
    let files = inside.into_iter().filter(|one| one.kind == EntryKind::File);
    let files: Vec<_> = files.map(|one| (one.name, path.join(one.path))).collect();
    let zip = (!has_folders).then(|| zipped(&files, endings)).flatten();
    Ok(zip.unwrap_or_else(|| Holds::Folder(path.to_owned())))
}

/// The zip among some files, if there is exactly one and no answer.
fn zipped(files: &[(String, PathBuf)], endings: &[&str]) -> Option<Holds> {
    let ends = |name: &str, ending: &str| {
        let found = name.rsplit_once('.').map(|(_, found)| found);
        found.is_some_and(|found| found.eq_ignore_ascii_case(ending))
    };
    let is_answer = |name: &str| endings.iter().any(|ending| ends(name, ending));
    if files.iter().any(|(name, _)| is_answer(name)) {
        return None;
    }
    let mut zips = files.iter().filter(|(name, _)| ends(name, "zip"));
    match (zips.next(), zips.next()) {
        (Some((_, path)), None) => Some(Holds::Zip(path.clone())),
        _ => None,
    }
}

/// Who submitted what.
enum Named {
    /// There is no file of submitters.
    Nowhere,
    /// The file of submitters is too large or malformed.
    Unreadable,
    /// Gradescope's file: each student by the submission's folder.
    By(BTreeMap<String, Student>),
}

/// Reads Gradescope's file of submitters, if there is one.
fn submitters(folder: &Path) -> Result<Named, FileError> {
    let path = folder.join(SUBMITTERS);
    if !path.is_file() {
        return Ok(Named::Nowhere);
    }
    let Some(bytes) = crate::files::read_bounded(&path, LARGEST_SUBMITTERS)? else {
        return Ok(Named::Unreadable);
    };
    let read = |submitters: Submitters| {
        let student = Student {
            name: submitters.name.map(|name| short(&name)),
            email: submitters.email.map(|email| short(&email)),
            sis_id: submitters.sid.map(|sid| short(&sid)),
            ..Student::default()
        };
        (short(&submitters.submission), student)
    };
    Ok(match parse_submitters(&String::from_utf8_lossy(&bytes)) {
        Some(all) => Named::By(all.into_iter().map(read).collect()),
        None => Named::Unreadable,
    })
}
