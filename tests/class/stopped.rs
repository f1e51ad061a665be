//! Ctrl-C during a class, and resuming; and a kill while a single submission is judged.

use std::process::Stdio;
use std::time::{Duration, Instant};

use katas::record::{AnyRecord, Status};
use rustix::process::{Pid, Signal, kill_process};

use super::world::{Class, record, solution};
use crate::common::{Course, until};

/// The number of cached results.
fn kept(course: &Course) -> usize {
    let folders = std::fs::read_dir(course.cache.join("results"))
        .into_iter()
        .flatten()
        .flatten();
    folders
        .filter_map(|folder| Some(std::fs::read_dir(folder.path()).ok()?.count()))
        .sum()
}

#[test]
fn ctrl_c_keeps_results_and_resume_continues() {
    let course = Course::of_learner();
    let class = Class::of(&course);
    for student in 0..20 {
        class.solved(&format!("student-{student:02}"), "hf_load");
    }
    let words = [
        "grade",
        "hf_load",
        "--class",
        "class",
        "--jobs",
        "2",
        "--report",
        "json=class.json",
    ];
    let mut command = course.command(&words);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let katas = command.spawn().expect("katas can be started");
    until("some results are kept", || kept(&course) >= 3);
    kill_process(Pid::from_child(&katas), Signal::INT).expect("it can be told");
    let ended = katas.wait_with_output().expect("it ends");
    assert_eq!(
        ended.status.code(),
        Some(130),
        "what is not whole is not called so"
    );
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(told.contains("Stopped with"), "{told}");
    let stopped = record(&course, "class.json");
    let count = |status| {
        stopped
            .submissions
            .iter()
            .filter(|one| one.katas[0].status == status)
            .count()
    };
    let (passed, unjudged) = (count(Status::Passed), count(Status::Unjudged));
    assert_eq!(passed + unjudged, 20);
    assert!(
        passed >= 3 && unjudged >= 1,
        "{passed} passed, {unjudged} not judged"
    );
    let went_on = course
        .katas("grade hf_load --class class --resume --report json=class.json")
        .exits(0);
    went_on.says(&format!("{passed} reused"));
    assert!(AnyRecord::all_passed(&record(&course, "class.json")).expect("it is in memory"));
}

#[test]
fn a_killed_grader_leaves_whole_reports() {
    let course = Course::of_learner();
    let endless = solution("split_merge").replacen("let model", "loop {}\n    let model", 1);
    course
        .solve("hf_load")
        .write_answer("split_merge", &endless);
    let words = [
        "grade",
        "hf_load",
        "split_merge",
        "--jobs",
        "1",
        "--time-limit",
        "300",
        "--report",
        "json=one.json",
    ];
    let mut command = course.command(&words);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut katas = command.spawn().expect("katas can be started");
    let judged = || {
        let text = std::fs::read_to_string(course.root.join("one.json")).unwrap_or_default();
        text.contains("\"status\": \"passed\"")
    };
    until("the first kata is in the report", judged);
    katas.kill().expect("it can be killed");
    katas.wait().expect("it ends");
    let record = record(&course, "one.json");
    let statuses: Vec<_> = record.submissions[0]
        .katas
        .iter()
        .map(|kata| kata.status)
        .collect();
    assert_eq!(statuses, [Status::Passed, Status::Unjudged]);
    assert_eq!(
        record.submissions[0].katas[1].headline,
        "not judged: the grader was stopped before this answer's turn."
    );
}

#[test]
fn a_stop_is_shown_immediately_and_a_second_one_ends_immediately() {
    let course = Course::of_learner();
    course.answer("hf_load", "endless_sleep");
    let words = [
        "grade",
        "hf_load",
        "--time-limit",
        "300",
        "--report",
        "json=one.json",
    ];
    let mut command = course.command(&words);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut katas = command.spawn().expect("katas can be started");
    // Once the program exists, it is soon started, and then never ends.
    until("the answer is compiled", || {
        let answers = std::fs::read_dir(course.cache.join("answers"));
        let mut answers = answers.into_iter().flatten().flatten();
        answers.any(|place| place.path().join("built.json").is_file())
    });
    let tell = |katas: &std::process::Child| {
        kill_process(Pid::from_child(katas), Signal::INT).expect("it can be told");
    };
    let start = Instant::now();
    tell(&katas);
    let mut first = String::new();
    let errors = katas.stderr.as_mut().expect("a pipe");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(errors), &mut first).expect("a line");
    assert!(first.starts_with("Stopping "), "{first}");
    tell(&katas);
    let ended = katas.wait().expect("it ends");
    assert_eq!(ended.code(), Some(130));
    assert!(
        start.elapsed() < Duration::from_secs(120),
        "it did not wait for the answer"
    );
}
