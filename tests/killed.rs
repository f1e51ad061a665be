//! After `katas` itself is killed: no learner's program is left, and nothing unfinished that a later run would use.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::common::{Course, until};

fn start(course: &Course) -> Child {
    let mut command = course.command(&["run", "hf_load"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("katas can be started")
}

/// The process of an answer, below a running katas.
#[cfg(target_os = "linux")]
fn answer_of(katas: &Child) -> Option<u32> {
    let id = katas.id();
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
    let mut children = children.split_whitespace().filter_map(|id| id.parse().ok());
    children.find(|id| {
        let program = std::fs::read_link(format!("/proc/{id}/exe"));
        program.is_ok_and(|program| program.ends_with("answer"))
    })
}

/// Whether a process runs; a zombie does not.
#[cfg(target_os = "linux")]
fn runs(process: u32) -> bool {
    let about = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let state = about.rsplit(") ").next().unwrap_or_default();
    !state.is_empty() && !state.starts_with(['Z', 'X'])
}

#[test]
#[cfg(target_os = "linux")]
fn no_answer_outlives_the_katas_that_started_it() {
    use rustix::process::{Pid, Signal, kill_process};
    let course = Course::of_learner();
    course.answer("hf_load", "endless_sleep");
    for signal in [Signal::KILL, Signal::TERM, Signal::INT, Signal::HUP] {
        let mut katas = start(&course);
        until("the answer runs", || answer_of(&katas).is_some());
        let answer = answer_of(&katas).expect("it was just there");
        kill_process(Pid::from_child(&katas), signal).expect("it can be killed");
        katas.wait().expect("it ends");
        until("the answer has ended", || !runs(answer));
    }
}

#[test]
fn a_killed_build_of_the_library_is_taken_over_by_the_one_that_waits() {
    let mut course = Course::of_learner();
    course.cache = course.cache.join("fresh");
    course.solve("hf_load");
    let nnx = course.cache.join("nnx");
    let begun = |nnx: &Path| {
        let entries = std::fs::read_dir(nnx).into_iter().flatten().flatten();
        entries
            .into_iter()
            .any(|entry| entry.file_name().to_string_lossy().starts_with(".build-"))
    };
    let mut first = start(&course);
    until("the build has begun", || begun(&nnx));
    std::thread::scope(|scope| {
        let second = scope.spawn(|| course.katas("run hf_load"));
        std::thread::sleep(Duration::from_millis(500));
        first.kill().expect("it can be killed");
        first.wait().expect("it ends");
        let screen = second.join().expect("it ends").exits(0);
        let screen = screen.says("Waiting for another katas");
        screen.says("Built in ").says("hf_load: passed.");
    });
    let again = course.katas("run hf_load").exits(0);
    assert_eq!(again.stderr, "");
    // The unfinished build of the killed process was removed at once.
    assert!(!begun(&nnx));
}
