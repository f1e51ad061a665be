//! The kernel's view of a running answer, and what happens to it when its runner is killed.

use std::os::fd::AsRawFd;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{UNTRUSTED, course_cache, judged, open};
use crate::common::katas;
use katas::sandbox::Enforced;
use katas::track::Purpose;

/// An answer that sets its process name and then sleeps, after XLA has started its threads.
fn sleeper(name: &str, function: &str) -> String {
    assert!(name.len() < 16, "{name}");
    format!(
        "import ctypes, time\nimport jax.numpy as jnp\n\n\
         def {function}(*args):\n    jnp.ones((64, 64)) @ jnp.ones((64, 64))\n    \
         ctypes.CDLL(None).prctl(15, b'{name}', 0, 0, 0)\n    time.sleep(3)\n    return args[1]\n"
    )
}

/// The process with this name.
fn process(name: &str) -> Option<u32> {
    let entries = std::fs::read_dir("/proc").expect("proc is there");
    let mut pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    pids.find(|pid: &u32| {
        let found = std::fs::read_to_string(format!("/proc/{pid}/comm"));
        found.is_ok_and(|found| found.trim() == name)
    })
}

fn wait_for(name: &str) -> u32 {
    let start = Instant::now();
    loop {
        if let Some(pid) = process(name) {
            return pid;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{name} never ran"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_kernel_reports_the_confinement_of_an_answer() {
    let root = rustix::process::geteuid().is_root();
    for (purpose, name) in [(UNTRUSTED, "katas-held-1"), (Purpose::One, "katas-held-2")] {
        // Open over exec, as a careless parent of the runner would leave it.
        let inherited = rustix::io::dup(std::fs::File::open("/").expect("a folder")).expect("it");
        let session = open(purpose);
        let (pid, [status, limits], descriptors) = std::thread::scope(|scope| {
            scope.spawn(|| judged(&*session, &sleeper(name, "f"), 6));
            let pid = wait_for(name);
            let read = |file| std::fs::read_to_string(format!("/proc/{pid}/{file}")).expect("it");
            let listed = std::fs::read_dir(format!("/proc/{pid}/fd"));
            let listed = listed.map(|entries| entries.flatten().count());
            (pid, ["status", "limits"].map(read), listed.ok())
        });
        assert!(inherited.as_raw_fd() > 3);
        let field = |text: &str, name: &str| -> String {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let line = line.unwrap_or_else(|| panic!("{name} in {text}"));
            line.split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(field(&status, "NoNewPrivs:"), "1");
        assert_eq!(field(&status, "Seccomp:"), "2");
        assert_eq!(field(&status, "CapInh:"), "0000000000000000");
        let powers = u64::from_str_radix(&field(&status, "CapPrm:"), 16).expect("a number");
        let uid: u32 = field(&status, "Uid:").parse().expect("a number");
        let gid: u32 = field(&status, "Gid:").parse().expect("a number");
        // The only capability is to read any file, which Landlock restricts.
        assert!(powers == 0 || powers == 1 << 2, "{powers:x}");
        if session.held().own_uid && purpose == UNTRUSTED {
            assert!(root);
            // It is derived from the process id, which is unique, so two answers never share a uid.
            assert_eq!([uid, gid], [0x7000_0000 + pid; 2]);
            assert_eq!(field(&status, "Groups:"), "");
            assert_eq!(field(&limits, "Max processes"), "64");
        } else {
            assert_eq!(uid, rustix::process::getuid().as_raw());
        }
        assert!(matches!(descriptors, None | Some(4)), "{descriptors:?}");
    }
    // Root with all capabilities, as in our CI, gets a separate uid.
    assert_eq!(open(UNTRUSTED).held().own_uid, Enforced::here().uid);
}

#[test]
fn an_answer_dies_with_its_runner() {
    let course = tempfile::tempdir().expect("a folder");
    let katas = |words: &[&str]| {
        let mut command = katas();
        command
            .args(words)
            .current_dir(course.path())
            .env("KATAS_CACHE", course_cache());
        command
    };
    let init = katas(&["init", ".", "--track", "python"]).output();
    assert!(init.expect("katas can be started").status.success());
    let name = "katas-held-3";
    let text = sleeper(name, "load_hf_weights").replace("sleep(3)", "sleep(60)");
    let answer = course.path().join("katas/hf_load/hf_load.py");
    std::fs::write(answer, text).expect("a file");
    let mut runner = katas(&["run", "hf_load", "--track", "python"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("katas can be started");
    let pid = wait_for(name);
    let host = PathBuf::from(format!("/proc/{}", parent(pid)));
    assert!(host.exists());
    runner.kill().expect("it runs");
    runner.wait().expect("it ended");
    let start = Instant::now();
    while process(name).is_some() || host.exists() {
        assert!(start.elapsed() < Duration::from_secs(10), "it goes on");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The parent of this process.
fn parent(pid: u32) -> u32 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"));
    line.expect("it has one").trim().parse().expect("a number")
}
