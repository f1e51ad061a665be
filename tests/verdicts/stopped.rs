//! Answers that compile but give no output: they panic, exit, crash, or exceed a limit.

use std::time::Duration;

use ::katas::grade::limits;
use ::katas::spec::KataLimits;
use ::katas::track::rust::RUST;
use ::katas::track::{Purpose, Track};

super::screens! {
    abort: 1,
    endless_loop: 1,
    endless_sleep: 1,
    exit_0: 1,
    exit_3: 1,
    grows_without_end: 1,
    out_of_memory: 1,
    panic: 1,
    panic_in_library: 1,
    panic_in_nnx: 1,
    panic_on_one_case: 1,
    panic_out_of_bounds: 1,
    panic_payload: 1,
    panic_while_panicking: 1,
    prints_without_end: 1,
    reads_input: 1,
    returns_too_much: 1,
    stack_overflow: 1,
    threads: 1,
    writes_a_file: 1,
}

#[test]
#[cfg(target_arch = "x86_64")]
fn an_illegal_instruction() {
    let screen = super::judge_unsafe("illegal_instruction");
    super::shown("verdict_illegal_instruction", &screen);
}

#[test]
fn what_only_unsafe_code_does() {
    for answer in ["closes_the_wire", "crash", "forges_records"] {
        super::shown(&format!("verdict_{answer}"), &super::judge_unsafe(answer));
    }
}

/// After a case that ends its process, the rest run in a fresh process, but not with a fresh time limit.
#[test]
fn the_time_limit_holds_for_all_cases_together() {
    let course = crate::common::Course::of_learner();
    let path = crate::common::repository().join("solutions/hf_load/solution.rs");
    let right = std::fs::read_to_string(path).expect("the solution");
    let line = "std::thread::sleep(std::time::Duration::from_millis(1200));\n    std::process::abort();\n    let model";
    course.write_answer("hf_load", &right.replacen("let model", line, 1));
    let screen = course.katas("run hf_load --time-limit 2").exits(1);
    screen.says("timed out");
}

/// The default time limit, tested without waiting for it.
#[test]
fn ten_seconds_are_the_usual_limit() {
    let cache = ::katas::files::Cache::in_folder(crate::common::library());
    let session = RUST.open(&cache, Purpose::One, &mut |_| {});
    let session = session.expect("the tools work");
    let limits = |kata: KataLimits, asked: Option<u64>| {
        limits(&*session, kata, asked.map(Duration::from_secs))
    };
    let usual = KataLimits::default();
    let long = KataLimits {
        seconds: Some(40),
        memory: Some(2048),
    };
    for (kata, asked, seconds, memory) in [
        (usual, None, 10, 1024),
        (usual, Some(3), 3, 1024),
        (long, None, 40, 2048),
        (long, Some(3), 3, 2048),
    ] {
        let limits = limits(kata, asked);
        assert_eq!(limits.wall.as_secs(), seconds);
        assert_eq!(limits.processor.as_secs(), seconds);
        assert_eq!(limits.memory >> 20, memory);
        assert_eq!(limits.address >> 20, memory);
    }
    crate::common::Course::of_learner()
        .katas("help run")
        .says("[default: 10, or what the kata says]");
}
