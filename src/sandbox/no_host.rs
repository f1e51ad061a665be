//! A stub for systems without hosts: it never starts, so each job runs in its own process.

use super::{CancelToken, Job, Limits, Outcome, SandboxError};

/// A host, which never exists.
#[derive(Debug)]
pub enum Host {}

/// A child of a host, which never exists.
#[derive(Debug)]
pub enum Spare {}

/// A host that did not become ready, and what it printed.
#[derive(Debug)]
pub struct NotReady {
    /// What it printed.
    pub printed: String,
}

impl Host {
    /// Always fails.
    ///
    /// # Errors
    /// Never.
    pub fn start(_job: Job) -> Result<Result<Self, NotReady>, SandboxError> {
        Ok(Err(NotReady {
            printed: "this system has no hosts".to_owned(),
        }))
    }

    /// Never called.
    ///
    /// # Errors
    /// Never.
    pub fn run(
        &self,
        _input: &[u8],
        _limits: Limits,
        _cancel: Option<&CancelToken>,
    ) -> Result<Outcome, SandboxError> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// Never.
    pub fn spare(&self, _warm: &[u8], _limits: Limits) -> Result<Spare, SandboxError> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// Never.
    pub fn run_in(
        &self,
        _spare: Spare,
        _input: &[u8],
        _limits: Limits,
        _cancel: Option<&CancelToken>,
    ) -> Result<Outcome, SandboxError> {
        match *self {}
    }

    /// Never called.
    pub fn discard(&self, _spare: Spare) {
        match *self {}
    }
}

impl Spare {
    /// Never called.
    #[must_use]
    pub fn fits(&self, _limits: Limits) -> bool {
        match *self {}
    }
}
