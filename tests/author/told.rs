//! Messages to an author about a solution or a spec that cannot be right, and about hidden cases that are stricter
//! than the spec says.

use crate::common::Course;

const NARROWED: &str = "Hidden cases round the tolerance down to a power of two";

/// The kata under this rule, with its first hidden output three steps away from the solution's.
fn three_steps_off(rule: &str) -> Course {
    let course = Course::of_author();
    let spec = course.read("katas/hf_load/kata.yaml");
    let ruled = spec.replace("\ncompare: bits\n", &format!("\ncompare: {rule} #\n"));
    course.write("katas/hf_load/kata.yaml", &ruled);
    let hidden = course.read("solutions/hf_load/hidden.yaml");
    let off = hidden.replace("[0x3f3504f3, ", "[0x3f3504f6, ");
    assert!(hidden != off && spec != ruled);
    course.write("solutions/hf_load/hidden.yaml", &off);
    course.solve("hf_load");
    course
}

#[test]
fn a_solution_that_fails_a_hidden_case_is_reported_with_details() {
    for rule in ["bits", "{ulp: 3}"] {
        let course = three_steps_off(rule);
        let screen = course
            .katas("author seal --track rust hf_load")
            .exits(3)
            .says("caused by: case 6, 45° rotation (hidden): 1 of 2 values differs, the first at [0].")
            .says("Expected 0.70710695, got 0.70710677.");
        assert_eq!(screen.stderr.contains(NARROWED), rule != "bits", "{screen}");
        assert!(!screen.stderr.contains("katas run"), "{screen}");
    }
}

#[test]
fn a_stricter_hidden_case_is_reported() {
    for (rule, is_right, is_stricter) in [
        ("bits", false, false),
        ("{ulp: 3}", false, true),
        ("{ulp: 4}", true, false),
        ("{scaled_ulp: 3}", false, true),
        ("{close: {rtol: 3e-7, atol: 0}}", false, true),
    ] {
        let course = three_steps_off(rule);
        let screen = course.katas("run hf_load");
        assert_eq!(screen.code, Some(i32::from(!is_right)), "{rule}: {screen}");
        let is_said = screen.stdout.contains(NARROWED);
        assert_eq!(is_said, is_stricter && !is_right, "{rule}: {screen}");
        let screen = course.katas("author check --track rust hf_load --no-mutants");
        let is_said = screen.stdout.contains(NARROWED);
        assert_eq!(is_said, is_stricter, "{rule}: {screen}");
    }
}

#[test]
fn operations_that_no_language_counts_are_reported() {
    let course = Course::of_author();
    let spec = course.read("katas/split_merge/kata.yaml");
    let misspelled = spec.replace(
        "uses: [nnx.split, nnx.merge, nnx.merge.__call__]",
        "uses: [nnx.split]\nwithout: [nnx.Linaer, torch.save]",
    );
    assert!(spec != misspelled);
    course.write("katas/split_merge/kata.yaml", &misspelled);
    course
        .katas("author check --track rust split_merge --no-mutants")
        .exits(1)
        .says("problem: `without` names `nnx.Linaer`, which katas does not count.")
        .says("fix: did you mean `nnx.Linear`?")
        .says("problem: `without` names `torch.save`, which katas does not count.")
        .says("fix: name one of linen.Dense, ")
        .says_nothing_of("`uses` names");
}
