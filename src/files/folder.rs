//! Writes a folder completely or not at all: it is created next to its destination and moved there, and replaces
//! nothing.

use std::path::{Path, PathBuf};

use super::{FileAction, FileError, make_folder};
use crate::printable;

/// Names that a folder may contain and still count as empty, as in a clone of an empty repository.
const NOT_IN_THE_WAY: &str = ".git";

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderFile {
    /// Its path relative to the folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its mode.
    pub mode: u32,
}

/// A folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder is not empty.
    #[error(
        "{} is not empty: it contains {}",
        printable::path(path),
        listed(found)
    )]
    InTheWay {
        /// The folder.
        path: PathBuf,
        /// The name of an entry.
        found: Vec<String>,
    },
    /// A file stands where the folder should be.
    #[error("{} is not a folder", printable::path(path))]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

fn listed(found: &[String]) -> String {
    let first: Vec<_> = found.iter().take(3).map(String::as_str).collect();
    let names = first.join(", ");
    let names = printable::line(&names);
    match found.len() - first.len() {
        0 => names.into_owned(),
        more => format!("{names} and {more} more"),
    }
}

/// Writes files into a folder that is new, empty, or an empty repository.
///
/// # Errors
/// When the folder is not empty, or cannot be written; then nothing is left behind.
pub fn write_folder(folder: &Path, files: &[FolderFile]) -> Result<(), FolderError> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let there = vacant(&folder)?;
    let above = folder.parent().unwrap_or(Path::new("/"));
    make_folder(above)?;
    let made = tempfile::Builder::new()
        .prefix(".katas-folder-")
        .tempdir_in(above)
        .map_err(FileError::tag(FileAction::CreateFolderIn, above))?;
    for file in files {
        let path = made.path().join(&file.path);
        make_folder(path.parent().unwrap_or(made.path()))?;
        let written = std::fs::write(&path, &file.bytes).and_then(|()| set_mode(&path, file.mode));
        written.map_err(FileError::tag(FileAction::Write, &folder.join(&file.path)))?;
    }
    if there {
        return Ok(move_into(made.path(), &folder)?);
    }
    set_mode(made.path(), 0o755).map_err(FileError::tag(FileAction::CreateFolder, &folder))?;
    std::fs::rename(made.path(), &folder)
        .map_err(FileError::tag(FileAction::CreateFolder, &folder))?;
    Ok(())
}

/// Checks that nothing is in the way, and returns whether the folder exists.
fn vacant(folder: &Path) -> Result<bool, FolderError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(FolderError::NoFolder {
                path: folder.to_owned(),
            });
        }
        Err(error) => return Err(FileError::tag(FileAction::Read, folder)(error).into()),
    };
    let mut found: Vec<_> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != NOT_IN_THE_WAY)
        .collect();
    found.sort();
    if found.is_empty() {
        return Ok(true);
    }
    Err(FolderError::InTheWay {
        path: folder.to_owned(),
        found,
    })
}

/// Moves the entries into the folder; if that fails halfway, those already moved are removed again.
fn move_into(made: &Path, folder: &Path) -> Result<(), FileError> {
    let entries = std::fs::read_dir(made).map_err(FileError::tag(FileAction::Read, made))?;
    let mut moved = Vec::new();
    for entry in entries.flatten() {
        let place = folder.join(entry.file_name());
        let free = std::fs::symlink_metadata(&place).is_err();
        let result = if free {
            std::fs::rename(entry.path(), &place)
        } else {
            Err(std::io::ErrorKind::AlreadyExists.into())
        };
        if let Err(error) = result {
            for place in moved {
                let _: std::io::Result<()> =
                    std::fs::remove_file(&place).or_else(|_| std::fs::remove_dir_all(&place));
            }
            return Err(FileError::tag(FileAction::Write, &place)(error));
        }
        moved.push(place);
    }
    Ok(())
}

fn set_mode(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, mode: u32) -> FolderFile {
        FolderFile {
            path: path.to_owned(),
            bytes: path.as_bytes().to_vec(),
            mode,
        }
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let base = tempfile::tempdir().unwrap();
        let files = [file("a/b", 0o644), file("run", 0o755)];
        let names = |folder: &Path| {
            let names = std::fs::read_dir(folder).unwrap();
            let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        // A new folder below a new folder; an empty one; an empty repository.
        std::fs::create_dir(base.path().join("empty")).unwrap();
        std::fs::create_dir_all(base.path().join("cloned/.git")).unwrap();
        for name in ["new/below", "empty", "cloned"] {
            let folder = base.path().join(name);
            write_folder(&folder, &files).unwrap();
            assert_eq!(std::fs::read(folder.join("a/b")).unwrap(), b"a/b", "{name}");
            let again = write_folder(&folder, &files).unwrap_err();
            assert!(again.to_string().ends_with("it contains a, run"), "{again}");
        }
        std::fs::write(base.path().join("taken"), "").unwrap();
        let taken = write_folder(&base.path().join("taken"), &files).unwrap_err();
        assert!(taken.to_string().ends_with("is not a folder"), "{taken}");
        // A file in place of a folder: nothing else is left behind.
        let torn = [file("x", 0o644), file("x/y", 0o644)];
        write_folder(&base.path().join("torn"), &torn).unwrap_err();
        assert_eq!(names(base.path()), ["cloned", "empty", "new", "taken"]);
    }
}
