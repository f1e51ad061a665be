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
    Stranger,
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
    /// Whether the runner is root and may give its uid up, so that strangers' programs lose theirs.
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
            uid: can_be_nobody(),
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

/// Uids that no system gives to anyone: the gap between what systemd has for people and for services.
#[cfg(target_os = "linux")]
const NOBODY: super::enter::Privileges = super::enter::Privileges::Nobody {
    first: FIRST_NOBODY,
    count: 128,
};

#[cfg(target_os = "linux")]
const FIRST_NOBODY: u32 = 61001;

/// What becomes of root's powers under this confinement.
#[cfg(target_os = "linux")]
pub(super) fn privileges(confinement: &Confinement) -> super::enter::Privileges {
    use super::enter::Privileges;
    // A compiler, and a program that loads libraries, could not reach their files as nobody.
    let alone = confinement.profile == Profile::Program;
    if !rustix::process::geteuid().is_root() {
        Privileges::Kept
    } else if alone && confinement.author == Author::Stranger && can_be_nobody() {
        NOBODY
    } else {
        Privileges::Reading
    }
}

/// Whether this is root with the powers that a change of uid takes, in a namespace that has such uids.
#[cfg(target_os = "linux")]
fn can_be_nobody() -> bool {
    const SET_GID_AND_UID: u64 = 1 << 6 | 1 << 7;
    if !rustix::process::geteuid().is_root() {
        return false;
    }
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let status = read("/proc/self/status");
    let powers = status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|powers| u64::from_str_radix(powers.trim(), 16).ok());
    // Rootless containers map few uids, or none.
    let mapped = |file: &str| {
        read(file).lines().any(|line| {
            let mut numbers = line.split_whitespace().map(str::parse::<u64>);
            let (Some(Ok(first)), Some(Ok(_)), Some(Ok(count))) =
                (numbers.next(), numbers.next(), numbers.next())
            else {
                return false;
            };
            let wanted = u64::from(FIRST_NOBODY);
            first <= wanted && wanted + 128 <= first + count
        })
    };
    powers.is_some_and(|powers| powers & SET_GID_AND_UID == SET_GID_AND_UID)
        && mapped("/proc/self/uid_map")
        && mapped("/proc/self/gid_map")
}

#[cfg(not(target_os = "linux"))]
fn can_be_nobody() -> bool {
    false
}
