//! The cost of confinement: compiles and starts answers with and without the sandbox in turn, so that both run under
//! the same conditions.
//!
//! `cargo bench --bench confinement` prints the medians; it needs an idle machine. The goal is at most 5 % for
//! compiling and 1 ms for starting the program. Without the sandbox, the limits, the pipes and the process group are
//! the same.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot work may stop")]

use std::path::Path;
use std::time::{Duration, Instant};

use katas::array::Value;
use katas::catalog::Course;
use katas::files::Cache;
use katas::sandbox::{self, Confinement, End};
use katas::track::{Answer, Prepared, Purpose, Session, Track, rust};

const COMPILED: usize = 40;
const STARTED: usize = 400;

fn main() {
    let course = Course::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let kata = course.kata("hf_load").unwrap();
    let cache = Cache::of_this_user().unwrap();
    let source = std::fs::read_to_string(kata.solution("rs")).unwrap();
    let inputs = kata.spec.cases[0].given.as_slice();
    for untrusted in [false, true] {
        let purpose = Purpose::Class {
            workers: 1,
            untrusted,
        };
        let author = purpose.author();
        let answer = Answer {
            cancel: None,
            spec: &kata.spec,
            source: &source,
            shown_as: "solution.rs",
            width: 80,
        };
        let session = rust::RUST.open(&cache, purpose, &mut |_| {}).unwrap();
        let program = session.prepare(&answer).unwrap();
        let program = program.expect("the solution compiles");
        let free = rust::without_jail(&program).unwrap();
        let compile = |jailed| compile(&cache, purpose, &answer, jailed);
        let start = |program| start(&*session, program, inputs);
        let [jailed, without] = in_turns(COMPILED, [&|| compile(true), &|| compile(false)]);
        let percent = (jailed.as_secs_f64() / without.as_secs_f64() - 1.0) * 100.0;
        println!(
            "{author:?}: compiling takes {jailed:.1?} in the jail, {without:.1?} without: {percent:+.1} %"
        );
        let [jailed, without] = in_turns(STARTED, [&|| start(&program), &|| start(&free)]);
        let more = jailed.as_secs_f64() - without.as_secs_f64();
        println!(
            "{author:?}: running one case takes {jailed:.2?} in the jail, {without:.2?} without: {:+.2} ms",
            more * 1000.0
        );
    }
}

fn compile(cache: &Cache, purpose: Purpose, answer: &Answer<'_>, jailed: bool) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let mut job = rust::job_to_compile(cache, purpose, answer, folder.path()).unwrap();
    if !jailed {
        job.confinement = Confinement::none();
    }
    let start = Instant::now();
    let outcome = sandbox::run(&job).unwrap();
    let took = start.elapsed();
    assert_eq!(
        outcome.end,
        End::Exited(0),
        "{}",
        String::from_utf8_lossy(&outcome.printed)
    );
    took
}

fn start(session: &dyn Session, program: &Prepared, inputs: &[Value]) -> Duration {
    let start = Instant::now();
    let outcomes = session.run(program, &[inputs], session.limits()).unwrap();
    let took = start.elapsed();
    assert!(outcomes[0].output.is_ok(), "{outcomes:?}");
    took
}

/// The medians of two alternating measurements; the order changes every time.
fn in_turns(times: usize, things: [&dyn Fn() -> Duration; 2]) -> [Duration; 2] {
    let mut all = [Vec::new(), Vec::new()];
    for time in 0..times {
        for place in 0..2 {
            let which = (time + place) % 2;
            all[which].push(things[which]());
        }
    }
    all.map(|mut took| {
        took.sort();
        took[took.len() / 2]
    })
}
