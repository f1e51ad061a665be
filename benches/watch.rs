//! The time from a changed answer to its verdict while it is watched, compared alternately with a cold
//! `python answer.py`.
//!
//! `cargo bench --bench watch [-- ROUNDS]` prints medians and their ratio; it needs an idle machine, and creates a
//! Python environment if there is none. The comparison runs the same interpreter on the same cases, without
//! judging.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot work may stop")]

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use katas::array::Value;
use katas::catalog::{Course, Kata};
use katas::files::Cache;
use katas::grade::{self, Answer, Cases, Request, Unconfined};
use katas::track::python::PYTHON;
use katas::track::{Purpose, Session, Track};

/// The time between two saves of a learner, in which spares warm up.
const EDIT: Duration = Duration::from_secs(6);

fn main() {
    let rounds = std::env::args().find_map(|word| word.parse().ok());
    let rounds: usize = rounds.unwrap_or(10);
    let course = Course::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let cache = Cache::of_this_user().unwrap();
    let session = PYTHON.open(&cache, Purpose::Watch, &mut |_| {});
    let session = session.unwrap();
    let doctor = PYTHON.doctor(&cache, &mut |_| {});
    let mut words = doctor
        .iter()
        .flat_map(|finding| finding.says.split([',', ' ']));
    let python = words.rfind(|word| word.contains("/bin/python"));
    let python = python.expect("doctor names the interpreter").to_owned();
    for id in course.ids() {
        let kata = course.kata(id).unwrap();
        let right = std::fs::read_to_string(kata.solution("py")).unwrap();
        let wrong = right
            .replacen(".T", "", 1)
            .replacen("[s, s", "[s + 1, s", 1);
        let mut times = [Vec::new(), Vec::new(), Vec::new()];
        for round in 0..=rounds {
            for (way, text) in [(0, &right), (1, &wrong)] {
                // An edit, so that nothing is kept of an earlier one.
                let text = format!("PROBE = {round}\n{text}");
                session.warm(&kata.spec);
                std::thread::sleep(EDIT);
                let took = watched(&*session, &cache, &kata, &text);
                if round > 0 {
                    times[way].push(took);
                }
            }
            let took = cold(&python, &kata, &right, round);
            if round > 0 {
                times[2].push(took);
            }
        }
        let [right, wrong, cold] = times.map(median);
        let ratio = |took: Duration| cold.as_secs_f64() / took.as_secs_f64();
        println!(
            "{id}: right {right:.0?}, wrong {wrong:.0?}, python answer.py {cold:.0?}: {:.1} and {:.1} times as fast",
            ratio(right),
            ratio(wrong)
        );
    }
}

fn watched(session: &dyn Session, cache: &Cache, kata: &Kata, text: &str) -> Duration {
    let start = Instant::now();
    let result = grade::judge(&Request {
        cancel: None,
        kata,
        session,
        answer: Answer::Bytes(text.as_bytes()),
        shown_as: Path::new("answer.py"),
        cases: Cases::All,
        time_limit: None,
        unconfined: Unconfined::Refuse,
        width: 80,
        cache,
        sealed: None,
    });
    let took = start.elapsed();
    result.unwrap();
    took
}

/// A script with the answer and its shown and hidden cases, for a separate process.
fn cold(python: &str, kata: &Kata, text: &str, round: usize) -> Duration {
    let mut script = format!("PROBE = {round}\n{text}\nimport jax.numpy as jnp\n");
    for case in &kata.spec.cases {
        let given: Vec<_> = case.given.iter().map(written).collect();
        let _ = writeln!(
            script,
            "print({}({}))",
            kata.spec.function,
            given.join(", ")
        );
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("answer.py"), script).unwrap();
    let start = Instant::now();
    let output = Command::new(python)
        .arg("answer.py")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let took = start.elapsed();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    took
}

/// An input in Python. The numbers do not affect the time.
fn written(value: &Value) -> String {
    match value {
        Value::Array(array) => format!("jnp.ones({})", array.len()),
        Value::Scalar(scalar) => scalar.bits.to_string(),
        Value::Bytes(bytes) => format!("bytes({})", bytes.len()),
        Value::Str(text) => format!("{text:?}"),
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
