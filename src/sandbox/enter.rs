//! What happens in the new process between fork and exec: the one place in the runner that needs `unsafe`.
//!
//! Only system calls are made there, through rustix, and nothing is allocated.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::process::{Resource, Rlimit};

use super::Limits;

/// Makes `command` start in a session of its own, under `limits`, with `results` as its descriptor 3.
#[expect(
    unsafe_code,
    reason = "entering the limits between fork and exec has no safe form in the standard library"
)]
pub(super) fn prepare(command: &mut Command, results: OwnedFd, limits: Limits) {
    let enter = move || {
        rustix::process::setsid()?;
        #[cfg(target_os = "linux")]
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        bound(Resource::Cpu, limits.processor.as_secs_f64().ceil() as u64)?;
        bound(Resource::As, limits.memory)?;
        bound(Resource::Fsize, limits.file)?;
        bound(Resource::Core, 0)?;
        place_results(results.as_fd())?;
        Ok(())
    };
    // SAFETY: the closure only makes system calls; it neither allocates nor takes a lock that another thread may hold.
    unsafe {
        command.pre_exec(enter);
    }
}

/// Sets a limit, or the lowest one allowed where the system's own is lower already.
fn bound(resource: Resource, most: u64) -> std::io::Result<()> {
    let system = rustix::process::getrlimit(resource);
    let most = system.maximum.map_or(most, |maximum| maximum.min(most));
    // One second more on the hard limit of processor time, so that the first signal can still be told apart.
    let hard = match resource {
        Resource::Cpu => system
            .maximum
            .map_or(most + 1, |maximum| maximum.min(most + 1)),
        _ => most,
    };
    let limit = Rlimit {
        current: Some(most),
        maximum: Some(hard),
    };
    Ok(rustix::process::setrlimit(resource, limit)?)
}

/// Puts the pipe for results on descriptor 3, where the driver looks for it; it stays open over exec there.
#[expect(
    unsafe_code,
    reason = "descriptor 3 is a number by agreement; the standard library has no safe way to name it"
)]
fn place_results(results: BorrowedFd<'_>) -> std::io::Result<()> {
    use std::os::fd::{AsRawFd, FromRawFd};
    if results.as_raw_fd() == 3 {
        rustix::io::fcntl_setfd(results, rustix::io::FdFlags::empty())?;
        return Ok(());
    }
    // SAFETY: in the new process nothing else uses descriptor 3 before exec; `forget` keeps it open.
    let mut three = unsafe { OwnedFd::from_raw_fd(3) };
    let placed = rustix::io::dup2(results, &mut three);
    std::mem::forget(three);
    Ok(placed?)
}
