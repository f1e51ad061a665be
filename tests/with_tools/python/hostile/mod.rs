//! Hostile answers in Python, one file for each attack: the verdict, the time it takes, and that nothing outside
//! changes.
//!
//! The head of each file gives the required verdict and the maximum number of seconds. A failed attack returns its
//! input, which is the right answer here; a successful one says `escaped`. Each has a separate folder with a secret
//! word, a listening port and a listening socket, and afterwards its host still judges an honest answer.
//!
//! `scripts/hostile_python_as_nobody` runs them without root privileges.

mod held;

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::{course_cache, floats, numbered, open, usual};
use katas::sandbox::Limits;
use katas::track::{Answer, CaseOutcome, Purpose, Session};
use katas::verdict::{Failure, Refusal};

/// Other people's answers, one at a time.
const UNTRUSTED: Purpose = Purpose::Class {
    workers: 1,
    untrusted: true,
};

/// Uses the things that hostile answers replace.
const HONEST: &str = "\
import jax.numpy as jnp
import numpy as np

def f(case, x):
    return jnp.add(jnp.negative(x), np.add(x, x)) * jnp.multiply(x, 0.0 * len(x) + 1.0) / x
";

#[test]
fn untrusted_answers_are_confined() {
    every(UNTRUSTED);
}

#[test]
fn the_users_own_answers_are_confined() {
    every(Purpose::One);
}

#[test]
fn answers_that_are_watched_are_held() {
    every(Purpose::Watch);
}

/// Judges every attack, a few in parallel, and reports all with a wrong result.
fn every(purpose: Purpose) {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "py"))
        .collect();
    files.sort();
    assert!(files.len() > 50, "{}", files.len());
    if purpose == Purpose::Watch {
        // Limits are the same code for all; only the way in which a prepared process enters its sandbox differs.
        files.retain(|file| text(file).contains("\nexpect: passed"));
        assert!(files.len() > 10, "{}", files.len());
    }
    let queue = Mutex::new(files);
    let faults = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let session = open(purpose);
                loop {
                    let Some(file) = queue.lock().expect("no panic").pop() else {
                        break;
                    };
                    let found = attack(&*session, &file);
                    faults.lock().expect("no panic").extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().expect("no panic");
    assert!(faults.is_empty(), "{purpose:?}:\n{}", faults.join("\n"));
}

/// One attack: how its result differs from the required one.
fn attack(session: &dyn Session, file: &Path) -> Vec<String> {
    let name = file.file_stem().expect("a name").to_string_lossy();
    let text = text(file);
    let head = |key: &str| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{key}: ")));
        line.unwrap_or_else(|| panic!("{name} does not say `{key}`"))
    };
    let within: u64 = head("within").parse().expect("a number");
    let world = World::new();
    let before = world.files();
    let start = Instant::now();
    // Attacks that never end need not run for long.
    let wall = match head("expect") {
        "out of time" => 2,
        _ => 6,
    };
    let (got, said) = judged(session, &world.answer(&text), wall);
    let took = start.elapsed();
    let mut faults = Vec::new();
    if !head("expect").split(" | ").any(|expected| expected == got) {
        faults.push(format!("expected {}, got {got}: {said}", head("expect")));
    }
    // The machine may be busy with other tests.
    if took > Duration::from_secs(within) * 2 {
        faults.push(format!("took {took:?}"));
    }
    if said.contains(&world.word) {
        faults.push(format!("the secret is in the result: {said}"));
    }
    if before != world.files() {
        faults.push(format!("changed outside: {before:?}, {:?}", world.files()));
    }
    faults.extend(world.leftovers());
    let (honest, said) = judged(session, HONEST, 6);
    if honest != "passed" {
        faults.push(format!("an honest answer afterwards: {honest}: {said}"));
    }
    let told = |fault| format!("{name}: {fault}");
    faults.into_iter().map(told).collect()
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).expect("an attack")
}

/// The verdict on an answer in a few words, with all details.
fn judged(session: &dyn Session, source: &str, seconds: u64) -> (String, String) {
    let spec = usual();
    let answer = Answer {
        cancel: None,
        spec: &spec,
        source,
        shown_as: "katas/k/answer.py",
        width: 80,
    };
    session.warm(&spec);
    let prepared = match session.prepare(&answer).expect("the tools work") {
        Ok(prepared) => prepared,
        Err(refusal) => {
            let is_parsers = matches!(
                refusal,
                Refusal::CompilerFailed { .. } | Refusal::TooMuchForCompiler { .. }
            );
            let words = if is_parsers { "refused" } else { "errors" };
            return (words.to_owned(), format!("{refusal:?}"));
        }
    };
    // No attack needs longer to succeed. A prepared process has used CPU time already.
    let usual = session.limits();
    let limits = Limits {
        wall: Duration::from_secs(seconds),
        processor: match session.purpose() {
            Purpose::Watch => usual.processor,
            _ => Duration::from_secs(5),
        },
        results: 1 << 20,
        ..usual
    };
    let ran = session.run(&prepared, &[&numbered(1)[0]], limits);
    let outcome = ran.expect("the answer is at fault").remove(0);
    (verdict(&outcome), format!("{outcome:?}"))
}

fn verdict(outcome: &CaseOutcome) -> String {
    let words = match &outcome.output {
        Ok(value) if *value == floats(&[1.0, 2.0]) => "passed",
        Ok(_) => "wrong",
        Err(Failure::Raised { message, .. }) if message.contains("escaped") => {
            return format!("ESCAPED: {message}");
        }
        Err(Failure::Raised { .. }) => "raised",
        Err(Failure::Unusable { .. }) => "unusable",
        Err(Failure::Exited { status }) => return format!("exited {status}"),
        Err(Failure::Crashed { signal }) => return format!("crashed {signal}"),
        Err(Failure::Aborted) => "aborted",
        Err(Failure::StackOverflow) => "stack overflow",
        Err(Failure::OutOfTime { .. }) => "out of time",
        Err(Failure::OutOfMemory { .. }) => "out of memory",
        Err(Failure::TooMuchOutput { .. }) => "too much output",
        Err(Failure::TooLargeResult { .. }) => "too large a result",
        Err(Failure::DidNotFinish) => "did not finish",
        Err(Failure::Panicked { .. }) => "not Python's",
    };
    words.to_owned()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/with_tools/python/hostile")
}

/// The targets of an attack.
struct World {
    folder: tempfile::TempDir,
    /// The secret word.
    word: String,
    port: TcpListener,
    socket: UnixListener,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        let word = format!("canary-{}", folder.path().display());
        std::fs::write(place("secret"), &word).expect("a file");
        std::os::unix::fs::symlink(place("secret"), place("link")).expect("a link");
        let socket = UnixListener::bind(place("socket")).expect("a socket");
        // Accessible to everyone: the sandbox must keep an answer out, whatever its uid is.
        for (name, mode) in [("", 0o777), ("secret", 0o666), ("socket", 0o777)] {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(place(name), mode).expect("it is ours");
        }
        let port = TcpListener::bind("127.0.0.1:0").expect("a port");
        port.set_nonblocking(true).expect("a port");
        socket.set_nonblocking(true).expect("a socket");
        Self {
            folder,
            word,
            port,
            socket,
        }
    }

    /// An attack with the paths of this environment. It begins by printing its process id.
    fn answer(&self, text: &str) -> String {
        let port = self.port.local_addr().expect("an address").port();
        let reversed: String = self.word.chars().rev().collect();
        let path = |name: &str| self.folder.path().join(name).display().to_string();
        let mut text = text.to_owned();
        for (token, value) in [
            ("@SECRET@", path("secret")),
            ("@FOLDER@", self.folder.path().display().to_string()),
            ("@CACHE@", course_cache().display().to_string()),
            ("@PORT@", port.to_string()),
            ("@RUNNER@", std::process::id().to_string()),
            ("@REVERSED@", reversed),
            ("@DEEP@", "-".repeat(100_000)),
        ] {
            text = text.replace(token, &value);
        }
        text
    }

    /// The files with their contents.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = std::fs::read_dir(self.folder.path()).expect("it is there");
        let mut files: Vec<_> = entries
            .map(|entry| entry.expect("it can be listed").path())
            .map(|path| (path.clone(), std::fs::read(path).unwrap_or_default()))
            .collect();
        files.sort();
        files
    }

    /// Leftovers of an attack, and connections that it made.
    fn leftovers(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.port.accept().is_ok() || self.socket.accept().is_ok() {
            found.push("somebody connected".to_owned());
        }
        for place in ["/tmp/katas-escaped", "/dev/shm/katas-escaped"] {
            if Path::new(place).exists() {
                found.push(format!("{place} is there"));
            }
        }
        if course_cache().join("escaped").exists() {
            found.push("the cache was written".to_owned());
        }
        found
    }
}
