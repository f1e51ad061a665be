//! Where a submission's files are, and which of them is the answer to a kata.
//!
//! Everything here is a stranger's: no link is followed, folders are walked to a bounded depth and number, and of a zip
//! only the one entry is unpacked, in memory, up to the size of an answer.

use std::cmp::Reverse;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::exports;
use crate::grade::{self, LARGEST_ANSWER, TOO_LARGE};
use crate::verdict::Refusal;

/// The most files and folders of a submission that are looked at, and how deep they may lie.
const MOST_ENTRIES: usize = 20_000;
const DEEPEST: usize = 12;

/// The most bytes a zip may have: its list of contents is read into memory.
const LARGEST_ZIP: u64 = 64 << 20;

/// Folders in which nobody hands anything in.
const SKIPPED: &[&str] = &[
    ".git",
    ".katas",
    "__MACOSX",
    "node_modules",
    "solutions",
    "target",
];

/// Where a submission's files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a folder.
    Folder(PathBuf),
    /// In a zip.
    Zip(PathBuf),
    /// Each somewhere, under the name that it was handed in with.
    Files(Vec<(String, PathBuf)>),
}

/// What a submission holds for a kata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Handed {
    /// The file as seen from the submission, and its bytes or why it is no answer; none where there is no such file.
    pub(super) answer: Option<(String, Result<Vec<u8>, Refusal>)>,
    /// What is odd about the submission, in a sentence.
    pub(super) problem: Option<String>,
    /// Why the submission cannot be looked into, which is no fault of whoever handed it in.
    pub(super) lost: Option<String>,
}

impl Handed {
    fn nothing(problem: Option<String>) -> Self {
        Self {
            answer: None,
            problem,
            lost: None,
        }
    }
}

impl Place {
    /// Finds and reads the answer to a kata.
    pub(super) fn answer(&self, kata: &str, extension: &str) -> Handed {
        match self {
            Self::Folder(folder) => in_folder(folder, kata, extension),
            Self::Zip(file) => in_zip(file, kata, extension),
            Self::Files(files) => {
                let names: Vec<_> = files.iter().map(|(name, _)| name.clone()).collect();
                chosen(&names, kata, extension, |index| {
                    grade::read_answer(&files[index].1)
                })
            }
        }
    }
}

fn in_folder(folder: &Path, kata: &str, extension: &str) -> Handed {
    if let Err(error) = std::fs::read_dir(folder) {
        return Handed {
            lost: Some(format!("its folder cannot be read: {error}")),
            ..Handed::nothing(None)
        };
    }
    // Where it belongs; the walk may end before it comes there.
    let usual = format!("katas/{kata}/{kata}.{extension}");
    let at_usual = below(folder, &usual);
    if matches!(at_usual, Below::Other) {
        return Handed {
            answer: Some((usual, Err(Refusal::NotAnOrdinaryFile))),
            ..Handed::nothing(None)
        };
    }
    let mut names = Vec::new();
    let mut seen = 0;
    walk(folder, "", 0, &mut seen, &mut names);
    if matches!(at_usual, Below::File) && !names.contains(&usual) {
        names.push(usual);
    }
    let mut handed = chosen(&names, kata, extension, |index| {
        grade::read_answer(&folder.join(&names[index]))
    });
    if seen > MOST_ENTRIES {
        handed.problem = Some(format!(
            "it has more than {MOST_ENTRIES} files; the others were not looked at"
        ));
    }
    handed
}

/// What lies at a path below a folder.
enum Below {
    File,
    /// A link, on the way or at the end, or no file.
    Other,
    Nothing,
}

fn below(folder: &Path, name: &str) -> Below {
    let mut path = folder.to_owned();
    let mut last = Below::Nothing;
    for part in name.split('/') {
        path.push(part);
        last = match std::fs::symlink_metadata(&path) {
            Ok(about) if about.is_symlink() => return Below::Other,
            Ok(about) if about.is_file() => Below::File,
            Ok(_) => Below::Other,
            Err(_) => return Below::Nothing,
        };
    }
    last
}

/// Lists the files below a folder, without following links.
fn walk(folder: &Path, above: &str, depth: usize, seen: &mut usize, names: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        *seen += 1;
        if *seen > MOST_ENTRIES {
            return;
        }
        let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else {
            continue;
        };
        if kind.is_file() {
            names.push(format!("{above}{name}"));
        } else if kind.is_dir() && depth < DEEPEST && !SKIPPED.contains(&name.as_str()) {
            walk(
                &entry.path(),
                &format!("{above}{name}/"),
                depth + 1,
                seen,
                names,
            );
        }
    }
}

fn in_zip(file: &Path, kata: &str, extension: &str) -> Handed {
    // A person has to look at it: it may have been cut off on the way.
    let problem = |says: &str| {
        let why = format!("its zip cannot be read: {says}");
        Handed {
            lost: Some(why.clone()),
            ..Handed::nothing(Some(why))
        }
    };
    let opened = match modest(file) {
        Ok(opened) => opened,
        Err(says) => return problem(&says),
    };
    let mut archive = match ZipArchive::new(std::io::BufReader::new(opened)) {
        Ok(archive) => archive,
        Err(error) => return problem(&error.to_string()),
    };
    // A name that cannot be read or lies where nobody hands in keeps its place, without a name.
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
    let mut handed = chosen(&names, kata, extension, |index| {
        unpack(&mut archive, index).unwrap_or_else(|error| {
            unreadable = Some(error);
            Err(Refusal::NotText)
        })
    });
    if let Some(error) = unreadable {
        handed = problem(&error);
    }
    handed
}

/// Opens a zip of ordinary size whose end says that it has an ordinary number of entries; all of them are read to find one.
///
/// The last record of a zip has the number at its tenth byte (APPNOTE.TXT, 4.3.16); a comment may follow it.
fn modest(file: &Path) -> Result<File, String> {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    const LONGEST_END: u64 = 22 + 0xffff;
    let failed = |error: std::io::Error| error.to_string();
    let mut opened = File::open(file).map_err(failed)?;
    let length = opened.metadata().map_err(failed)?.len();
    if length > LARGEST_ZIP {
        return Err(format!("it is larger than {} MiB", LARGEST_ZIP >> 20));
    }
    let mut end = Vec::new();
    let start = length.saturating_sub(LONGEST_END);
    opened.seek(SeekFrom::Start(start)).map_err(failed)?;
    opened.read_to_end(&mut end).map_err(failed)?;
    let record = end.windows(4).rposition(|bytes| bytes == SIGNATURE);
    let number = record.and_then(|at| end.get(at + 10..at + 12));
    let Some(&[low, high]) = number else {
        return Err("it is no zip, or was cut off".to_owned());
    };
    if usize::from(u16::from_le_bytes([low, high])) > MOST_ENTRIES {
        return Err(format!("it has more than {MOST_ENTRIES} files"));
    }
    opened.rewind().map_err(failed)?;
    Ok(opened)
}

fn is_skipped(name: &str) -> bool {
    name.split('/').any(|part| SKIPPED.contains(&part))
}

/// Unpacks one entry, up to the size of an answer.
fn unpack(
    archive: &mut ZipArchive<std::io::BufReader<File>>,
    index: usize,
) -> Result<Result<Vec<u8>, Refusal>, String> {
    let entry = archive.by_index(index).map_err(|error| error.to_string())?;
    if !entry.is_file() {
        return Ok(Err(Refusal::NotAnOrdinaryFile));
    }
    let mut bytes = Vec::new();
    // What the zip says about the size is not believed.
    let read = entry.take(LARGEST_ANSWER + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST_ANSWER {
        return Ok(Err(TOO_LARGE));
    }
    Ok(Ok(bytes))
}

/// Chooses the answer's file by its name, the one that lies highest, and reads it.
fn chosen(
    names: &[String],
    kata: &str,
    extension: &str,
    read: impl FnOnce(usize) -> Result<Vec<u8>, Refusal>,
) -> Handed {
    let wanted = format!("{kata}.{extension}");
    let usual = format!("katas/{kata}/{wanted}");
    let rank = |name: &str| {
        let last = name.rsplit('/').next().unwrap_or(name);
        let (plain, number) = exports::without_number(last);
        let fits = plain.eq_ignore_ascii_case(&wanted);
        let is_usual = name == usual || name.ends_with(&format!("/{usual}"));
        // Of a file that was handed in again, the last one counts.
        fits.then(|| (!is_usual, name.matches('/').count(), Reverse(number)))
    };
    let ranked = names.iter().enumerate();
    let mut ranked: Vec<_> = ranked
        .filter_map(|(index, name)| Some((rank(name)?, name, index)))
        .collect();
    ranked.sort();
    let Some((_, name, index)) = ranked.first() else {
        // A browser's second download, or an editor's idea of an ending.
        let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
        let near = names.iter().find(|name| {
            let last = last(name);
            last.starts_with(kata) && last.contains(&format!(".{extension}"))
        });
        let problem = near.map(|near| format!("there is {near}, but no {wanted}"));
        return Handed::nothing(problem);
    };
    let problem = ranked.get(1).map(|(_, other, _)| {
        format!("it has several files for {kata}; {name} was taken, and not {other}")
    });
    Handed {
        answer: Some(((*name).clone(), read(*index))),
        problem,
        lost: None,
    }
}
