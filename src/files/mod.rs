//! Files as the program writes them: whole or not at all, beside and renamed; and the folder it may cache in.
//!
//! Every file that `katas` writes goes through [`write_whole`], or [`write_new`] where nothing may be replaced; what a
//! killed katas left beside, [`sweep()`] removes later. Where two at once would change the same file, [`lock`] makes one
//! wait. Reading an untrusted file goes through [`read_bounded`], which follows no link at its end and reads no more than it
//! was told, and a file of a course through [`read_regular`]; where the folders on the way are untrusted too, [`HeldFolder`] finds the file.

mod cache;
mod folder;
mod held;
mod spill;
mod stamp;
mod sweep;

pub use cache::{Cache, Scratch};
pub use folder::{FolderError, FolderFile, write_folder};
pub use held::{Entry, EntryKind, HeldFolder};
pub use spill::{Piece, Spill};
pub use stamp::stamp;
pub use sweep::{Kept, surplus, sweep};

use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::printable;

/// A file operation that failed, with the file.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}", printable::path(path))]
pub struct FileError {
    /// What was tried.
    pub action: FileAction,
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

impl FileError {
    /// Tags an I/O error with what was tried and where.
    pub fn tag(action: FileAction, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self {
            action,
            path,
            source,
        }
    }
}

/// What was tried with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAction {
    /// To read a file or list a folder.
    Read,
    /// To write a file.
    Write,
    /// To copy a file.
    Copy,
    /// To lock a file.
    Lock,
    /// To create a folder.
    CreateFolder,
    /// To create a folder with a name of its own in this one.
    CreateFolderIn,
    /// To remove a file or folder.
    Remove,
    /// To give a file or folder another name.
    Rename,
    /// To give something else this name.
    RenameTo,
    /// To rename a damaged file.
    SetAside,
    /// To change who may do what with a file.
    SetMode,
    /// To use a file that somebody else may be using.
    Use,
    /// To use a folder as the cache.
    UseCacheFolder,
}

impl fmt::Display for FileAction {
    /// Writes it as a verb, with the file as the object.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Copy => "copy",
            Self::Lock => "lock",
            Self::CreateFolder => "create the folder",
            Self::CreateFolderIn => "create a folder in",
            Self::Remove => "remove",
            Self::Rename => "rename",
            Self::RenameTo => "rename to",
            Self::SetAside => "set aside",
            Self::SetMode => "set the mode of",
            Self::Use => "use",
            Self::UseCacheFolder => "use the cache folder",
        })
    }
}

/// Writes a file beside its place and renames it there, so that a reader sees the old file or the new one, never a part.
///
/// # Errors
/// When the folder or the file cannot be written; the old file is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_whole_by(path, &mut |out| out.write_all(bytes))
}

/// Does what [`write_whole`] does, with a function that writes part by part.
///
/// # Errors
/// When the folder or the file cannot be written, or the function fails; the old file is then as it was.
pub fn write_whole_by(path: &Path, write: &mut Fill<'_>) -> Result<(), FileError> {
    let written = beside(path, write, ordinary_mode(path))?.persist(path);
    written.map_err(|error| FileError::tag(FileAction::Write, path)(error.error))?;
    Ok(())
}

/// Writes the contents of a file.
pub type Fill<'a> = dyn FnMut(&mut dyn Write) -> std::io::Result<()> + 'a;

/// Makes sure that files can be written in a folder, by writing one and removing it.
///
/// # Errors
/// When they cannot.
pub fn try_folder(folder: &Path) -> Result<(), FileError> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    beside(&folder.join("report"), &mut |_| Ok(()), 0o600).map(drop)
}

/// Writes a file unless something is there already, even if it came there just now; says whether it did.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, FileError> {
    write_new_as(path, bytes, ordinary_mode(path))
}

/// Does what [`write_new`] does, for a file that nobody else may read at any time.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn write_new_secret(path: &Path, bytes: &[u8]) -> Result<bool, FileError> {
    write_new_as(path, bytes, 0o600)
}

fn write_new_as(path: &Path, bytes: &[u8], mode: u32) -> Result<bool, FileError> {
    if std::fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    match beside(path, &mut |out| out.write_all(bytes), mode)?.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(FileError::tag(FileAction::Write, path)(error.error)),
    }
}

/// The whole file under a name of its own in the folder where it belongs; gone again unless it is renamed.
fn beside(
    path: &Path,
    write: &mut Fill<'_>,
    mode: u32,
) -> Result<tempfile::NamedTempFile, FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    sweep(folder);
    let written = tempfile::Builder::new()
        .prefix(sweep::BESIDE)
        .tempfile_in(folder)
        .and_then(|file| {
            let mut out = std::io::BufWriter::new(file.as_file());
            write(&mut out)?;
            out.flush()?;
            drop(out);
            set_mode(file.as_file(), mode)?;
            Ok(file)
        });
    written.map_err(FileError::tag(FileAction::Write, path))
}

/// Holds a folder for as long as the value lives: whoever tidies up leaves it alone. `None` where it is not there.
///
/// Look at what is in it only afterwards: it may just have been tidied away.
#[must_use]
pub fn hold(folder: &Path) -> Option<File> {
    let opened = File::open(folder).ok()?;
    // Where the file system has no locks, nothing is tidied away either.
    let _ = opened.lock_shared();
    Some(opened)
}

/// Removes a folder that nobody holds.
///
/// Nothing depends on it, so it fails in silence.
pub fn tidy_away(folder: &Path) {
    if let Ok(opened) = File::open(folder)
        && opened.try_lock().is_ok()
    {
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// Waits until no other katas holds this lock, and holds it until the value is dropped, or the process ends.
///
/// # Errors
/// When the file cannot be made. Where the file system has no locks nothing is waited for.
pub fn lock(path: &Path) -> Result<File, FileError> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let mut options = File::options();
    let file = options.create(true).append(true).open(path);
    let file = file.map_err(FileError::tag(FileAction::Write, path))?;
    let _ = file.lock();
    Ok(file)
}

/// Makes a folder and the folders above it.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> Result<(), FileError> {
    std::fs::create_dir_all(folder).map_err(FileError::tag(FileAction::CreateFolder, folder))
}

/// The most bytes of a text that a person wrote, such as a spec or a statement.
pub const LARGEST_TEXT: u64 = 16 << 20;

/// Reads a text in UTF-8; a mark of the byte order at its start, as some editors write it, is no part of it.
///
/// # Errors
/// When it cannot be read as by [`read_regular`], is larger than [`LARGEST_TEXT`], or is no such text.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = read_regular(path, LARGEST_TEXT).map_err(FileError::tag(FileAction::Read, path))?;
    let text = text(bytes).map_err(|says| std::io::Error::new(ErrorKind::InvalidData, says));
    text.map_err(FileError::tag(FileAction::Read, path))
}

fn text(bytes: Vec<u8>) -> Result<String, &'static str> {
    let is_wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    match String::from_utf8(bytes) {
        _ if is_wide => Err("it is text in UTF-16, and not in UTF-8"),
        // Text in UTF-16 without a mark reads as text in which every other character is none.
        Ok(text) if !text.contains('\0') => Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text)),
        _ => Err("it is not text in UTF-8"),
    }
}

/// Reads a regular file, or the one that a link leads to, if it is no larger than `most` bytes.
///
/// # Errors
/// When it cannot be read, is larger or is something else. A pipe or a device is refused, and never waited for.
pub fn read_regular(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let file = open_by(path, Links::Followed)?;
    let refused = match file.metadata()? {
        about if !about.is_file() => format!("it is {}", kind_name(about.file_type())),
        _ => format!("it is larger than {} MiB", most >> 20),
    };
    let refused = || std::io::Error::new(ErrorKind::InvalidInput, refused);
    read_open(file, most)?.ok_or_else(refused)
}

/// What a file is, with an article.
#[must_use]
#[cfg(unix)]
pub fn kind_name(kind: std::fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_symlink() => "a symbolic link",
        kind if kind.is_dir() => "a folder, not a file",
        kind if kind.is_fifo() => "a named pipe",
        kind if kind.is_socket() => "a socket",
        kind if kind.is_file() => "a file",
        _ => "a device",
    }
}

/// Reads a regular file without following a link at its end, if it is no larger than `most` bytes.
///
/// # Errors
/// When it cannot be read. `Ok(None)` says that it is larger, or no regular file.
pub fn read_bounded(path: &Path, most: u64) -> Result<Option<Vec<u8>>, FileError> {
    let opened = open_by(path, Links::Refused).and_then(|file| read_open(file, most));
    opened.map_err(FileError::tag(FileAction::Read, path))
}

/// Does what [`read_bounded`] does, with a file that is open.
///
/// # Errors
/// When it cannot be read.
pub fn read_open(file: File, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let about = file.metadata()?;
    if !about.is_file() || about.len() > most {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that grew while it was read.
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Opens a regular file without following a link at its end.
///
/// # Errors
/// When it cannot be opened. `Ok(None)` says that it is no regular file.
pub fn open(path: &Path) -> Result<Option<File>, FileError> {
    let opened =
        open_by(path, Links::Refused).and_then(|file| Ok((file.metadata()?.is_file(), file)));
    let (is_regular, file) = opened.map_err(FileError::tag(FileAction::Read, path))?;
    Ok(is_regular.then_some(file))
}

/// Whether a link at the end of a path is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    Followed,
    Refused,
}

#[cfg(unix)]
fn open_by(path: &Path, links: Links) -> std::io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    // A pipe or a device would keep an ordinary open waiting for ever.
    let mut flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    flags.set(OFlags::NOFOLLOW, links == Links::Refused);
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

/// The mode of the file that is there, or of one that an editor would make.
#[cfg(unix)]
fn ordinary_mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).map_or(0o644, |about| about.permissions().mode() & 0o777)
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_in_utf_8_is_text() {
        let wide = |mark: &[u8], unit: fn(u16) -> [u8; 2]| {
            let units = "é: 1".encode_utf16().flat_map(unit);
            mark.iter().copied().chain(units).collect::<Vec<_>>()
        };
        for (bytes, read) in [
            ("é\r\n".as_bytes().to_vec(), Ok("é\r\n")),
            ("\u{feff}é".as_bytes().to_vec(), Ok("é")),
            (
                wide(&[0xff, 0xfe], u16::to_le_bytes),
                Err("it is text in UTF-16, and not in UTF-8"),
            ),
            (
                wide(&[0xfe, 0xff], u16::to_be_bytes),
                Err("it is text in UTF-16, and not in UTF-8"),
            ),
            (wide(&[], u16::to_le_bytes), Err("it is not text in UTF-8")),
            (b"a\0b\0".to_vec(), Err("it is not text in UTF-8")),
            (vec![0xe9], Err("it is not text in UTF-8")),
        ] {
            assert_eq!(text(bytes), read.map(str::to_owned));
        }
    }
}
