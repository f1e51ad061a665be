//! Sealing records which inputs matter, and an answer that ignores one of them gets an explanation.

use crate::common::Course;

/// The seed matters wherever it is not a multiple of three; the salt never does.
const SPEC: &str = "\
format: 1
title: Numbers by turns
difficulty: easy
points: 1
function: turns
params: {x: \"f32[n]\", seed: i64, salt: i64, n: usize}
returns: f32[n]
narrow: a test
cases:
- {name: one, given: {x: [3, 5, 7, 11], seed: 1, salt: 9, n: 4}, expect: [3, 10, 0, 11]}
- {name: two, given: {x: [13, 2, 9, 1], seed: 5, salt: 9, n: 4}, expect: [26, 0, 9, 2]}
- {name: hidden, hidden: true, given: {x: [1, 2, 4, 8], seed: 4, salt: 9, n: 4}}
pitfalls: {zeros: Nothing was written.}
";

fn program(body: &str) -> String {
    format!(
        "use ndarray::Array1;\n\npub fn turns(x: &Array1<f32>, seed: i64, salt: i64, n: usize) -> Array1<f32> {{\n    \
         let _ = (x, seed, salt, n);\n    {body}\n}}\n"
    )
}

fn sealed() -> Course {
    let course = Course::empty();
    let list =
        "format: 1\ntitle: t\nchapters: [{title: c, katas: [turns]}]\npoints: {credit: all}\n";
    course
        .write("katas/course.yaml", list)
        .write("katas/turns/kata.yaml", SPEC)
        .write("katas/turns/README.md", "# Turns\n")
        .write(
            "katas/turns/hints.md",
            "## 1\n\na\n\n## 2\n\nb\n\n## 3\n\nc\n",
        )
        .write("katas/turns/starter.rs", &program("todo!()"))
        .write(
            "solutions/turns/solution.rs",
            &program(
                "x.iter().enumerate().map(|(i, x)| x * ((i as i64 + seed) % 3) as f32).collect()",
            ),
        )
        .write("solutions/turns/wrong/zeros.rs", &program("x * 0.0"))
        .write(
            "solutions/turns/hidden.yaml",
            "format: 1\nexpect:\n  hidden: [1, 4, 0, 8]\n",
        );
    course
        .katas("author seal --track rust")
        .exits(0)
        .says("Wrote katas/turns/kata.lock");
    course
        .katas("author check --track rust --no-mutants")
        .exits(0);
    course
}

#[test]
fn only_an_ignored_integer_that_matters_is_reported() {
    let course = sealed();
    let lock: serde_json::Value =
        serde_json::from_str(&course.read("katas/turns/kata.lock")).expect("a lock is JSON");
    let used = |case| serde_json::json!({"case": case, "inputs": ["x", "seed"]});
    assert_eq!(lock["used"], serde_json::json!([used("one"), used("two")]));
    // Not what the seed is in any case, nor what a right answer gives for 0 or 1.
    let ignores =
        program("x.iter().enumerate().map(|(i, x)| x * ((2 * i as i64) % 3) as f32).collect()");
    course.write_answer("turns", &ignores);
    course
        .katas("run turns")
        .exits(1)
        .says("This is an output that did not change with `seed`.")
        .says_nothing_of("salt`");
    // Wrong in a different way, and neither `seed` nor `salt` is the reason.
    let wrong =
        "x.iter().enumerate().map(|(i, x)| x * ((i as i64 + 2 * seed) % 5) as f32).collect()";
    course.write_answer("turns", &program(wrong));
    course
        .katas("run turns")
        .exits(1)
        .says_nothing_of("ignores");
}

/// It would be wrong to say so of an answer that clips an input, or that uses it in another case.
#[test]
fn an_input_that_has_an_effect_somewhere_is_not_ignored() {
    let course = sealed();
    for body in [
        // Every element of both cases is clipped, and so are small whole numbers, but not negative ones.
        "x.iter().enumerate().map(|(i, x)| x.min(0.75) * ((i as i64 + seed) % 3) as f32).collect()",
        // Case one is wrong and does not use the seed; case two is right and uses it.
        "let seed = if x[0] == 3.0 { 6 } else { seed };\n    \
         x.iter().enumerate().map(|(i, x)| x * ((i as i64 + seed) % 3) as f32).collect()",
    ] {
        course.write_answer("turns", &program(body));
        course
            .katas("run turns")
            .exits(1)
            .says_nothing_of("ignores");
    }
}

#[test]
fn without_an_entry_in_the_lock_no_input_is_reported_as_ignored() {
    let course = sealed();
    course.write_answer(
        "turns",
        &program("x.iter().enumerate().map(|(i, x)| x * ((i as i64) % 3) as f32).collect()"),
    );
    std::fs::remove_file(course.root.join("katas/turns/kata.lock")).expect("it is there");
    course
        .katas("run turns")
        .exits(1)
        .says_nothing_of("ignores");
}
