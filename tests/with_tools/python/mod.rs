//! Answers in Python, on real JAX and Flax. `katas setup python` creates the environment once, in the target folder.

mod arguments;
mod author;
mod calls;
mod cli;
mod diagnose;
mod failures;
mod hostile;
mod results;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use katas::array::{Array, Dtype, Scalar, Value};
use katas::files::Cache;
use katas::spec::{self, Param, Spec};
use katas::track::python::PYTHON;
use katas::track::{Answer, CaseOutcome, Prepared, Purpose, Session, Track};
use katas::verdict::{Failure, Location, Refusal};

use crate::common::{Course, katas};

/// The folder that contains the environment; each test's cache has a link to it.
fn made() -> &'static Path {
    static MADE: LazyLock<PathBuf> = LazyLock::new(|| {
        // An existing environment, for a user who may not write here.
        let cache = std::env::var_os("KATAS_PYTHON_TESTS").map(PathBuf::from);
        let cache =
            cache.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("python-cache"));
        let mut command = katas();
        // Only this step may need the network, so it keeps the variables for that.
        command.envs(std::env::vars_os());
        let output = command
            .args(["setup", "python"])
            .env("KATAS_CACHE", &cache)
            .env("PIP_CACHE_DIR", cache.join("pip"))
            .env("UV_CACHE_DIR", cache.join("uv"))
            .env_remove("VIRTUAL_ENV")
            .output()
            .expect("katas can be started");
        let says = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "no environment: {says}");
        cache.join("python")
    });
    &MADE
}

/// The cache that contains the environment.
fn course_cache() -> &'static Path {
    made().parent().expect("it lies in the cache")
}

/// A course whose cache has the environment.
fn course(course: Course) -> Course {
    std::os::unix::fs::symlink(made(), course.cache.join("python")).expect("a link");
    course
}

/// A session for the user's own answers, shared by all tests.
fn session() -> &'static dyn Session {
    static SESSION: LazyLock<Box<dyn Session>> = LazyLock::new(|| open(Purpose::One));
    &**SESSION
}

/// A separate session.
fn open(purpose: Purpose) -> Box<dyn Session> {
    let cache = Cache::in_folder(course_cache());
    let session = PYTHON.open(&cache, purpose, &mut |_| {});
    session.unwrap_or_else(|error| panic!("{error}"))
}

/// The spec of a function `f` with these parameters, by name and type, and this result.
fn spec(params: &[(&str, &str)], returns: &str) -> Spec {
    const ANY: &str = "\
format: 1
title: t
difficulty: easy
points: 1
function: f
params: {x: \"f32[n]\"}
returns: f32[n]
cases: [{name: one, given: {x: [1]}, expect: [1]}]
";
    let none = |_: &str| unreachable!("it names no file");
    let mut spec = spec::parse("kata.yaml", ANY, &none).expect("a spec");
    let param = |(name, ty): &(&str, &str)| Param {
        name: (*name).to_owned(),
        ty: spec::parse_type(ty, false).expect("a type"),
    };
    spec.params = params.iter().map(param).collect();
    spec.returns = spec::parse_type(returns, true).expect("a type");
    spec
}

/// The parameters of most answers: the number of the case, and an array.
const TAKES: &[(&str, &str)] = &[("case", "i64"), ("x", "f32[n]")];

/// The spec of most tests.
fn usual() -> Spec {
    spec(TAKES, "f32[]")
}

/// Prepares an answer.
fn prepare(spec: &Spec, source: &str) -> Result<Prepared, Refusal> {
    let answer = Answer {
        cancel: None,
        spec,
        source,
        shown_as: "katas/k/answer.py",
        width: 80,
    };
    let prepared = session().prepare(&answer);
    prepared.unwrap_or_else(|error| panic!("{error}"))
}

/// Runs an answer that can be prepared on these inputs.
fn run(spec: &Spec, source: &str, cases: &[Vec<Value>]) -> Vec<CaseOutcome> {
    let prepared = prepare(spec, source).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let cases: Vec<&[Value]> = cases.iter().map(Vec::as_slice).collect();
    let ran = session().run(&prepared, &cases, session().limits());
    ran.unwrap_or_else(|error| panic!("{error}"))
}

/// The inputs of the usual spec: the number of the case, and 1, 2.
fn numbered(count: i64) -> Vec<Vec<Value>> {
    let inputs = |case: i64| vec![integer(case), floats(&[1.0, 2.0])];
    (0..count).map(inputs).collect()
}

fn integer(value: i64) -> Value {
    Value::Scalar(Scalar {
        dtype: Dtype::I64,
        bits: value.cast_unsigned(),
    })
}

fn floats(values: &[f32]) -> Value {
    let bits: Vec<_> = values
        .iter()
        .map(|value| u64::from(value.to_bits()))
        .collect();
    Value::Array(Array::flat(Dtype::F32, &bits))
}

/// The text of an exception and its location.
#[track_caller]
fn raised(outcome: &CaseOutcome) -> (&str, Option<(u32, u32)>) {
    match &outcome.output {
        Err(Failure::Raised { message, place }) => {
            let at = |place: &Location| {
                assert!(place.own, "{place:?}");
                (place.line, place.column)
            };
            (message, place.as_ref().map(at))
        }
        other => panic!("{other:?}, printed {:?}", outcome.printed),
    }
}
