//! Runs an answer on its cases, and the known-good one that proves that interpreters start at all.

use std::sync::{Arc, LazyLock};

use serde::Serialize;

use super::error;
use super::hosts::Hosts;
use super::process::{self, LIMITS, START};
use crate::sandbox::{CancelToken, Limits, Outcome, SandboxError};
use crate::spec::{Spec, Type};
use crate::track::batch::{self, Start};
use crate::track::outcome::{self, LastWords};
use crate::track::{Answer, TrackError, operations};
use crate::verdict::DRAWS;

/// What C++ prints when memory runs out. In Python, a stack overflow is an exception.
const LAST_WORDS: LastWords = LastWords {
    no_memory: &["std::bad_alloc", "terminate called after throwing"],
    no_stack: &["_Py_CheckRecursiveCall"],
};

/// The operations that `driver/katas_driver/calls.py` can count: functions and methods. It cannot count classes,
/// because Flax's own code creates their instances too.
pub(super) static OPERATIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let all = operations::OPERATIONS.iter().copied();
    all.filter(|name| !is_class(name)).collect()
});

/// Whether a dotted name is that of a class: in Flax, these begin with a capital letter.
fn is_class(name: &str) -> bool {
    let last = name.rsplit('.').next();
    last.is_some_and(|last| last.starts_with(|char: char| char.is_ascii_uppercase()))
}

/// An answer that is ready to run.
#[derive(Clone, Debug)]
pub(super) struct Program {
    hosts: Arc<Hosts>,
    pub(super) shown_as: String,
    /// The description of the answer for the driver.
    description: Vec<u8>,
    /// The same for a known-good answer.
    control: Vec<u8>,
    /// Cancels its runs.
    cancel: Option<CancelToken>,
}

/// The description of an answer for the driver.
#[derive(Serialize)]
struct Description<'a> {
    source: &'a str,
    file: &'a str,
    function: &'a str,
    parameters: Vec<&'a str>,
    returns: Returns,
    counted: Vec<&'a str>,
}

/// The type of an answer's result.
#[derive(Serialize)]
struct Returns {
    kind: &'static str,
    dtype: &'static str,
    dims: usize,
}

impl Program {
    /// Creates one of an answer.
    ///
    /// # Errors
    /// When the kata requires something that this track does not have.
    pub(super) fn new(hosts: &Arc<Hosts>, answer: &Answer<'_>) -> Result<Self, TrackError> {
        let spec = answer.spec;
        let mut counted = spec.uses.iter().chain(&spec.without);
        if let Some(name) = counted.find(|name| !OPERATIONS.contains(&name.as_str())) {
            return Err(error::unsupported(&format!("whether it calls `{name}`")));
        }
        Ok(Self {
            hosts: Arc::clone(hosts),
            shown_as: answer.shown_as.to_owned(),
            description: written(&description(answer, answer.source))?,
            control: written(&description(answer, ""))?,
            cancel: answer.cancel.cloned(),
        })
    }

    /// Creates a program that runs only the known-good answer.
    ///
    /// # Errors
    /// When its description cannot be serialized, which never happens.
    pub(super) fn control(hosts: &Arc<Hosts>) -> Result<Self, TrackError> {
        let known_good = written(&Description {
            source: "",
            file: "control.py",
            function: "f",
            parameters: Vec::new(),
            returns: returns(&Type::Usize),
            counted: Vec::new(),
        })?;
        Ok(Self {
            hosts: Arc::clone(hosts),
            shown_as: "control.py".to_owned(),
            description: known_good.clone(),
            control: known_good,
            cancel: None,
        })
    }

    /// Starts a separate interpreter.
    fn alone(&self, input: Vec<u8>, limits: Limits) -> Result<Outcome, SandboxError> {
        let environment = &self.hosts.environment;
        let limits = Limits {
            wall: limits.wall + START,
            processor: limits.processor + START,
            ..limits
        };
        let arguments = process::arguments(environment, None);
        process::once(
            environment,
            self.hosts.author,
            arguments,
            input,
            limits,
            self.cancel.as_ref(),
        )
    }
}

/// The driver's input: a description of the answer and a request, each length-prefixed.
fn input(description: &[u8], request: &[u8]) -> Vec<u8> {
    let mut input = Vec::with_capacity(description.len() + request.len() + 8);
    for block in [description, request] {
        // A frame never comes near 4 GiB.
        let length = u32::try_from(block.len()).unwrap_or(u32::MAX);
        input.extend(length.to_le_bytes());
        input.extend(block);
    }
    input
}

impl Start for Program {
    fn start(&self, request: Vec<u8>, limits: Limits) -> Result<Outcome, SandboxError> {
        let input = input(&self.description, &request);
        match self.hosts.run(&input, limits, self.cancel.as_ref()) {
            Some(outcome) => outcome,
            None => self.alone(input, limits),
        }
    }

    fn prove(&self) -> Result<(), TrackError> {
        let nonce = batch::nonce()?;
        let request = outcome::request(nonce, &[]);
        let ended = self.alone(input(&self.control, &request), LIMITS)?;
        match outcome::has_finished(&ended, nonce) {
            true => Ok(()),
            false => Err(error::control(&process::words(&ended))),
        }
    }

    fn shown_as(&self) -> &str {
        &self.shown_as
    }

    fn last_words(&self) -> &LastWords {
        &LAST_WORDS
    }
}

fn written(description: &Description<'_>) -> Result<Vec<u8>, TrackError> {
    serde_json::to_vec(description).map_err(|error| error::control(&error.to_string()))
}

fn description<'a>(answer: &Answer<'a>, source: &'a str) -> Description<'a> {
    let spec: &Spec = answer.spec;
    let counted = spec.uses.iter().chain(&spec.without).map(String::as_str);
    Description {
        source,
        file: answer.shown_as,
        function: &spec.function,
        parameters: spec.params.iter().map(|param| &*param.name).collect(),
        returns: returns(&spec.returns),
        counted: counted.chain(spec.draws.map(|_| DRAWS)).collect(),
    }
}

fn returns(ty: &Type) -> Returns {
    let (kind, dtype, dims) = match ty {
        Type::Array { dtype, dims, .. } => ("array", dtype.name(), dims.len().max(1)),
        Type::Scalar(dtype) => ("scalar", dtype.name(), 0),
        Type::Usize => ("scalar", "u64", 0),
        Type::Bytes => ("bytes", "u8", 0),
        Type::Str => ("str", "u8", 0),
    };
    Returns { kind, dtype, dims }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_and_methods_are_counted_and_no_classes() {
        for (name, is_counted) in [
            ("nnx.merge", true),
            ("nnx.merge.__call__", true),
            ("nnx.Embed.attend", true),
            ("nnx.RMSNorm.__call__", true),
            ("nnx.MultiHeadAttention.__call__", true),
            ("linen.Dense.apply", true),
            ("linen.Dense", false),
            ("nnx.RMSNorm", false),
            ("nnx.Rngs", false),
        ] {
            assert!(operations::OPERATIONS.contains(&name), "{name}");
            assert_eq!(OPERATIONS.contains(&name), is_counted, "{name}");
        }
    }
}
