//! Atomic file writes, bounded reads, locks, and the cache folder.
//!
//! Every file that `katas` writes goes through [`write_whole`], or [`write_new`] if nothing may be replaced;
//! [`sweep()`] later removes temporary files of killed processes. If two processes change the same file, [`lock`]
//! makes one wait. Files of a course are read with [`read_regular`]. Untrusted files are read with [`read_bounded`],
//! which does not follow a link at the end of the path and limits the size; if the folders on the way are untrusted
//! too, [`HeldFolder`] opens the file.

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

/// A failed file operation.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}", printable::path(path))]
pub struct FileError {
    /// The operation.
    pub action: FileAction,
    /// The file or folder.
    pub path: PathBuf,
    /// The system's error.
    pub source: std::io::Error,
}

impl FileError {
    /// Adds the operation and the path to an I/O error.
    pub fn tag(action: FileAction, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self {
            action,
            path,
            source,
        }
    }
}

/// An operation on a file.
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
    /// To create a uniquely named folder in this one.
    CreateFolderIn,
    /// To remove a file or folder.
    Remove,
    /// To rename a file or folder.
    Rename,
    /// To rename something to this path.
    RenameTo,
    /// To rename a damaged file.
    SetAside,
    /// To change the mode of a file.
    SetMode,
    /// To open a file that another process may be using.
    Use,
    /// To use a folder as the cache.
    UseCacheFolder,
}

impl fmt::Display for FileAction {
    /// Formats it as a verb whose object is the file.
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

/// Writes a file atomically: it is written next to its destination and renamed, so a reader sees either the old or
/// the new file.
///
/// # Errors
/// When the folder or the file cannot be written; then the old file is unchanged.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_whole_by(path, &mut |out| out.write_all(bytes))
}

/// Like [`write_whole`], with a function that writes to a stream.
///
/// # Errors
/// When the folder or the file cannot be written, or the function fails; then the old file is unchanged.
pub fn write_whole_by(path: &Path, write: &mut Fill<'_>) -> Result<(), FileError> {
    let written = beside(path, write, ordinary_mode(path))?.persist(path);
    written.map_err(|error| FileError::tag(FileAction::Write, path)(error.error))?;
    Ok(())
}

/// Writes the contents of a file.
pub type Fill<'a> = dyn FnMut(&mut dyn Write) -> std::io::Result<()> + 'a;

/// Checks that files can be written in a folder, by writing one and removing it.
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

/// Writes a file atomically unless the path exists; returns whether it was written.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, FileError> {
    write_new_as(path, bytes, ordinary_mode(path))
}

/// Like [`write_new`], for a file that no other user may read at any time.
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

/// The complete file under a temporary name in the destination folder; removed unless it is renamed.
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

/// Protects a folder from cleanup as long as the value lives. `None` if the folder does not exist.
///
/// Check its contents only afterwards: it may have just been removed.
#[must_use]
pub fn hold(folder: &Path) -> Option<File> {
    let opened = File::open(folder).ok()?;
    // Without file locks, nothing is cleaned up either.
    let _ = opened.lock_shared();
    Some(opened)
}

/// Removes a folder that no process protects.
///
/// Nothing depends on it, so it fails in silence.
pub fn tidy_away(folder: &Path) {
    if let Ok(opened) = File::open(folder)
        && opened.try_lock().is_ok()
    {
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// Takes this lock, and waits if another process holds it. It is released when the value is dropped or the process
/// ends.
///
/// # Errors
/// When the file cannot be created. Without file locks, this does not wait.
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

/// Creates a folder and the folders above it.
///
/// # Errors
/// When it cannot be created.
pub fn make_folder(folder: &Path) -> Result<(), FileError> {
    std::fs::create_dir_all(folder).map_err(FileError::tag(FileAction::CreateFolder, folder))
}

/// The maximum size in bytes of a text that a person wrote, such as a spec or a statement.
pub const LARGEST_TEXT: u64 = 16 << 20;

/// Reads a UTF-8 text without the byte order mark that some editors write.
///
/// # Errors
/// When [`read_regular`] fails, it is larger than [`LARGEST_TEXT`], or it is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = read_regular(path, LARGEST_TEXT).map_err(FileError::tag(FileAction::Read, path))?;
    let text = text(bytes).map_err(|says| std::io::Error::new(ErrorKind::InvalidData, says));
    text.map_err(FileError::tag(FileAction::Read, path))
}

fn text(bytes: Vec<u8>) -> Result<String, &'static str> {
    let is_wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    match String::from_utf8(bytes) {
        _ if is_wide => Err("it is UTF-16 text, not UTF-8"),
        // UTF-16 without a byte order mark reads as text in which every other character is NUL.
        Ok(text) if !text.contains('\0') => Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text)),
        _ => Err("it is not UTF-8 text"),
    }
}

/// Reads a regular file of at most `most` bytes, following links.
///
/// # Errors
/// When it cannot be read, is larger, or is not a regular file. A pipe or a device is refused without blocking.
pub fn read_regular(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let file = open_by(path, Links::Followed)?;
    let refused = match file.metadata()? {
        about if !about.is_file() => format!("it is {}", kind_name(about.file_type())),
        _ => format!("it is larger than {} MiB", most >> 20),
    };
    let refused = || std::io::Error::new(ErrorKind::InvalidInput, refused);
    read_open(file, most)?.ok_or_else(refused)
}

/// The type of a file, with an article.
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

/// Reads a regular file of at most `most` bytes, without following a link at the end of the path.
///
/// # Errors
/// When it cannot be read. `Ok(None)` means that it is larger, or not a regular file.
pub fn read_bounded(path: &Path, most: u64) -> Result<Option<Vec<u8>>, FileError> {
    let opened = open_by(path, Links::Refused).and_then(|file| read_open(file, most));
    opened.map_err(FileError::tag(FileAction::Read, path))
}

/// Like [`read_bounded`], for an open file.
///
/// # Errors
/// When it cannot be read.
pub fn read_open(file: File, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let about = file.metadata()?;
    if !about.is_file() || about.len() > most {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    // One more byte than allowed detects a file that grew while it was read.
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Opens a regular file without following a link at the end of the path.
///
/// # Errors
/// When it cannot be opened. `Ok(None)` means that it is not a regular file.
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
    // A pipe or a device would keep an ordinary open waiting forever.
    let mut flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    flags.set(OFlags::NOFOLLOW, links == Links::Refused);
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

/// The mode of the existing file, or the default for new files.
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
                Err("it is UTF-16 text, not UTF-8"),
            ),
            (
                wide(&[0xfe, 0xff], u16::to_be_bytes),
                Err("it is UTF-16 text, not UTF-8"),
            ),
            (wide(&[], u16::to_le_bytes), Err("it is not UTF-8 text")),
            (b"a\0b\0".to_vec(), Err("it is not UTF-8 text")),
            (vec![0xe9], Err("it is not UTF-8 text")),
        ] {
            assert_eq!(text(bytes), read.map(str::to_owned));
        }
    }
}
