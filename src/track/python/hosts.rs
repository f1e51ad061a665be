//! The hosts of a session: interpreters that have imported JAX and Flax, and fork a child for each batch of cases.
//!
//! There are as many as batches run side by side. On a system that has no hosts each batch gets an interpreter of its own.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::environment::Environment;
use super::process;
use crate::sandbox::{Author, Host, Limits, Outcome, Profile, SandboxError};

/// The hosts of a session. Dropping them ends them.
#[derive(Debug)]
pub(super) struct Hosts {
    pub(super) environment: Environment,
    pub(super) author: Author,
    idle: Mutex<Vec<Host>>,
}

impl Hosts {
    /// No host yet: one is started when it is needed.
    pub(super) fn new(environment: &Environment, author: Author) -> Self {
        Self {
            environment: environment.clone(),
            author,
            idle: Mutex::default(),
        }
    }

    /// Runs a batch; `None` where there is no host for it.
    ///
    /// # Errors
    /// When its process cannot be started or watched.
    pub(super) fn run(
        &self,
        input: &[u8],
        limits: Limits,
    ) -> Option<Result<Outcome, SandboxError>> {
        // A child can have less memory than its host, and not more.
        if limits.memory > process::LIMITS.memory || limits.address > process::LIMITS.address {
            return None;
        }
        // One that was used before may have ended since, with the thread that started it; a new one has not.
        let idle = self.idle().pop();
        if let Some(host) = idle
            && let Ok(outcome) = self.in_host(host, input, limits)
        {
            return Some(Ok(outcome));
        }
        let host = self.start()?;
        Some(self.in_host(host, input, limits))
    }

    fn in_host(&self, host: Host, input: &[u8], limits: Limits) -> Result<Outcome, SandboxError> {
        let outcome = host.run(input, limits);
        if matches!(outcome, Ok(_) | Err(SandboxError::Killed { .. })) {
            self.idle().push(host);
        }
        outcome
    }

    /// Starts a host, unless it fails: what keeps it from starting is told by an interpreter that starts alone.
    fn start(&self) -> Option<Host> {
        let arguments = process::arguments(&self.environment, Some("host"));
        let limits = Limits {
            wall: process::LIMITS.wall + process::START,
            ..process::LIMITS
        };
        let mut job = process::job(
            &self.environment,
            self.author,
            arguments,
            Vec::new(),
            limits,
        );
        job.confinement.profile = Profile::InterpreterHost;
        Host::start(job).ok()?.ok()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Host>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
