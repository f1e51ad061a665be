//! Many saves in a row leave memory, descriptors, threads and processes as they were.

use std::path::PathBuf;

use super::WAITING;
use crate::common::terminal::Terminal;
use crate::common::{Course, repository};

/// Whether a process has this text in its command line or the path of its program.
#[cfg(target_os = "linux")]
pub(super) fn runs(text: &str) -> bool {
    let processes = std::fs::read_dir("/proc").expect("it is mounted");
    processes.flatten().any(|entry| {
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let program = std::fs::read_link(entry.path().join("exe")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(text) || program.to_string_lossy().contains(text)
    })
}

/// What a process holds: kilobytes of memory, descriptors, threads, children.
#[cfg(target_os = "linux")]
fn held(process: u32) -> [usize; 4] {
    let folder = PathBuf::from(format!("/proc/{process}"));
    let count = |name: &str| {
        let entries = std::fs::read_dir(folder.join(name));
        entries.map_or(0, Iterator::count)
    };
    let status = std::fs::read_to_string(folder.join("status")).expect("it runs");
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let memory = memory.and_then(|text| text.split_whitespace().next()?.parse().ok());
    let children = std::fs::read_dir(folder.join("task")).expect("it runs");
    let children = children.flatten().map(|task| {
        let of_thread = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        of_thread.split_whitespace().count()
    });
    [
        memory.expect("it has memory"),
        count("fd"),
        count("task"),
        children.sum(),
    ]
}

#[test]
#[cfg(target_os = "linux")]
fn many_saves_in_a_row() {
    const SAVES: usize = 200;
    let course = Course::of_learner();
    let right = repository().join("solutions/hf_load/solution.rs");
    let right = std::fs::read_to_string(right).expect("it is there");
    let wrong = super::answer("one_bit");
    let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
    terminal.shows(WAITING);
    let rounds = |count: usize| {
        for _ in 0..count {
            course.write_answer("hf_load", &wrong);
            terminal.shows("0 of 8 cases passed").shows(WAITING);
            course.write_answer("hf_load", &right);
            terminal
                .shows("hf_load: passed.")
                .shows("n opens split_merge");
        }
    };
    rounds(5);
    let before = held(terminal.process());
    rounds(SAVES / 2);
    let after = held(terminal.process());
    assert!(after[0] < before[0] + 8 * 1024, "{before:?} {after:?}");
    assert_eq!(after[1..], before[1..], "{before:?} {after:?}");
    terminal.ends_after("q");
}
