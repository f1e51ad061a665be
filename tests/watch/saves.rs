//! Every way to save is noticed, and a save cancels what is judged.

use std::time::{Duration, Instant};

use super::{WAITING, answer, save_by_renaming};
use crate::common::Course;
use crate::common::terminal::Terminal;

/// The compiler evaluates this until its time is up, after ten seconds or more.
const SLOW_TO_COMPILE: &str = "#![allow(long_running_const_eval)]
pub const SLOW: u64 = { let mut i = 0; while i < 1 << 40 { i += 1; } i };
";

#[test]
fn editors_that_rename_and_files_behind_links() {
    let course = Course::of_learner();
    let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
    terminal.shows(WAITING);
    save_by_renaming(&course, &answer("one_bit"));
    terminal.shows("0 of 8 cases passed");
    save_by_renaming(&course, &answer("syntax_error"));
    terminal.shows("does not compile");
    terminal.ends_after("q");
    // The answer may be a link to a file elsewhere.
    let file = course.root.join("katas/hf_load/hf_load.rs");
    std::fs::create_dir(course.root.join("mine")).expect("a folder");
    let real = course.root.join("mine/answer.rs");
    std::fs::rename(&file, &real).expect("it can be moved");
    std::os::unix::fs::symlink(&real, &file).expect("a link");
    let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
    terminal.shows("does not compile").shows(WAITING);
    std::fs::write(&real, answer("one_bit")).expect("it can be written");
    terminal.shows("0 of 8 cases passed");
}

#[test]
fn a_polled_file() {
    let course = Course::of_learner();
    let terminal = Terminal::start(&course, "watch hf_load --poll", (80, 24));
    terminal.shows(WAITING);
    save_by_renaming(&course, &answer("one_bit"));
    terminal.shows("0 of 8 cases passed");
}

#[test]
fn a_save_cancels_a_compilation_and_a_run() {
    let course = Course::of_learner();
    course.write_answer("hf_load", SLOW_TO_COMPILE);
    let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
    terminal.shows("Judging");
    let right =
        std::fs::read_to_string(crate::common::repository().join("solutions/hf_load/solution.rs"))
            .expect("it is there");
    course.write_answer("hf_load", &right);
    let start = Instant::now();
    terminal.shows("hf_load: passed.");
    assert!(
        start.elapsed() < Duration::from_secs(8),
        "{:?}",
        start.elapsed()
    );
    // An endless answer has ten seconds.
    course.answer("hf_load", "endless_loop");
    terminal.shows("Judging");
    std::thread::sleep(Duration::from_millis(700));
    course.answer("hf_load", "one_bit");
    let start = Instant::now();
    terminal.shows("0 of 8 cases passed");
    assert!(
        start.elapsed() < Duration::from_secs(8),
        "{:?}",
        start.elapsed()
    );
    // What was cancelled was not recorded as a try.
    terminal.ends_after("q");
    let progress = course.read(".katas/progress.json");
    assert!(progress.contains("\"tries\": 2,"), "{progress}");
}
