//! Starts interpreters: on an answer's cases, on its text, and on the control that proves that they start at all.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::environment::Environment;
use super::hosts::Hosts;
use super::{compiled, error};
use crate::sandbox::{self, Author, Confinement, End, Job, Limits, Outcome, Profile, SandboxError};
use crate::spec::{Spec, Type};
use crate::track::batch::{self, Start};
use crate::track::outcome::{self, LastWords};
use crate::track::{Answer, TrackError};

/// What an answer may use, if nobody says otherwise, besides [`START`].
pub(super) const LIMITS: Limits = Limits {
    wall: Duration::from_secs(10),
    processor: Duration::from_secs(10),
    memory: 1 << 30,
    // The libraries map far more than they use.
    address: 4 << 30,
    printed: 64 * 1024,
    results: 16 << 20,
    file: 0,
};

/// What Python may take to import JAX and Flax, which is a second or two where nothing else is going on: no answer is to
/// blame for that. It counts for the processor too, on which XLA's threads add up.
pub(super) const START: Duration = Duration::from_secs(5);

/// What C++ prints when memory runs out. A stack that runs out is an exception in Python.
const LAST_WORDS: LastWords = LastWords {
    no_memory: &["std::bad_alloc", "terminate called after throwing"],
    no_stack: &["_Py_CheckRecursiveCall"],
};

/// What has a say in the bits and in what is printed.
pub(super) const SETTINGS: &[(&str, &str)] = &[
    ("JAX_PLATFORMS", "cpu"),
    ("JAX_ENABLE_X64", "0"),
    ("JAX_DEFAULT_MATMUL_PRECISION", "highest"),
    // Sums of many numbers are divided among threads, and this is how many, whatever processors there are.
    ("NPROC", "2"),
    // Frames are chosen by the driver.
    ("JAX_TRACEBACK_FILTERING", "off"),
    // Else the path of the compile cache would be a part of its keys.
    ("JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES", "none"),
    // XLA's own words: errors reach Python as exceptions.
    ("TF_CPP_MIN_LOG_LEVEL", "3"),
    ("PYTHONHASHSEED", "0"),
    ("PYTHONUTF8", "1"),
    ("LC_ALL", "C"),
    ("HOME", "/nonexistent"),
];

/// What a process reads of the system. Without the processor's description other kernels are chosen, with other bits.
const SYSTEM: &[&str] = &[
    "/etc/ld.so.cache",
    "/dev/urandom",
    "/proc/cpuinfo",
    "/sys/devices/system/cpu",
];

/// What `driver/katas_driver/calls.py` can count: functions and methods. A class is created by Flax's own code, which it
/// cannot tell from other code of Flax.
pub(super) const OPERATIONS: &[&str] = &[
    "linen.Dense.apply",
    "nnx.Embed.__call__",
    "nnx.Embed.attend",
    "nnx.Linear.__call__",
    "nnx.clone",
    "nnx.eval_shape",
    "nnx.from_flat_state",
    "nnx.merge",
    "nnx.replace_by_pure_dict",
    "nnx.split",
    "nnx.state",
    "nnx.to_flat_state",
    "nnx.to_pure_dict",
    "nnx.update",
];

/// Where the loader and C's libraries are.
const LIBRARIES: &[&str] = &["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

/// An answer that is ready to run.
#[derive(Clone, Debug)]
pub(super) struct Program {
    hosts: Arc<Hosts>,
    pub(super) shown_as: String,
    /// The description of the answer, as the driver reads it.
    description: Vec<u8>,
    /// The same for an answer that is known to be good.
    control: Vec<u8>,
}

/// What the driver is told of an answer.
#[derive(Serialize)]
struct Description<'a> {
    source: &'a str,
    file: &'a str,
    function: &'a str,
    parameters: Vec<&'a str>,
    returns: Returns,
    counted: Vec<&'a str>,
}

/// What an answer is to return.
#[derive(Serialize)]
struct Returns {
    kind: &'static str,
    dtype: &'static str,
    dims: usize,
}

impl Program {
    /// Makes one of an answer.
    ///
    /// # Errors
    /// When the kata asks for something that this track lacks.
    pub(super) fn new(hosts: &Arc<Hosts>, answer: &Answer<'_>) -> Result<Self, TrackError> {
        let spec = answer.spec;
        let mut counted = spec.uses.iter().chain(&spec.without);
        if let Some(name) = counted.find(|name| !OPERATIONS.contains(&name.as_str())) {
            return Err(error::unsupported(&format!("whether it calls `{name}`")));
        }
        if spec.draws.is_some() {
            return Err(error::unsupported("how many initial values it draws"));
        }
        Ok(Self {
            hosts: Arc::clone(hosts),
            shown_as: answer.shown_as.to_owned(),
            description: written(&description(answer, answer.source))?,
            control: written(&description(answer, ""))?,
        })
    }

    /// Makes one of nothing but what is known to be good.
    ///
    /// # Errors
    /// Never, as far as anybody knows: its description is text.
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
        })
    }

    /// Starts an interpreter of its own.
    fn alone(&self, input: Vec<u8>, limits: Limits) -> Result<Outcome, SandboxError> {
        let environment = &self.hosts.environment;
        let limits = Limits {
            wall: limits.wall + START,
            processor: limits.processor + START,
            ..limits
        };
        let arguments = arguments(environment, None);
        once(environment, self.hosts.author, arguments, input, limits)
    }
}

/// What the driver reads: a description of the answer and a request, each after its length.
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
        match self.hosts.run(&input, limits) {
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
            false => Err(error::control(&words(&ended))),
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
    let counted = spec.uses.iter().chain(&spec.without);
    Description {
        source,
        file: answer.shown_as,
        function: &spec.function,
        parameters: spec.params.iter().map(|param| &*param.name).collect(),
        returns: returns(&spec.returns),
        counted: counted.map(String::as_str).collect(),
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

/// Starts an interpreter once.
pub(super) fn once(
    environment: &Environment,
    author: Author,
    arguments: Vec<OsString>,
    input: Vec<u8>,
    limits: Limits,
) -> Result<Outcome, SandboxError> {
    sandbox::run(&job(environment, author, arguments, input, limits))
}

/// The arguments that start the driver, with one of its own if there is one.
pub(super) fn arguments(environment: &Environment, more: Option<&str>) -> Vec<OsString> {
    let arguments = ["-P", "-s", "-B"].map(OsString::from);
    let driver = environment.driver.folder.clone().into_os_string();
    let more = more.map(OsString::from);
    arguments.into_iter().chain([driver]).chain(more).collect()
}

/// An interpreter as a job.
pub(super) fn job(
    environment: &Environment,
    author: Author,
    arguments: Vec<OsString>,
    input: Vec<u8>,
    limits: Limits,
) -> Job {
    let settings = SETTINGS
        .iter()
        .map(|(name, value)| (*name, OsStr::new(*value)));
    let cached = environment
        .compiled
        .iter()
        .flat_map(|folder| compiled::settings(folder));
    Job {
        program: environment.interpreter.executable.clone(),
        arguments,
        environment: settings
            .chain(cached)
            .map(|(name, value)| (name.into(), value.to_owned()))
            .collect(),
        // It writes nowhere, so it needs no folder of its own.
        folder: PathBuf::from("/"),
        input,
        limits,
        confinement: confinement(environment, author),
    }
}

/// What an interpreter may reach: its own modules, ours, and what the system tells everybody.
fn confinement(environment: &Environment, author: Author) -> Confinement {
    let interpreter = &environment.interpreter;
    let mut read: Vec<_> = SYSTEM.iter().map(PathBuf::from).collect();
    read.push(environment.driver.folder.clone());
    read.push(interpreter.prefix.join("pyvenv.cfg"));
    for folder in [&interpreter.prefix, &interpreter.base_prefix] {
        read.extend(["lib", "lib64"].map(|name| folder.join(name)));
    }
    read.extend(interpreter.path.iter().cloned());
    Confinement {
        profile: Profile::Interpreter,
        author,
        read,
        look_up: environment.compiled.iter().cloned().collect(),
        execute: LIBRARIES.iter().map(Path::new).map(PathBuf::from).collect(),
        write: None,
    }
}

/// Whether other people's answers lose root's uid in this environment.
pub(super) fn loses_uid(environment: &Environment) -> bool {
    let confinement = confinement(environment, Author::Untrusted);
    sandbox::loses_uid(&confinement, &environment.interpreter.executable)
}

/// What a process said, and how it ended, on one line.
pub(super) fn words(ended: &Outcome) -> String {
    /// How many characters of it are repeated, from the end: that is where Python names the error.
    const MOST: usize = 400;
    let said = crate::printable::lines(&String::from_utf8_lossy(&ended.printed)).into_owned();
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let skipped = words.chars().count().saturating_sub(MOST);
    let words: String = words.chars().skip(skipped).collect();
    let end = match ended.end {
        End::Exited(status) => format!("it ended with status {status}"),
        End::Signalled(signal) => format!("it was ended by signal {signal}"),
        End::OutOfTime => "it ran out of time".to_owned(),
        End::PrintedTooMuch | End::SentTooMuch => "it printed too much".to_owned(),
    };
    match words.is_empty() {
        true => format!("{end} and said nothing"),
        false => format!("{end}: {words}"),
    }
}
