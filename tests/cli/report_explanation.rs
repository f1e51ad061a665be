//! `katas report-explanation`.

use crate::common::{Course, shown};

/// A wrong answer to `hf_load` that doubles one input.
fn wrong() -> String {
    let text = include_str!("../../solutions/hf_load/solution.rs");
    let wrong = text.replace("model.call(x)", "model.call(&(x * 2.0))");
    assert_ne!(wrong, text);
    wrong
}

#[test]
fn the_file_has_what_was_printed_and_the_answer() {
    let course = Course::of_learner();
    course.write_answer("hf_load", &wrong());
    shown(
        "report_explanation",
        &course.katas("report-explanation hf_load").exits(0),
    );
    let text = course.read("explanation-hf_load.md");
    assert!(text.contains(wrong().trim_end()), "{text}");
    assert!(
        text.contains("hf_load: not yet. 0 of 8 cases passed."),
        "{text}"
    );
    assert!(
        text.contains("- variant `input:doubled:x`: This is"),
        "{text}"
    );
    assert!(text.contains("(Write here"), "{text}");
    // The learner may have written in the first one.
    course
        .finish(
            course
                .command(&["report-explanation", "hf_load", "--says", "x is <doubled>"])
                .env("LC_ALL", "C"),
        )
        .exits(0)
        .says("explanation-hf_load-2.md");
    assert_eq!(course.read("explanation-hf_load.md"), text);
    let second = course.read("explanation-hf_load-2.md");
    assert!(second.contains("x is \\<doubled\\>"), "{second}");
}

#[test]
fn without_a_wrong_answer_there_is_nothing_to_report() {
    let course = Course::of_learner();
    course.katas("report-explanation hf_load").exits(4);
    course.solve("hf_load");
    shown(
        "report_explanation_passes",
        &course.katas("report-explanation hf_load").exits(2),
    );
    assert!(!course.root.join("explanation-hf_load.md").exists());
}
