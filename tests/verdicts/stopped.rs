//! Answers that compile and give no output: they panic, leave, crash, or use more than they may.

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

/// Each case that ends its process gets the rest a fresh one, and none of them a fresh clock.
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

/// What the time limit is when nobody names one, without waiting for it.
#[test]
fn ten_seconds_are_the_usual_limit() {
    assert_eq!(::katas::grade::LIMITS.wall.as_secs(), 10);
    assert_eq!(::katas::grade::LIMITS.processor.as_secs(), 10);
    crate::common::Course::of_learner()
        .katas("help run")
        .says("[default: 10]");
}
