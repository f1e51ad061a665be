//! What a program may reach, and what this machine can hold it to.

use std::path::PathBuf;

/// What a job may reach; everything else is refused where the system can refuse it ([`Enforced`]).
#[derive(Clone, Debug)]
pub struct Confinement {
    /// What kind of program it is.
    pub profile: Profile,
    /// Who wrote the code that runs.
    pub author: Author,
    /// Files and folders that it may read.
    pub read: Vec<PathBuf>,
    /// Files and folders that it may read and execute, besides its own file.
    pub execute: Vec<PathBuf>,
    /// The one folder in which it may make, change and remove files; nothing in it can be executed.
    pub write: Option<PathBuf>,
}

/// A kind of program, which decides the system calls it may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A compiler with its linker: it may start processes, and nothing of the answer runs in it.
    Compiler,
    /// An answer that is one file: no call that takes a path works.
    Program,
    /// An answer that loads shared libraries: it may open files, of which it may reach those it was given.
    LinkedProgram,
    /// Limits and nothing else: to measure what confinement costs.
    Unconfined,
}

/// Who wrote an answer: it decides how strictly its program is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The person who runs it: the quick way.
    Own,
    /// Somebody else: the strict way. As root, the program also loses its uid.
    Untrusted,
}

impl Confinement {
    /// No confinement, only limits.
    #[must_use]
    pub fn none() -> Self {
        Self {
            profile: Profile::Unconfined,
            author: Author::Own,
            read: Vec::new(),
            execute: Vec::new(),
            write: None,
        }
    }
}

/// What this machine can hold a program to, asked of the system and not assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enforced {
    /// The version of Landlock, which confines files, TCP and signals; `None` without it.
    pub landlock: Option<u32>,
    /// Whether system calls are filtered, which confines sockets, processes and the kernel's corners.
    pub calls: bool,
    /// Whether the runner is root and may give its uid up, so that untrusted programs lose theirs.
    pub uid: bool,
    /// What cannot be enforced, each as a clause about a program.
    pub missing: Vec<String>,
}

impl Enforced {
    /// Asks this system.
    #[must_use]
    pub fn here() -> Self {
        let (landlock, calls) = layers();
        let mut missing = Vec::new();
        if landlock.is_none() {
            missing.push("it can read and change your files".to_owned());
        }
        if !calls {
            missing.push("it can reach the network and your other programs".to_owned());
        }
        Self {
            landlock,
            calls,
            uid: changes_uid(),
            missing,
        }
    }

    /// Whether nothing is missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }
}

#[cfg(target_os = "linux")]
fn layers() -> (Option<u32>, bool) {
    let filter = super::calls::Filter::of(Profile::Program, super::calls::Key::default());
    let calls = filter.is_some() && super::enter::filters_calls();
    (super::enter::landlock_version(), calls)
}

#[cfg(not(target_os = "linux"))]
fn layers() -> (Option<u32>, bool) {
    (None, false)
}

#[cfg(target_os = "linux")]
fn changes_uid() -> bool {
    super::privileges::nobody().is_some()
}

#[cfg(not(target_os = "linux"))]
fn changes_uid() -> bool {
    false
}
