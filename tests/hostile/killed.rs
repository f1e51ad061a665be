//! A runner that is killed: what it started dies with it, and what it left on disk is swept up by a later run.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::common::Course;

#[test]
fn a_program_dies_with_its_runner() {
    let course = Course::of_learner();
    course.answer("hf_load", "endless_sleep");
    let mut runner = start(&course);
    let program = wait_for(|| working_in(&course.cache, "exe"));
    runner.kill().unwrap();
    runner.wait().unwrap();
    wait_for(|| (!alive(program)).then_some(()));
}

#[test]
fn a_compiler_dies_with_its_runner_and_its_folder_is_swept_up() {
    let course = Course::of_learner();
    let text = include_str!("compile/const_loop.rs").replace("fn answer", "fn load_hf_weights");
    course.write_answer("hf_load", &text);
    let mut runner = start(&course);
    let compiler = wait_for(|| working_in(&course.cache, "cwd"));
    runner.kill().unwrap();
    runner.wait().unwrap();
    wait_for(|| (!alive(compiler)).then_some(()));
    let left = unfinished(&course.cache);
    assert_eq!(left.len(), 1, "{left:?}");
    // A build that another katas may be at is not touched; one from two hours ago is.
    course.solve("hf_load").katas("run hf_load").exits(0);
    assert_eq!(unfinished(&course.cache), left);
    let long_ago = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    let folder = std::fs::File::open(&left[0]).unwrap();
    folder.set_modified(long_ago).unwrap();
    course
        .answer("hf_load", "negative_zero")
        .katas("run hf_load");
    assert!(unfinished(&course.cache).is_empty());
}

fn start(course: &Course) -> Child {
    let mut command = course.command(&["run", "hf_load"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// A process that works below this folder, by what a link of its entry in `/proc` says.
fn working_in(folder: &Path, link: &str) -> Option<u32> {
    std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .find_map(|entry| {
            let path = std::fs::read_link(entry.path().join(link)).ok()?;
            let pid = entry.file_name().to_str()?.parse().ok()?;
            path.starts_with(folder).then_some(pid)
        })
}

/// Whether a process is there and has not ended; one that waits to be reaped has.
fn alive(pid: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    status
        .rsplit(") ")
        .next()
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['Z', 'X']))
}

fn unfinished(cache: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(cache.join("answers")).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .as_encoded_bytes()
                .starts_with(b".build-")
        })
        .collect()
}

fn wait_for<T>(look: impl Fn() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}
