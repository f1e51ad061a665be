//! The confinement that this machine can enforce.

use std::path::Path;

use super::Confinement;
#[cfg(target_os = "linux")]
use super::{Profile, calls, enter, privileges};

/// The confinement that this machine can enforce, queried from the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enforced {
    /// The version of Landlock, which confines files, TCP and signals; `None` without it.
    pub landlock: Option<u32>,
    /// Whether system calls are filtered, which restricts sockets, processes and rarely used parts of the kernel.
    pub calls: bool,
    /// Whether the runner is root and may change its uid, so that untrusted programs lose theirs.
    pub uid: bool,
    /// What cannot be enforced, each as something that a program can do.
    pub missing: Vec<String>,
}

impl Enforced {
    /// Queries this system.
    #[must_use]
    pub fn here() -> Self {
        let (landlock, calls) = layers();
        let mut missing = Vec::new();
        if landlock.is_none() {
            missing.push("can read and change your files".to_owned());
        }
        if !calls {
            missing.push("can reach the network and your other programs".to_owned());
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

/// Whether a program loses root's uid here: if the runner is root, and the program is untrusted and can access what
/// it needs without root.
#[must_use]
pub fn loses_uid(confinement: &Confinement, program: &Path) -> bool {
    #[cfg(target_os = "linux")]
    let loses = matches!(
        privileges::of(confinement, program),
        privileges::Privileges::Nobody { .. }
    );
    #[cfg(not(target_os = "linux"))]
    let loses = {
        let _ = (confinement, program);
        false
    };
    loses
}

#[cfg(target_os = "linux")]
fn layers() -> (Option<u32>, bool) {
    let filter = calls::Filter::of(Profile::Program, calls::Key::default());
    let calls = filter.is_some() && enter::filters_calls();
    (enter::landlock_version(), calls)
}

#[cfg(not(target_os = "linux"))]
fn layers() -> (Option<u32>, bool) {
    (None, false)
}

#[cfg(target_os = "linux")]
fn changes_uid() -> bool {
    privileges::nobody().is_some()
}

#[cfg(not(target_os = "linux"))]
fn changes_uid() -> bool {
    false
}
