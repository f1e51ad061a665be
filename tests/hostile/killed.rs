//! If the runner is killed at any moment, none of its processes continues, and a later run removes its leftover
//! files.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::common::{Course, repository, until};

/// Programs that link, or that start a linker.
const LINKERS: &[&str] = &["rust-lld", "collect2", "ld", "ld.bfd", "ld.lld", "lld"];

#[test]
fn compiler_linker_and_program_die_with_their_runner() {
    let stages: [(&[&str], &[Signal]); 3] = [
        (&["rustc"], &[Signal::KILL]),
        // The linker is not a child of the runner, so the death of the runner sends it no signal.
        (
            LINKERS,
            &[
                Signal::KILL,
                Signal::TERM,
                Signal::INT,
                Signal::HUP,
                Signal::QUIT,
            ],
        ),
        (&["answer"], &[Signal::KILL, Signal::QUIT]),
    ];
    let course = Course::of_learner();
    for (stage, signals) in stages {
        for signal in signals {
            let (mut katas, below) = stopped_at(stage, |attempt| {
                course.write_answer("hf_load", &answer(stage, attempt));
                start(&course, &["run", "hf_load"])
            });
            kill_process(Pid::from_child(&katas), *signal).unwrap();
            katas.wait().unwrap();
            ends(&below, &format!("{stage:?} after {signal:?}"));
        }
    }
}

#[test]
fn all_workers_of_a_class_die_with_their_runner() {
    let course = Course::of_learner();
    for stage in [LINKERS, &["answer"]] {
        let (mut katas, below) = stopped_at(stage, |attempt| {
            for student in 0..6 {
                let file = format!("class/{student}/katas/hf_load/hf_load.rs");
                course.write(&file, &answer(stage, attempt * 6 + student));
            }
            let words = ["grade", "hf_load", "--class", "class", "--jobs", "6"];
            start(&course, &words)
        });
        // The whole group is killed, as a CI service does with a job.
        kill_process_group(Pid::from_child(&katas), Signal::KILL).unwrap();
        katas.wait().unwrap();
        ends(&below, &format!("{stage:?}"));
    }
}

#[test]
fn a_build_of_the_library_dies_with_its_runner() {
    for stage in [&["cargo"], &["rustc"], LINKERS] {
        let mut course = Course::of_learner();
        let caches = course.cache.clone();
        let (mut katas, below) = stopped_at(stage, |attempt| {
            course.cache = caches.join(format!("fresh-{attempt}"));
            start(&course, &["run", "hf_load"])
        });
        katas.kill().unwrap();
        katas.wait().unwrap();
        ends(&below, &format!("{stage:?}"));
    }
}

#[test]
fn what_the_machine_kills_is_not_judged() {
    let course = Course::of_learner();
    for stage in ["rustc", "answer"] {
        let (katas, below) = stopped_at(&[stage], |attempt| {
            course.write_answer("hf_load", &answer(&[stage], attempt));
            start(&course, &["run", "hf_load"])
        });
        let killed = below.iter().find(|process| process.program == stage);
        let id = killed.unwrap().id;
        let killed = Pid::from_raw(id.cast_signed()).unwrap();
        if stage == "answer" {
            // If it was stopped before it did anything, it is continued once, and then sleeps.
            kill_process(killed, Signal::CONT).unwrap();
            until("the answer sleeps", || state(id) == Some('S'));
        }
        kill_process(killed, Signal::KILL).unwrap();
        let ended = katas.wait_with_output().unwrap();
        let screen = String::from_utf8_lossy(&ended.stderr);
        let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ended.status.code(), Some(4), "{screen}");
        assert!(screen.contains("was killed from outside"), "{screen}");
    }
    assert!(!course.root.join(".katas/progress.json").exists());
}

/// A paused container: a program and its runner are stopped together.
#[test]
fn time_in_which_the_runner_was_stopped_does_not_count() {
    let course = Course::of_learner();
    // It needs only a fraction of its time limit.
    let wait = "std::thread::sleep(std::time::Duration::from_millis(500));";
    let text = solution().replacen("let ", &format!("{wait}\n    let "), 1);
    let words = ["grade", "hf_load", "--time-limit", "5", "--fail-on-miss"];
    let (katas, jobs) = stopped_at(&["answer"], |attempt| {
        course.write_answer("hf_load", &format!("{text}\n// {attempt}\n"));
        start(&course, &words)
    });
    let runner = Pid::from_child(&katas);
    kill_process(runner, Signal::STOP).unwrap();
    std::thread::sleep(Duration::from_secs(6));
    // The runner checks the time before the program can continue.
    kill_process(runner, Signal::CONT).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let answer = jobs.iter().find(|job| job.program == "answer").unwrap();
    let answer = Pid::from_raw(answer.id.cast_signed()).unwrap();
    // If it was wrongly judged to be too slow, it no longer exists.
    let _ = kill_process(answer, Signal::CONT);
    let ended = katas.wait_with_output().unwrap();
    let screen = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert_eq!(ended.status.code(), Some(0), "{screen}");
}

/// The system counts the processes of a user, not those of a job, so parallel compilers must not share a limit.
#[test]
fn no_honest_answer_is_lost_however_many_are_judged_at_once() {
    let course = Course::of_learner();
    let count = 40;
    for student in 0..count {
        let text = format!("{}\n// {student}\n", solution());
        course.write(&format!("class/{student}/katas/hf_load/hf_load.rs"), &text);
    }
    let screen = course
        .katas("grade hf_load --class class --jobs 40 --fail-on-miss")
        .exits(0);
    screen.says_nothing_of("not judged");
}

#[test]
fn the_folder_of_a_killed_compiler_is_swept_up() {
    let course = Course::of_learner();
    let (mut katas, _) = stopped_at(&["rustc"], |attempt| {
        course.write_answer("hf_load", &answer(&["rustc"], attempt));
        start(&course, &["grade", "hf_load"])
    });
    katas.kill().unwrap();
    katas.wait().unwrap();
    let left = unfinished(&course.cache);
    assert_eq!(left.len(), 1, "{left:?}");
    // A build that another katas process may be working on is left alone; one from two hours ago is removed.
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

/// A learner's own answer is compiled in a folder that is kept, with whatever a killed compiler left in it.
#[test]
fn after_a_killed_compiler_the_kept_folder_is_usable() {
    let course = Course::of_learner();
    for attempts in [0, 100, 200] {
        let (mut katas, _) = stopped_at(&["rustc"], |attempt| {
            course.write_answer("hf_load", &answer(&["rustc"], attempts + attempt));
            start(&course, &["run", "hf_load"])
        });
        katas.kill().unwrap();
        katas.wait().unwrap();
        course.solve("hf_load").katas("run hf_load").exits(0);
        std::fs::remove_dir_all(course.cache.join("answers")).unwrap();
    }
}

/// A unique answer for each attempt; it never ends in the stage in which it should be met.
fn answer(stage: &[&str], attempt: usize) -> String {
    let endless = repository().join("tests/answers/endless_sleep.rs");
    let text = match stage {
        ["answer"] => std::fs::read_to_string(endless).unwrap(),
        _ => solution(),
    };
    format!("{text}\n// {attempt}\n")
}

fn solution() -> String {
    std::fs::read_to_string(repository().join("solutions/hf_load/solution.rs")).unwrap()
}

/// Starts katas in a separate process group.
fn start(course: &Course, words: &[&str]) -> Child {
    let mut command = course.command(words);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.process_group(0).spawn().unwrap()
}

/// A process below a runner.
#[derive(Debug)]
struct Process {
    id: u32,
    /// The last part of its program's path.
    program: String,
    session: u32,
}

/// Starts katas until one of these programs runs below it, and stops that program with a signal, so that it cannot
/// end by itself.
fn stopped_at(programs: &[&str], mut start: impl FnMut(usize) -> Child) -> (Child, Vec<Process>) {
    for attempt in 0..50 {
        let mut katas = start(attempt);
        while katas.try_wait().unwrap().is_none() {
            let below = below(katas.id());
            let met = |one: &&Process| programs.contains(&one.program.as_str());
            if let Some(one) = below.iter().find(met) {
                let id = Pid::from_raw(one.id.cast_signed()).unwrap();
                let told = kill_process(id, Signal::STOP);
                let is_there = || state(one.id).is_some_and(|state| !"ZX".contains(state));
                until("it has stopped or ended", || {
                    !is_there() || state(one.id) == Some('T')
                });
                if told.is_ok() && is_there() {
                    // Until it calls `setsid`, a new process is in the runner's own session.
                    let own = about(katas.id()).map(|(_, session)| session);
                    let jobs = below.into_iter();
                    let jobs = jobs.filter(|one| Some(one.session) != own).collect();
                    return (katas, jobs);
                }
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        katas.wait().unwrap();
    }
    panic!("none of {programs:?} was met");
}

/// Waits until no process in the sessions of these processes runs; these are the sessions of jobs, not that of the
/// runner.
#[track_caller]
fn ends(below: &[Process], what: &str) {
    assert!(!below.is_empty());
    until(&format!("all has ended: {what}"), || {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        !ids.filter_map(about).any(|(state, session)| {
            !"ZX".contains(state) && below.iter().any(|one| one.session == session)
        })
    });
}

/// All descendants of a process.
fn below(id: u32) -> Vec<Process> {
    let mut found = Vec::new();
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter();
    for task in tasks.flatten().flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        for id in children.split_whitespace() {
            let id = id.parse().unwrap();
            let program = std::fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
            // Before exec, it is a copy of its parent.
            if let (Some(name), Some((_, session))) = (program.file_name(), about(id)) {
                found.push(Process {
                    id,
                    program: name.to_string_lossy().into_owned(),
                    session,
                });
            }
            found.extend(below(id));
        }
    }
    found
}

fn state(id: u32) -> Option<char> {
    about(id).map(|(state, _)| state)
}

/// The state and the session of a process.
fn about(id: u32) -> Option<(char, u32)> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let mut fields = text.rsplit(") ").next()?.split(' ');
    let state = fields.next()?.chars().next()?;
    Some((state, fields.nth(2)?.parse().ok()?))
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
