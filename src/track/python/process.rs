//! Interpreters as processes in the sandbox: their settings, their limits and what they may reach.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::environment::Environment;
use crate::printable;
use crate::sandbox::{self, Author, Confinement, End, Job, Limits, Outcome, Profile, SandboxError};

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

/// Where the loader and C's libraries are.
const LIBRARIES: &[&str] = &["/lib", "/lib64", "/usr/lib", "/usr/lib64"];

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
        .flat_map(|folder| compile_cache(folder));
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
    let said = printable::lines(&String::from_utf8_lossy(&ended.printed)).into_owned();
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

/// What tells JAX where the cache is. No compilation takes so long that an answer would write to it.
fn compile_cache(folder: &Path) -> [(&str, &OsStr); 2] {
    [
        ("JAX_COMPILATION_CACHE_DIR", folder.as_os_str()),
        (
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS",
            OsStr::new("1e9"),
        ),
    ]
}
