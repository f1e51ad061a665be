//! Notices that a file was saved.
//!
//! The system reports changes in the file's folder, so editors that write a new file and rename it are noticed too.
//! Network folders and Windows folders under WSL report nothing, so the file is also looked at now and then.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::digest;
use crate::files;

/// How long a file must not change after a write that may not be the last of a save.
const QUIET: Duration = Duration::from_millis(20);

/// The same for an empty file: some editors empty the file first and write it in a second step.
const QUIET_EMPTY: Duration = Duration::from_millis(150);

/// How often the file is looked at in each way.
const LOOK: Duration = Duration::from_secs(1);
const POLL: Duration = Duration::from_millis(100);

/// How long the system may take to report a change that was already seen.
const LATE: Duration = Duration::from_millis(300);

/// The largest file whose content is compared; of larger ones, only the time and the size are.
const MOST: u64 = 1 << 20;

/// How saves are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The system reports them, and the file is looked at once a second.
    Reported,
    /// The file is looked at ten times a second.
    Polled,
}

/// How a save was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noticed {
    /// As expected.
    AsExpected,
    /// The system did not report it; it was seen by looking at the file.
    ByLooking,
}

/// What is compared when a file is looked at; `None` if there is no file.
type Look = Option<(SystemTime, u64, [u8; 32])>;

/// A change that the system reports.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// The file is complete: it was closed, or renamed to this name.
    Complete,
    /// More may follow.
    Partial,
}

/// Notices saves until it is dropped.
pub(crate) struct Saves {
    /// The thread ends when this and the watcher are dropped.
    _changes: Sender<Change>,
    _watcher: Option<RecommendedWatcher>,
}

impl Saves {
    /// Begins to watch some files, each of which may be missing, and calls a function after each save.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(crate) fn start(
        files: Vec<PathBuf>,
        way: Way,
        mut saved: impl FnMut(Noticed) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (changes, changed) = channel();
        let watcher = match way {
            Way::Polled => None,
            // Without a watcher, for example because the system allows no more of them, files are polled.
            Way::Reported => watcher(&files, changes.clone()).ok(),
        };
        let interval = match watcher {
            Some(_) => LOOK,
            None => POLL,
        };
        let before: Vec<Look> = files.iter().map(|file| look(file)).collect();
        let is_reported = watcher.is_some();
        std::thread::Builder::new()
            .name("saves".to_owned())
            .spawn(move || {
                let mut seen = Seen {
                    files,
                    last: before,
                };
                notice(&mut seen, &changed, (interval, is_reported), &mut saved);
            })?;
        Ok(Self {
            _changes: changes,
            _watcher: watcher,
        })
    }
}

/// Has the system report changes of some files.
fn watcher(files: &[PathBuf], changes: Sender<Change>) -> notify::Result<RecommendedWatcher> {
    let names: Vec<PathBuf> = files.iter().flat_map(|file| both_names(file)).collect();
    let folders: Vec<PathBuf> = names
        .iter()
        .filter_map(|name| name.parent().map(Path::to_owned))
        .collect();
    let report = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        let is_ours = event.paths.iter().any(|path| names.contains(path));
        if let Some(change) = change(event.kind).filter(|_| is_ours) {
            let _ = changes.send(change);
        }
    };
    let mut watcher = RecommendedWatcher::new(report, Config::default())?;
    let mut watched: Vec<&PathBuf> = Vec::new();
    for folder in &folders {
        if !watched.contains(&folder) {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
            watched.push(folder);
        }
    }
    Ok(watcher)
}

/// The path of a file, and the one without links, if it differs: an editor may write either.
fn both_names(file: &Path) -> Vec<PathBuf> {
    let mut names = vec![file.to_owned()];
    names.extend(file.canonicalize().ok().filter(|real| real != file));
    names
}

/// What an event says about a file; `None` if it says nothing about its content.
fn change(kind: EventKind) -> Option<Change> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Change::Complete),
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
            Some(Change::Complete)
        }
        EventKind::Access(_)
        | EventKind::Modify(ModifyKind::Metadata(_) | ModifyKind::Name(RenameMode::From))
        | EventKind::Remove(_) => None,
        // On Linux, a write is followed by a close. Other systems report writes in different ways.
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Other => {
            Some(Change::Partial)
        }
    }
}

/// The files as they were seen last.
struct Seen {
    files: Vec<PathBuf>,
    last: Vec<Look>,
}

impl Seen {
    /// Looks at the files; returns whether one has changed and is there.
    fn has_changed(&mut self) -> bool {
        let now: Vec<Look> = self.files.iter().map(|file| look(file)).collect();
        let mut pairs = now.iter().zip(&self.last);
        let changed = pairs.any(|(now, last)| now.is_some() && now != last);
        self.last = now;
        changed
    }

    /// Whether a file is empty, which may be half of a save.
    fn is_empty(&self) -> bool {
        let mut last = self.last.iter().flatten();
        last.any(|(_, length, _)| *length == 0)
    }
}

fn notice(
    seen: &mut Seen,
    changes: &Receiver<Change>,
    (interval, is_reported): (Duration, bool),
    saved: &mut dyn FnMut(Noticed),
) {
    let noticed = match is_reported {
        true => Noticed::ByLooking,
        false => Noticed::AsExpected,
    };
    loop {
        match changes.recv_timeout(interval) {
            Err(RecvTimeoutError::Disconnected) => return,
            Ok(change) => {
                if !settle(seen, changes, change) {
                    return;
                }
                // Reading and closing report no change, and one save may report several.
                if seen.has_changed() {
                    saved(Noticed::AsExpected);
                }
            }
            Err(RecvTimeoutError::Timeout) if seen.has_changed() => {
                if is_reported {
                    // The report may be on its way.
                    match changes.recv_timeout(LATE) {
                        Ok(_) => {
                            saved(Noticed::AsExpected);
                            continue;
                        }
                        Err(RecvTimeoutError::Disconnected) => return,
                        Err(RecvTimeoutError::Timeout) => {}
                    }
                }
                if seen.is_empty() {
                    std::thread::sleep(QUIET_EMPTY);
                    seen.has_changed();
                }
                saved(noticed);
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Waits until a save is complete; returns whether the files are still watched.
fn settle(seen: &Seen, changes: &Receiver<Change>, mut last: Change) -> bool {
    loop {
        let empty = seen.files.iter().any(|file| {
            let about = std::fs::metadata(file);
            about.is_ok_and(|about| about.len() == 0)
        });
        let quiet = match (last, empty && !seen.is_empty()) {
            (_, true) => QUIET_EMPTY,
            (Change::Complete, false) => return true,
            (Change::Partial, false) => QUIET,
        };
        match changes.recv_timeout(quiet) {
            Ok(change) => last = change,
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

fn look(file: &Path) -> Look {
    let file = file.canonicalize().ok()?;
    let about = std::fs::metadata(&file)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    let content = files::read_bounded(&file, MOST).ok().flatten();
    let digest = digest::of_parts([content.unwrap_or_default()]);
    Some((about.modified().ok()?, about.len(), digest))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// How long a save may take to be noticed on a busy machine, and how long to wait for one that must not be.
    const SOON: Duration = Duration::from_secs(10);
    const NONE: Duration = Duration::from_millis(1500);

    struct Watched {
        folder: tempfile::TempDir,
        file: PathBuf,
        noticed: Receiver<Noticed>,
        _saves: Saves,
    }

    fn watched(way: Way) -> Watched {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("answer.rs");
        std::fs::write(&file, "1").unwrap();
        let (send, noticed) = channel();
        let saves = Saves::start(vec![file.clone()], way, move |how| {
            let _ = send.send(how);
        });
        Watched {
            folder,
            file,
            noticed,
            _saves: saves.unwrap(),
        }
    }

    impl Watched {
        #[track_caller]
        fn is_noticed(&self) {
            let noticed = self.noticed.recv_timeout(SOON);
            assert_eq!(noticed, Ok(Noticed::AsExpected));
        }

        fn is_not_noticed(&self) {
            assert!(self.noticed.recv_timeout(NONE).is_err());
        }

        /// Saves the file in some way, and waits until this is noticed; returns whether it was so slow that half of it may
        /// have been taken for a save.
        #[track_caller]
        fn saved(&self, save: impl FnOnce(&Path)) -> bool {
            let start = Instant::now();
            save(&self.file);
            let is_slow = start.elapsed() > QUIET_EMPTY / 2;
            self.is_noticed();
            is_slow
        }
    }

    #[test]
    fn every_way_to_save_is_one_save() {
        for way in [Way::Reported, Way::Polled] {
            let watched = watched(way);
            let other = |name: &str| watched.folder.path().join(name);
            let mut is_slow = watched.saved(|file| std::fs::write(file, "2").unwrap());
            // A new file renamed over the old one, twice, since that replaces what was watched at first.
            for text in ["3", "4"] {
                std::fs::write(other(".answer.rs.new"), text).unwrap();
                is_slow |=
                    watched.saved(|file| std::fs::rename(other(".answer.rs.new"), file).unwrap());
            }
            // The old file moved away first.
            is_slow |= watched.saved(|file| {
                std::fs::rename(file, other("answer.rs~")).unwrap();
                std::fs::write(file, "5").unwrap();
            });
            // In place, after emptying it.
            is_slow |= watched.saved(|file| {
                let mut open = std::fs::File::create(file).unwrap();
                std::thread::sleep(Duration::from_millis(30));
                std::io::Write::write_all(&mut open, b"6").unwrap();
            });
            if is_slow {
                continue;
            }
            watched.is_not_noticed();
        }
    }

    #[test]
    fn an_unchanged_file_that_is_saved_again_is_a_save_and_one_that_is_read_is_not() {
        let watched = watched(Way::Reported);
        std::fs::read(&watched.file).unwrap();
        std::fs::write(watched.folder.path().join("other.rs"), "1").unwrap();
        watched.is_not_noticed();
        std::fs::write(&watched.file, "1").unwrap();
        watched.is_noticed();
    }

    #[test]
    fn without_reports_a_save_is_seen_by_looking() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("answer.rs");
        std::fs::write(&file, "1").unwrap();
        let mut seen = Seen {
            last: vec![look(&file)],
            files: vec![file.clone()],
        };
        std::fs::write(&file, "2").unwrap();
        let (changes, changed) = channel();
        let (send, noticed) = channel();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let soon = Duration::from_millis(10);
                notice(&mut seen, &changed, (soon, true), &mut |how| {
                    let _ = send.send(how);
                });
            });
            assert_eq!(noticed.recv_timeout(SOON), Ok(Noticed::ByLooking));
            drop(changes);
        });
    }
}
