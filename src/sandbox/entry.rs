//! The data that a process needs between fork and exec.

use std::ffi::CString;
use std::os::fd::OwnedFd;

use rustix::process::Resource;

#[cfg(target_os = "linux")]
use super::{calls, privileges};

/// Everything a process needs to start, prepared before the fork.
pub(super) struct Entry {
    /// The program's file, opened before any privilege is dropped.
    #[cfg(target_os = "linux")]
    pub(super) program: OwnedFd,
    /// The program's path: other systems cannot exec by descriptor.
    #[cfg(not(target_os = "linux"))]
    pub(super) program: CString,
    /// Its name and arguments.
    pub(super) arguments: Vec<CString>,
    /// Its environment, each as `NAME=value`.
    pub(super) environment: Vec<CString>,
    /// The folder it starts in.
    pub(super) folder: OwnedFd,
    /// Its standard input, output and error, and the pipe for results.
    pub(super) descriptors: [OwnedFd; 4],
    /// For a process that may start others, a pipe that closes when the runner ends; then all of them are killed.
    pub(super) runner: Option<OwnedFd>,
    /// Its limits: soft and hard.
    pub(super) bounds: Vec<(Resource, u64, u64)>,
    /// The layers that the kernel enforces; other systems have none.
    #[cfg(target_os = "linux")]
    pub(super) jail: Jail,
}

/// The layers that the kernel enforces, prepared by the other files of this folder.
#[cfg(target_os = "linux")]
#[derive(Default)]
pub(super) struct Jail {
    /// The Landlock rules.
    pub(super) paths: Option<OwnedFd>,
    /// The seccomp filter; empty when there is none.
    pub(super) calls: calls::Filter,
    /// What happens to root's capabilities.
    pub(super) privileges: privileges::Privileges,
}
