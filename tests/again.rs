//! How often a wrong answer is run again to explain it: never after it has reached a limit.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use katas::array::Value;
use katas::catalog::Course;
use katas::files::Cache;
use katas::grade::{self, Cases, Request, Unconfined};
use katas::sandbox::Limits;
use katas::track::rust::RUST;
use katas::track::{Answer, CaseOutcome, Prepared, Purpose, Session, Tools, Track, TrackError};
use katas::verdict::Refusal;

use crate::common::{library, repository};

/// A session of Rust that counts the runs.
struct Counting {
    session: Box<dyn Session>,
    runs: AtomicUsize,
}

impl Session for Counting {
    fn track(&self) -> &'static str {
        self.session.track()
    }

    fn purpose(&self) -> Purpose {
        self.session.purpose()
    }

    fn tools(&self) -> &Tools {
        self.session.tools()
    }

    fn limits(&self) -> Limits {
        self.session.limits()
    }

    fn prepare(&self, answer: &Answer<'_>) -> Result<Result<Prepared, Refusal>, TrackError> {
        self.session.prepare(answer)
    }

    fn run(
        &self,
        prepared: &Prepared,
        cases: &[&[Value]],
        limits: Limits,
    ) -> Result<Vec<CaseOutcome>, TrackError> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        self.session.run(prepared, cases, limits)
    }
}

/// Judges an answer to `hf_load` with this body and returns the number of times it was run.
fn runs(body: &str) -> usize {
    let source = format!(
        "use ndarray::Array1;\n\
         pub fn load_hf_weights(_: i64, x: &Array1<f32>, _: &Array1<f32>, _: &Array1<f32>, n: usize) -> Array1<f32> {{\n\
         {body}\n}}\n"
    );
    let course = Course::find(repository()).expect("the repository is a course");
    let kata = course.kata("hf_load").expect("it is in the course");
    let cache = Cache::in_folder(library());
    let session = RUST.open(&cache, Purpose::One, &mut |_| {});
    let session = Counting {
        session: session.unwrap_or_else(|error| panic!("{error}")),
        runs: AtomicUsize::new(0),
    };
    let result = grade::judge(&Request {
        cancel: None,
        kata: &kata,
        session: &session,
        answer: grade::Answer::Bytes(source.as_bytes()),
        shown_as: "answer.rs".as_ref(),
        cases: Cases::All,
        time_limit: Some(Duration::from_secs(2)),
        unconfined: Unconfined::Allow,
        width: 80,
        cache: &cache,
        sealed: None,
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    session.runs.into_inner()
}

#[test]
fn an_answer_that_reached_a_limit_is_not_run_again() {
    assert_eq!(runs("let _ = x; loop { std::hint::black_box(n); }"), 1);
    // The third case is the first square one.
    let some = "if x.len() == n { loop { std::hint::black_box(n); } } Array1::ones(n)";
    assert_eq!(runs(some), 1);
}

#[test]
fn an_answer_that_is_too_slow_on_other_inputs_is_run_on_no_more_of_them() {
    // Every shown case has a whole number first, and the probes have not.
    let body = "if x[0].fract() != 0.0 { loop { std::hint::black_box(n); } } Array1::from_elem(n, x[0] + 0.25)";
    assert_eq!(runs(body), 2);
}
