//! An open folder in which files are opened without following links, even if it is changed concurrently.
//!
//! `class` reads submissions through it. Each component of a path is opened relative to the folder before it, which
//! stays the same folder even if it is moved or replaced by a link, and no component may be a link or `..`. Linux has
//! a single call for this, `openat2`; opening components one by one works on every kernel and in every container.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::{Component, Path};

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags};

/// An open folder.
#[derive(Debug)]
pub struct HeldFolder(OwnedFd);

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: OsString,
    /// Its type.
    pub kind: EntryKind,
}

/// The type of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// An regular file.
    File,
    /// A folder.
    Folder,
    /// A link, a pipe or something else.
    Other,
}

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

/// A blocking open of a pipe or a device could wait forever.
const FILE: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

impl HeldFolder {
    /// Opens a trusted folder: links on the way to it are followed.
    ///
    /// # Errors
    /// When it cannot be opened, or is not a folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(rustix::fs::openat(CWD, path, FOLDER, Mode::empty())?))
    }

    /// Opens a folder in it.
    ///
    /// # Errors
    /// When it does not exist, or a link is on the way.
    pub fn folder(&self, inside: &Path) -> io::Result<Self> {
        let mut folder = Self(self.0.try_clone()?);
        for part in inside.components() {
            folder = Self(folder.open_part(part, FOLDER | OFlags::NOFOLLOW)?);
        }
        Ok(folder)
    }

    /// Opens a regular file in it. `None` if the path exists but is not a regular file, or a link is on the way.
    ///
    /// # Errors
    /// When it does not exist, or cannot be opened.
    pub fn file(&self, inside: &Path) -> io::Result<Option<File>> {
        let mut parts = inside.components();
        let Some(last) = parts.next_back() else {
            return Ok(None);
        };
        let mut folder = Self(self.0.try_clone()?);
        for part in parts {
            match folder.open_part(part, FOLDER | OFlags::NOFOLLOW) {
                Ok(opened) => folder = Self(opened),
                Err(_) if folder.is_link(part) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        match folder.open_part(last, FILE) {
            Ok(opened) => {
                let file = File::from(opened);
                Ok(file.metadata()?.is_file().then_some(file))
            }
            Err(_)
                if folder
                    .kind(last)
                    .is_some_and(|kind| kind != FileType::RegularFile) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Iterates over its entries, in no particular order.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn entries(&self) -> io::Result<impl Iterator<Item = io::Result<Entry>> + use<>> {
        let itself = self.0.try_clone()?;
        let entries = Dir::read_from(&self.0)?.map(move |entry| {
            let entry = entry?;
            let kind = match entry.file_type() {
                // Some file systems do not report it here.
                FileType::Unknown => {
                    let about =
                        rustix::fs::statat(&itself, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW)?;
                    FileType::from_raw_mode(about.st_mode)
                }
                kind => kind,
            };
            Ok(Entry {
                name: OsString::from_vec(entry.file_name().to_bytes().to_vec()),
                kind: match kind {
                    FileType::Directory => EntryKind::Folder,
                    FileType::RegularFile => EntryKind::File,
                    _ => EntryKind::Other,
                },
            })
        });
        let is_named = |entry: &io::Result<Entry>| !matches!(entry, Ok(entry) if entry.name == "." || entry.name == "..");
        Ok(entries.filter(is_named))
    }

    fn open_part(&self, part: Component<'_>, flags: OFlags) -> io::Result<OwnedFd> {
        match part {
            Component::Normal(name) => Ok(rustix::fs::openat(&self.0, name, flags, Mode::empty())?),
            Component::CurDir => self.0.try_clone(),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    fn kind(&self, part: Component<'_>) -> Option<FileType> {
        let about =
            rustix::fs::statat(&self.0, part.as_os_str(), AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some(FileType::from_raw_mode(about.st_mode))
    }

    fn is_link(&self, part: Component<'_>) -> bool {
        self.kind(part) == Some(FileType::Symlink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    #[test]
    fn no_link_is_followed_and_no_path_leads_out() {
        let base = tempfile::tempdir().unwrap();
        let inside = base.path().join("inside");
        std::fs::create_dir_all(inside.join("a/b")).unwrap();
        std::fs::write(inside.join("a/b/file"), "yes").unwrap();
        std::fs::write(base.path().join("secret"), "no").unwrap();
        symlink("../../secret", inside.join("a/link")).unwrap();
        symlink("a", inside.join("way")).unwrap();
        symlink("nowhere", inside.join("dangling")).unwrap();
        rustix::fs::mkfifoat(CWD, inside.join("pipe"), Mode::RUSR).unwrap();
        symlink(&inside, base.path().join("typed")).unwrap();
        // The path that a person typed may be a link.
        let folder = HeldFolder::open(&base.path().join("typed")).unwrap();
        let read = |name: &str| match folder.file(Path::new(name)) {
            Ok(Some(mut file)) => {
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                text
            }
            Ok(None) => "other".to_owned(),
            Err(error) => format!("{:?}", error.kind()),
        };
        for (name, found) in [
            ("a/b/file", "yes"),
            ("./a/./b/file", "yes"),
            ("a/link", "other"),
            ("way/b/file", "other"),
            ("dangling", "other"),
            ("pipe", "other"),
            ("a/b", "other"),
            ("", "other"),
            ("a/b/none", "NotFound"),
            ("none/file", "NotFound"),
            ("a/b/file/x", "NotADirectory"),
            ("../secret", "InvalidInput"),
            ("a/../../secret", "InvalidInput"),
        ] {
            assert_eq!(read(name), found, "{name}");
        }
        let secret = base.path().join("secret");
        assert_eq!(read(secret.to_str().unwrap()), "InvalidInput");
        assert!(folder.folder(Path::new("way")).is_err());
        let entries = folder.entries().unwrap().map(Result::unwrap);
        let mut entries: Vec<_> = entries.map(|it| (it.name, it.kind)).collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        let expected = [
            ("a", EntryKind::Folder),
            ("dangling", EntryKind::Other),
            ("pipe", EntryKind::Other),
            ("way", EntryKind::Other),
        ];
        assert_eq!(entries, expected.map(|(name, kind)| (name.into(), kind)));
    }
}
