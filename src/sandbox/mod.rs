//! One program under limits: a [`Job`] goes in, an [`Outcome`] comes out.
//!
//! The program gets a process group of its own, an environment of its own, its input in a file it cannot block on, one
//! bounded pipe for what it prints and one bounded pipe, descriptor 3, for what it has to say to the runner. When it ends
//! or breaks a limit the whole group is killed, and when the runner ends, however that is, the kernel kills it. What the
//! program may reach besides is its [`Confinement`]; how much of that this machine enforces is [`Enforced`]. Our own tools
//! need no jail, but must end with the runner as well: [`Tool`]. The sandbox knows no katas and gives no verdicts.

#[cfg(target_os = "linux")]
mod calls;
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
mod supervise;
mod tool;

pub use confinement::{Author, Confinement, Profile};
pub use enforced::{Enforced, loses_uid};
pub use host::{Host, NotReady, Spare};
pub use job::{End, Job, Limits, Outcome, SandboxError};
pub use processor::stay_on_one;
pub use tool::Tool;

/// Runs a program to its end or to the first limit it breaks.
///
/// # Errors
/// When the program cannot be started or watched, or is killed from outside; what the program itself does is an
/// [`Outcome`].
pub fn run(job: &Job) -> Result<Outcome, SandboxError> {
    supervise::run(job)
}
