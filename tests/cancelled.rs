//! Judging that is cancelled: a compiler and a program are killed at once, and nothing is cached.

use std::time::{Duration, Instant};

use ::katas::catalog::{self, Kata};
use ::katas::files::Cache;
use ::katas::sandbox::{CancelToken, SandboxError};
use ::katas::track::rust::{RustTrack, UnsafeCode};
use ::katas::track::{Answer, Purpose, Session, Track, TrackError};

use crate::common::{Course, until};

/// The compiler evaluates this for much longer than any test waits.
const SLOW_TO_COMPILE: &str = "#![allow(long_running_const_eval)]
pub const SLOW: u64 = { let mut i = 0; while i < 1 << 40 { i += 1; } i };
";

fn kata(course: &Course) -> Kata {
    let found = catalog::Course::find(&course.root).and_then(|found| found.kata("hf_load"));
    found.expect("the kata is there")
}

fn session(cache: &Cache) -> Box<dyn Session> {
    let track = RustTrack {
        unsafe_code: UnsafeCode::Refused,
    };
    let session = track.open(cache, Purpose::Watch, &mut |_| {});
    session.expect("the tools work")
}

/// Cancels after the condition holds; returns how long the work took to end after that.
fn cancel_once(
    token: &CancelToken,
    condition: impl Fn() -> bool + Send,
    work: impl FnOnce(),
) -> Duration {
    std::thread::scope(|scope| {
        let canceller = scope.spawn(move || {
            until("the process runs", condition);
            token.cancel();
            Instant::now()
        });
        work();
        let ended = Instant::now();
        ended.duration_since(canceller.join().expect("it does not panic"))
    })
}

fn is_cancelled(error: &TrackError) -> bool {
    matches!(error, TrackError::Sandbox(SandboxError::Cancelled { .. }))
}

/// Whether a descendant of this thread's process has this text in its command line or its program's path.
fn runs(text: &str) -> bool {
    let processes = std::fs::read_dir("/proc").expect("it is mounted");
    processes.flatten().any(|entry| {
        let read = |name| std::fs::read(entry.path().join(name)).unwrap_or_default();
        let line = String::from_utf8_lossy(&read("cmdline")).into_owned();
        let program = std::fs::read_link(entry.path().join("exe")).unwrap_or_default();
        line.contains(text) || program.to_string_lossy().contains(text)
    })
}

#[test]
fn a_compiler_is_killed() {
    let course = Course::of_learner();
    let cache = Cache::in_folder(&course.cache);
    let (kata, session) = (kata(&course), session(&cache));
    let token = CancelToken::new().expect("a pipe");
    let answer = Answer {
        spec: &kata.spec,
        source: SLOW_TO_COMPILE,
        shown_as: "slow_to_compile.rs",
        width: 80,
        cancel: Some(&token),
    };
    let took = cancel_once(
        &token,
        || runs("=slow_to_compile.rs"),
        || {
            let prepared = session.prepare(&answer);
            assert!(is_cancelled(&prepared.expect_err("it was cancelled")));
        },
    );
    assert!(took < Duration::from_millis(200), "{took:?}");
    until("the compiler has ended", || !runs("=slow_to_compile.rs"));
    // A token stays cancelled.
    let again = session.prepare(&answer);
    assert!(is_cancelled(&again.expect_err("it is cancelled")));
}

#[test]
fn a_program_is_killed() {
    let course = Course::of_learner();
    course.answer("hf_load", "endless_sleep");
    let cache = Cache::in_folder(&course.cache);
    let (kata, session) = (kata(&course), session(&cache));
    let token = CancelToken::new().expect("a pipe");
    let answer = Answer {
        spec: &kata.spec,
        source: &course.read("katas/hf_load/hf_load.rs"),
        shown_as: "endless.rs",
        width: 80,
        cancel: Some(&token),
    };
    let prepared = session.prepare(&answer).expect("the tools work");
    let prepared = prepared.expect("it compiles");
    let program = course.cache.join("answers").display().to_string();
    let given = kata.spec.cases[0].given.as_slice();
    let took = cancel_once(
        &token,
        || runs(&program),
        || {
            let outcomes = session.run(&prepared, &[given], session.limits());
            assert!(is_cancelled(&outcomes.expect_err("it was cancelled")));
        },
    );
    assert!(took < Duration::from_millis(200), "{took:?}");
    until("the program has ended", || !runs(&program));
}
