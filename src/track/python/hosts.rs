//! The hosts of a session: interpreters that have imported JAX and Flax, and fork a child for each batch of cases.
//!
//! There is one for each batch that runs in parallel. While an answer is watched, one host keeps [`SPARES`] children
//! that have already run typical operations of the kata. On a system without hosts, each batch gets its own
//! interpreter.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::environment::Environment;
use super::process;
use crate::sandbox::{Author, CancelToken, Host, Limits, Outcome, Profile, SandboxError, Spare};

/// The usual number of batches for a verdict: shown and hidden cases, or shown cases and a diagnosis. A spare uses
/// about 100 MB.
const SPARES: usize = 2;

/// A host and its spares.
#[derive(Debug)]
struct Warm {
    host: Host,
    /// The sizes they were warmed up with.
    sizes: Vec<u8>,
    spares: VecDeque<Spare>,
}

/// The hosts of a session. Dropping them ends them.
#[derive(Debug)]
pub(super) struct Hosts {
    pub(super) environment: Environment,
    pub(super) author: Author,
    idle: Mutex<Vec<Host>>,
    warm: Mutex<Option<Warm>>,
}

impl Hosts {
    /// Creates an empty list: hosts are started when needed.
    pub(super) fn new(environment: &Environment, author: Author) -> Self {
        Self {
            environment: environment.clone(),
            author,
            idle: Mutex::default(),
            warm: Mutex::default(),
        }
    }

    /// Prepares spares for answers of these sizes. Errors are ignored here: if they persist, running an answer
    /// without a spare reports them.
    pub(super) fn warm(&self, sizes: Vec<u8>) {
        let mut warm = locked(&self.warm);
        if warm.as_ref().is_none_or(|warm| warm.sizes != sizes) {
            let host = match warm.take() {
                Some(Warm { host, spares, .. }) => {
                    spares.into_iter().for_each(|spare| host.discard(spare));
                    Some(host)
                }
                None => self.start(),
            };
            *warm = host.map(|host| Warm {
                host,
                sizes,
                spares: VecDeque::new(),
            });
        }
        let Some(ready) = warm.as_mut() else { return };
        while ready.spares.len() < SPARES {
            match ready.host.spare(&ready.sizes, process::LIMITS) {
                Ok(spare) => ready.spares.push_back(spare),
                Err(_) => return *warm = None,
            }
        }
    }

    /// Runs a batch in a spare; `None` if there is none for it, or it failed.
    fn in_spare(
        &self,
        input: &[u8],
        limits: Limits,
        cancel: Option<&CancelToken>,
    ) -> Option<Result<Outcome, SandboxError>> {
        let mut warm = locked(&self.warm);
        let ready = warm.as_mut()?;
        if !ready.spares.front()?.fits(limits) {
            return None;
        }
        let spare = ready.spares.pop_front()?;
        let outcome = ready.host.run_in(spare, input, limits, cancel);
        if matches!(outcome, Ok(_) | Err(SandboxError::Cancelled { .. })) {
            return Some(outcome);
        }
        *warm = None;
        None
    }

    /// Runs a batch; `None` if there is no host for it.
    ///
    /// # Errors
    /// When its process cannot be started or watched.
    pub(super) fn run(
        &self,
        input: &[u8],
        limits: Limits,
        cancel: Option<&CancelToken>,
    ) -> Option<Result<Outcome, SandboxError>> {
        // A child can have less memory than its host, but not more.
        if limits.memory > process::LIMITS.memory || limits.address > process::LIMITS.address {
            return None;
        }
        if let Some(outcome) = self.in_spare(input, limits, cancel) {
            return Some(outcome);
        }
        // An old host may have ended with the thread that started it; a new one has not.
        let idle = locked(&self.idle).pop();
        if let Some(host) = idle
            && let outcome @ (Ok(_) | Err(SandboxError::Cancelled { .. })) =
                self.in_host(host, input, limits, cancel)
        {
            return Some(outcome);
        }
        let host = self.start()?;
        Some(self.in_host(host, input, limits, cancel))
    }

    fn in_host(
        &self,
        host: Host,
        input: &[u8],
        limits: Limits,
        cancel: Option<&CancelToken>,
    ) -> Result<Outcome, SandboxError> {
        let outcome = host.run(input, limits, cancel);
        let is_usable = matches!(
            outcome,
            Ok(_) | Err(SandboxError::Killed { .. } | SandboxError::Cancelled { .. })
        );
        if is_usable {
            locked(&self.idle).push(host);
        }
        outcome
    }

    /// Starts a host, or returns `None` on failure: an interpreter that starts alone reports the error.
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
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
