//! Answers that do not compile, or do not have the kata's function.

super::screens! {
    async_function: 1,
    compile_error: 1,
    empty: 1,
    fewer_parameters: 1,
    many_errors: 1,
    no_function: 1,
    not_a_function: 1,
    other_signature: 1,
    private_function: 1,
    unsafe_code: 1,
}

/// The same in a record: the verdict of the learner's screen, with a location for annotations, and no points.
#[test]
fn a_report_gives_the_location_of_unsafe_code() {
    let course = crate::common::Course::of_learner();
    course.answer("hf_load", "unsafe_code");
    course
        .katas("grade hf_load --report json=r.json --report classroom=c.json")
        .exits(0)
        .says("not safe Rust: `unsafe` at");
    let record: serde_json::Value = serde_json::from_str(&course.read("r.json")).expect("a record");
    let kata = &record["submissions"][0]["katas"][0];
    assert_eq!(kata["status"], "refused", "{kata}");
    assert_eq!(kata["points"]["given"], 0.0, "{kata}");
    let error = serde_json::json!({
        "text": "`unsafe`: an answer is safe Rust",
        "code": "unsafe_code",
        "line": 15,
        "column": 17,
    });
    assert_eq!(kata["errors"], serde_json::json!([error]), "{kata}");
}

/// These messages come from the compiler and change with its version, so only the location and the essence are
/// checked.
#[test]
fn other_errors_are_shown_as_rustc_shows_them() {
    for (answer, place, gist) in [
        ("borrow_error", "hf_load.rs:15:5", "error[E0382]: "),
        ("outside_crate", "hf_load.rs:3:5", "error[E0432]: "),
        ("syntax_error", "hf_load.rs:16:", "unclosed delimiter"),
    ] {
        super::judge("hf_load", answer, 1)
            .says("It does not compile: 1 error.")
            .says(&format!("--> katas/hf_load/{place}"))
            .says(gist)
            .says_nothing_of("katas-glue")
            .says_nothing_of("aborting due to");
    }
}

#[test]
fn messages_without_end_are_cut() {
    let screen = super::judge("hf_load", "endless_messages", 1)
        .says("It does not compile: 20 errors.")
        .says(" more errors. Fix the first");
    assert!(screen.stdout.lines().count() < 60, "{screen}");
}
