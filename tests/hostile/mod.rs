//! Hostile answers, one file for each attack: the verdict, the time it takes, and that nothing outside changes.
//!
//! `run/` contains attacks by a program, and `compile/` attacks on the compiler; both are compiled with unsafe code
//! allowed, because the sandbox must hold on its own. `unsafe/` contains attempts to get unsafe code past the check
//! for it. The head of each file gives the required verdict and the maximum number of seconds. A failed attack
//! returns its input, which is the right answer here; a successful one panics with `escaped`. Each runs in a separate
//! environment with a spec, a lock, a solution and a home folder that contain a secret word, with a listening port
//! and a listening socket.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot make its world may stop at once"
)]

mod killed;
mod unsafe_code;
mod world;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use katas::sandbox::{Author, Enforced};
use katas::track::rust::UnsafeCode;
use katas::verdict::{CaseVerdict, Failure, Judged, KataResult, Refusal};
use world::World;

#[test]
fn untrusted_programs_are_confined() {
    every("run", Author::Untrusted);
}

#[test]
fn the_users_own_programs_are_confined() {
    every("run", Author::Own);
}

#[test]
fn the_compiler_is_held() {
    every("compile", Author::Untrusted);
}

#[test]
fn a_link_a_pipe_a_folder_and_a_large_file_are_no_answers() {
    let world = World::new();
    let place = |name: &str| world.root.join(name);
    std::os::unix::fs::symlink(world.spec(), place("link.rs")).unwrap();
    std::fs::create_dir(place("folder.rs")).unwrap();
    std::fs::write(place("large.rs"), "//\n".repeat(100_000)).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(place("pipe.rs"))
        .status();
    assert!(made.unwrap().success());
    std::fs::write(place("binary.rs"), [0xff, 0xfe]).unwrap();
    for (name, expected) in [
        ("link.rs", "no answer"),
        ("folder.rs", "no ordinary file"),
        ("large.rs", "too large"),
        ("pipe.rs", "no ordinary file"),
        ("binary.rs", "no text"),
    ] {
        let result = world.judge(&place(name), Author::Untrusted);
        assert_eq!(verdict(&result), expected, "{name}");
        assert!(
            !format!("{result:?}").contains(&world.canary),
            "{name}: {result:?}"
        );
    }
}

#[test]
fn files_next_to_an_answer_are_not_read() {
    let world = World::new();
    let evil = world.root.join("evil");
    let script = format!("#!/bin/sh\ntouch {}/escape\nexit 1\n", world.root.display());
    std::fs::write(&evil, script).unwrap();
    std::fs::set_permissions(&evil, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let tools = world.root.join("tools/bin");
    std::fs::create_dir_all(&tools).unwrap();
    std::fs::copy(&evil, tools.join("rustc")).unwrap();
    std::fs::create_dir(world.root.join(".cargo")).unwrap();
    for (name, text) in [
        (
            ".cargo/config.toml",
            format!("[build]\nrustc-wrapper = {evil:?}\n"),
        ),
        (
            "rust-toolchain.toml",
            format!("[toolchain]\npath = {:?}\n", world.root.join("tools")),
        ),
        ("build.rs", "fn main() { panic!() }".to_owned()),
        (
            "Cargo.toml",
            "[package]\nname = \"x\"\nbuild = \"build.rs\"\n".to_owned(),
        ),
    ] {
        std::fs::write(world.root.join(name), text).unwrap();
    }
    let answer = world
        .answer("pub fn answer(x: &ndarray::Array1<f32>) -> ndarray::Array1<f32> { x.clone() }");
    assert_eq!(verdict(&world.judge(&answer, Author::Untrusted)), "passed");
    assert!(!world.root.join("escape").exists());
}

#[test]
fn the_kernel_reports_the_confinement_of_a_program() {
    let world = World::new();
    let text = std::fs::read_to_string(attacks("run").join("sleep.rs")).unwrap();
    let answer = world.answer(&text);
    let root = rustix::process::geteuid().is_root();
    for author in [Author::Untrusted, Author::Own] {
        let (pid, status) = std::thread::scope(|scope| {
            scope.spawn(|| world.judge(&answer, author));
            let start = Instant::now();
            loop {
                // The compiler runs in a different folder.
                let running = world
                    .processes()
                    .into_iter()
                    .find(|(exe, _)| exe.ends_with("/answer"));
                if let Some((_, pid)) = running
                    && let Ok(status) = std::fs::read_to_string(format!("/proc/{pid}/status"))
                {
                    break (pid, status);
                }
                assert!(
                    start.elapsed() < Duration::from_secs(30),
                    "the program never ran"
                );
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("{name} in {status}"))
                .split_whitespace()
                .next()
                .unwrap()
                .to_owned()
        };
        assert_eq!(field("NoNewPrivs:"), "1");
        assert_eq!(field("Seccomp:"), "2");
        assert_eq!(field("Threads:"), "1");
        let powers = u64::from_str_radix(&field("CapEff:"), 16).unwrap();
        let uid: u32 = field("Uid:").parse().unwrap();
        if root && author == Author::Untrusted {
            // It is derived from the process id, which is unique, so two programs never share a uid.
            assert_eq!(uid, 0x7000_0000 + pid);
            assert_eq!(powers, 0);
        } else {
            assert_eq!(uid, rustix::process::getuid().as_raw());
            // The only capability is to read any file, which Landlock restricts.
            assert!(powers == 0 || powers == 1 << 2, "{powers:x}");
        }
    }
}

/// An attack that always fails proves nothing, unless it succeeds without the sandbox.
#[test]
fn the_same_attacks_succeed_without_a_jail() {
    for name in [
        "read_files",
        "read_parent",
        "write_files",
        "sockets",
        "threads",
        "run_a_shell",
        "before_main",
    ] {
        let world = World::new();
        let text = std::fs::read_to_string(attacks("run").join(format!("{name}.rs"))).unwrap();
        for author in [Author::Untrusted, Author::Own] {
            let outcome = world.run_without_a_jail(&text, author);
            match &outcome.output {
                Err(Failure::Panicked { message, .. }) if message.contains("escaped") => {}
                // A shell has replaced the program.
                Err(Failure::Exited { .. }) if outcome.printed.contains("escaped") => {}
                other => panic!("{name} ({author:?}): {other:?} {}", outcome.printed),
            }
        }
    }
}

/// Judges every attack in a folder, a few in parallel, and reports all with a wrong result.
fn every(folder: &str, author: Author) {
    assert!(
        Enforced::here().is_whole(),
        "this machine confines nothing: {:?}",
        Enforced::here()
    );
    let mut files: Vec<PathBuf> = std::fs::read_dir(attacks(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 20);
    let queue = Mutex::new(files);
    let faults = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                loop {
                    let Some(file) = queue.lock().unwrap().pop() else {
                        break;
                    };
                    if let Err(fault) = attack(&file, author) {
                        faults.lock().unwrap().push(fault);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// One attack: its verdict, its time, and its leftover files and processes.
fn attack(file: &Path, author: Author) -> Result<(), String> {
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(file).unwrap();
    let head = |key: &str| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(&format!("//! {key}: ")));
        line.unwrap_or_else(|| panic!("{name} does not say `{key}`"))
    };
    let within: u64 = head("within").parse().unwrap();
    let world = World::new();
    let answer = world.answer(&text);
    let before = world.files();
    let start = Instant::now();
    let result = world.judge_with(&answer, author, UnsafeCode::Allowed);
    let took = start.elapsed();
    let got = verdict(&result);
    // If HOSTILE_TABLE names a file, a line for each attack is appended to it.
    if let Some(table) = std::env::var_os("HOSTILE_TABLE") {
        let table = std::fs::File::options()
            .append(true)
            .create(true)
            .open(table);
        let line = format!(
            "| {name} | {author:?} | {got} | {} ms |\n",
            took.as_millis()
        );
        table.unwrap().write_all(line.as_bytes()).unwrap();
    }
    let mut faults = Vec::new();
    if !head("expect").split(" | ").any(|expected| expected == got) {
        faults.push(format!(
            "expected {}, got {got}: {:?}",
            head("expect"),
            result.judged
        ));
    }
    // The machine may be busy with other attacks.
    if took > Duration::from_secs(within) * 2 {
        faults.push(format!("took {took:?}"));
    }
    if format!("{result:?}").contains(&world.canary) {
        faults.push(format!("the secret is in the result: {:?}", result.judged));
    }
    let after = world.files();
    if before != after {
        faults.push(format!("changed outside: {before:#?}\n{after:#?}"));
    }
    let left = world.processes();
    if !left.is_empty() {
        faults.push(format!("processes remain: {left:?}"));
    }
    faults.extend(world.leftovers());
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{name} ({author:?}): {}", faults.join("\n    ")))
    }
}

fn attacks(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/hostile")
        .join(folder)
}

/// The verdict in a few words: that of the first case that did not pass.
fn verdict(result: &KataResult) -> String {
    let words = |text: &str| text.to_owned();
    let ran = match &result.judged {
        Judged::Ran(ran) => ran,
        Judged::Refused(Refusal::TooMuchForCompiler { .. }) => return words("too much to compile"),
        Judged::Refused(Refusal::NoAnswer { .. }) => return words("no answer"),
        Judged::Refused(Refusal::NotAnOrdinaryFile) => return words("no ordinary file"),
        Judged::Refused(Refusal::TooLarge { .. }) => return words("too large"),
        Judged::Refused(Refusal::NotText) => return words("no text"),
        Judged::Refused(Refusal::Forbidden { .. }) => return words("not safe"),
        Judged::Refused(_) => return words("errors"),
    };
    let Some(case) = ran.cases.iter().find(|case| !case.good()) else {
        return words("passed");
    };
    match &case.verdict {
        CaseVerdict::Failed(Failure::Panicked { message, .. }) if message.contains("escaped") => {
            format!("ESCAPED: {message}")
        }
        CaseVerdict::Failed(failure) => match failure {
            Failure::Panicked { .. } => words("panicked"),
            Failure::Raised { .. } | Failure::Unusable { .. } => words("not Rust's"),
            Failure::Exited { status } => format!("exited {status}"),
            Failure::Aborted => words("aborted"),
            Failure::Crashed { signal } => format!("crashed {signal}"),
            Failure::StackOverflow => words("stack overflow"),
            Failure::OutOfTime { .. } => words("out of time"),
            Failure::OutOfMemory { .. } => words("out of memory"),
            Failure::TooMuchOutput { .. } => words("too much output"),
            Failure::TooLargeResult { .. } => words("too large a result"),
            Failure::DidNotFinish => words("did not finish"),
        },
        CaseVerdict::Different(_) => words("wrong"),
        CaseVerdict::Passed | CaseVerdict::NotRun(_) => words("not run"),
    }
}
