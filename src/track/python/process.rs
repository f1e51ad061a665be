//! Interpreters as processes in the sandbox: their settings, their limits and the files that they may access.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::environment::Environment;
use crate::printable;
use crate::sandbox::{
    self, Author, CancelToken, Confinement, End, Job, Limits, Outcome, Profile, SandboxError,
};

/// The default limits of an answer, in addition to [`START`].
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

/// The time for Python to import JAX and Flax, which is a second or two on an idle machine and must not count against
/// an answer. It applies to CPU time too, where XLA's threads add up.
pub(super) const START: Duration = Duration::from_secs(5);

/// Environment variables that affect the bits or the output.
pub(super) const SETTINGS: &[(&str, &str)] = &[
    ("JAX_PLATFORMS", "cpu"),
    ("JAX_ENABLE_X64", "0"),
    ("JAX_DEFAULT_MATMUL_PRECISION", "highest"),
    // Large sums are divided among threads; this fixes their number on every machine.
    ("NPROC", "2"),
    // The driver selects the frames of a traceback itself.
    ("JAX_TRACEBACK_FILTERING", "off"),
    // Otherwise the path of the compile cache would be a part of its keys.
    ("JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES", "none"),
    // Silences XLA's log: errors reach Python as exceptions.
    ("TF_CPP_MIN_LOG_LEVEL", "3"),
    ("PYTHONHASHSEED", "0"),
    ("PYTHONUTF8", "1"),
    ("LC_ALL", "C"),
    ("HOME", "/nonexistent"),
];

/// System files that a process reads. Without the processor's description, XLA chooses other kernels, with other
/// bits.
const SYSTEM: &[&str] = &[
    "/etc/ld.so.cache",
    "/dev/urandom",
    "/proc/cpuinfo",
    "/sys/devices/system/cpu",
];

/// Where the loader and the C libraries are.
const LIBRARIES: &[&str] = &["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

/// Starts an interpreter once.
pub(super) fn once(
    environment: &Environment,
    author: Author,
    arguments: Vec<OsString>,
    input: Vec<u8>,
    limits: Limits,
    cancel: Option<&CancelToken>,
) -> Result<Outcome, SandboxError> {
    let mut job = job(environment, author, arguments, input, limits);
    job.cancel = cancel.cloned();
    sandbox::run(&job)
}

/// The arguments that start the driver, with an additional one if given.
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
        .flat_map(|folder| compile_cache(folder));
    Job {
        program: environment.interpreter.executable.clone(),
        arguments,
        environment: settings
            .chain(cached)
            .map(|(name, value)| (name.into(), value.to_owned()))
            .collect(),
        // It writes nothing, so it needs no separate folder.
        folder: PathBuf::from("/"),
        input,
        limits,
        confinement: confinement(environment, author),
        cancel: None,
    }
}

/// What an interpreter may access: its own modules, ours, and public system files.
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

/// The output of a process and how it ended, on one line.
pub(super) fn words(ended: &Outcome) -> String {
    /// The number of characters to keep from the end, where Python names the error.
    const MOST: usize = 400;
    let said = printable::lines(&String::from_utf8_lossy(&ended.printed)).into_owned();
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let skipped = words.chars().count().saturating_sub(MOST);
    let words: String = words.chars().skip(skipped).collect();
    let end = match ended.end {
        End::Exited(status) => format!("it ended with status {status}"),
        End::Signalled(signal) => format!("it was killed by signal {signal}"),
        End::OutOfTime => "it ran out of time".to_owned(),
        End::PrintedTooMuch | End::SentTooMuch => "it printed too much".to_owned(),
    };
    match words.is_empty() {
        true => format!("{end} without a message"),
        false => format!("{end}: {words}"),
    }
}

/// The variables that tell JAX where the cache is. The minimum compile time is so high that an answer never writes to
/// it.
fn compile_cache(folder: &Path) -> [(&str, &OsStr); 2] {
    [
        ("JAX_COMPILATION_CACHE_DIR", folder.as_os_str()),
        (
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS",
            OsStr::new("1e9"),
        ),
    ]
}
