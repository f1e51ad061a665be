//! One program under limits: a [`Job`] goes in, an [`Outcome`] comes out.
//!
//! The program gets its own process group and environment, its input in a file that cannot block, a bounded pipe for
//! its output, and a bounded pipe, descriptor 3, for its messages to the runner. When it ends or exceeds a limit, the
//! whole group is killed; when the runner ends for any reason, the kernel kills the group. [`Confinement`] is what
//! the program may access, and [`Enforced`] how much of that this machine enforces. Our own tools need no sandbox but
//! must also end with the runner: [`Tool`]. The sandbox knows nothing about katas and gives no verdicts.

#[cfg(target_os = "linux")]
mod calls;
mod cancel;
mod confinement;
mod enforced;
mod enter;
mod entry;
#[cfg_attr(not(target_os = "linux"), path = "no_host.rs")]
mod host;
mod job;
#[cfg(target_os = "linux")]
mod numbers;
#[cfg(target_os = "linux")]
mod paths;
mod prepare;
#[cfg(target_os = "linux")]
mod privileges;
mod processor;
mod retry;
mod stream;
mod supervise;
mod tool;

pub use cancel::CancelToken;
pub use confinement::{Author, Confinement, Profile};
pub use enforced::{Enforced, loses_uid};
pub use host::{Host, NotReady, Spare};
pub use job::{End, Job, Limits, Outcome, SandboxError};
pub use processor::stay_on_one;
pub use tool::Tool;

/// Runs a program until it ends, exceeds a limit or is cancelled.
///
/// # Errors
/// When the program cannot be started or watched, is cancelled, or is killed from outside; what the program itself does is an
/// [`Outcome`].
pub fn run(job: &Job) -> Result<Outcome, SandboxError> {
    supervise::run(job)
}
