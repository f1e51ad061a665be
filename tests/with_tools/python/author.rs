//! `katas author` for programs in Python and Rust, and the explanations that learners get from the lock.

use super::course;
use crate::common::Course;

/// A kata in Python only. Eager JAX rounds each product before the sum; compiled as a whole, both are a single
/// operation.
const SPEC: &str = "\
format: 1
title: One product and one sum
difficulty: easy
points: 1
function: f
params: {x: \"f32[n]\", y: \"f32[n]\"}
returns: f32[n]
compare: bits
cases:
- {name: exact, given: {x: [2], y: [3]}, expect: [7]}
# (1 + 2⁻¹²)² - 1 is 2⁻¹¹ + 2⁻²⁴, and the square rounds to 1 + 2⁻¹¹.
- {name: rounded, given: {x: [0x3f800800], y: [-1]}, expect: [0x3a000000]}
- {name: wide, hidden: true, given: {x: [3, 5, 7, 9, 11, 13, 15, 17, 19], y: [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]}}
pitfalls: {doubled: 'You doubled x. What is x times x?'}
";

const HEAD: &str = "import jax\n\n\ndef f(x: jax.Array, y: jax.Array) -> jax.Array:\n";

/// The output of a command with this exit code, without its line breaks.
fn screen(course: &Course, words: &str, code: i32) -> String {
    let output = course.katas(words).exits(code);
    let words: Vec<_> = output.stdout.split_whitespace().collect();
    words.join(" ")
}

fn product() -> Course {
    let course = course(Course::empty());
    let list = "format: 1\ntitle: t\nchapters: [{title: c, katas: [f]}]\npoints: {credit: cases}\n";
    course
        .write("katas/course.yaml", list)
        .write("katas/f/kata.yaml", SPEC)
        .write("katas/f/README.md", "# f\n")
        .write("katas/f/hints.md", "## 1\n\na\n\n## 2\n\nb\n\n## 3\n\nc\n")
        .write(
            "katas/f/starter.py",
            &format!("{HEAD}    raise NotImplementedError\n"),
        )
        .write(
            "solutions/f/solution.py",
            &format!("{HEAD}    return x * x + y\n"),
        )
        .write(
            "solutions/f/wrong/doubled.py",
            &format!("{HEAD}    return x + x + y + 1\n"),
        )
        .write(
            "solutions/f/hidden.yaml",
            "format: 1\nexpect:\n  wide: [1009, 2025, 3049, 4081, 5121, 6169, 7225, 8289, 9361]\n",
        );
    course
}

#[test]
fn every_shipped_kata_holds_in_python_too() {
    let course = course(Course::of_repository());
    course
        .katas("author check --no-mutants --trust-lock --track python")
        .exits(0)
        .says("no_transpose");
    // Sealed in all languages, and again without a change: the lock stays the same.
    course
        .katas("author check hf_load --no-mutants")
        .exits(0)
        .says("no_transpose (python)")
        .says_nothing_of("Not checked")
        .says_nothing_of("different bits when the whole solution is compiled");
    course
        .katas("author seal hf_load")
        .exits(0)
        .says_nothing_of("Wrote");
}

#[test]
fn a_different_mistake_in_another_language_is_reported() {
    let course = course(Course::of_author());
    let wrong = "solutions/hf_load/wrong";
    let reshaped = course.read(&format!("{wrong}/reshape_in_out.py"));
    let forgotten = course.read(&format!("{wrong}/bias_forgotten.py"));
    course.write(&format!("{wrong}/no_transpose.py"), &reshaped);
    let stops = forgotten.replace("return model(x)", "raise ValueError(hf_bias_flat)");
    course.write(&format!("{wrong}/bias_forgotten.py"), &stops);
    course.write("solutions/hf_load/solution.py", &forgotten);
    course.write("katas/hf_load/starter.py", "def load(:\n");
    let screen = screen(&course, "author check hf_load --no-mutants", 1);
    for says in [
        "wrong/no_transpose.py makes a different mistake than wrong/no_transpose.rs: on `identity selector`, only \
         wrong/no_transpose.py returns an output.",
        "wrong/bias_forgotten.py makes a different mistake than wrong/bias_forgotten.rs: on `identity selector`, only \
         wrong/bias_forgotten.rs returns an output.",
        "solution.py does not pass.",
        "starter.py cannot be run.",
    ] {
        assert!(screen.contains(says), "no {says:?} in {screen}");
    }
    assert!(
        !screen.contains("wrong/reshape_in_out.py makes"),
        "{screen}"
    );
    std::fs::remove_file(course.root.join("solutions/hf_load/solution.py")).expect("it is there");
    course
        .katas("author check hf_load --no-mutants")
        .exits(1)
        .says("There is a starter.py, but no solution.py.");
}

/// A mistake that is known in one language is recognized in all.
#[test]
fn a_known_mistake_is_no_new_pitfall_in_another_language() {
    let course = course(Course::of_author());
    let solution = course.read("solutions/hf_load/solution.py");
    // In Rust only; its outputs are exact, so both languages give the same bits.
    let reversed = solution.replace("= hf_bias_flat\n", "= hf_bias_flat[::-1]\n");
    assert_ne!(reversed, solution);
    course.write("reversed.py", &reversed);
    course
        .katas("author pitfall hf_load --name reversed --from reversed.py")
        .exits(2)
        .says("gives the same outputs as the pitfall `bias_reversed` on every case");
    let squared = solution.replace("weight.T\n", "weight.T * weight.T\n");
    course.write("squared.py", &squared);
    course
        .katas("author pitfall hf_load --name squared --from squared.py")
        .exits(0)
        .says("Wrote solutions/hf_load/wrong/squared.py");
}

#[test]
fn compiling_the_function_is_explained() {
    let course = product();
    course.katas("author seal f").exits(0);
    let checked = screen(&course, "author check f", 0);
    let note = "Case 2 gives different bits when the whole solution is compiled (`jax.jit`)";
    assert!(checked.contains(note), "{checked}");
    course.write(
        "katas/f/f.py",
        "import jax\n\n\n@jax.jit\ndef f(x, y):\n    return x * x + y\n",
    );
    let told = screen(&course, "run f", 1);
    assert!(
        told.contains("These are the bits that JAX gives under `jax.jit`"),
        "{told}"
    );
    let note = "the expected bits are those of eager JAX";
    assert!(screen(&course, "show f", 0).contains(note));
}

/// The lock contains a solution in each language, and the outputs of an answer in either decrypt them.
#[test]
fn the_reference_answer_is_in_the_language_that_passed() {
    let author = Course::of_author();
    let course = course(Course::of_learner());
    let solution = author.read("solutions/hf_load/solution.py");
    course.write("katas/hf_load/hf_load.py", &solution);
    course.katas("run hf_load").exits(0);
    // Not a built-in course: the program has no answer to it, so the learner's own answer is needed as the key.
    let spec = course.read("katas/hf_load/kata.yaml");
    course.write(
        "katas/hf_load/kata.yaml",
        &format!("{spec}# Another one.\n"),
    );
    let shown = course.katas("solution hf_load --track python").exits(0);
    assert_eq!(shown.stdout.trim_end(), solution.trim_end());
    let beside = super::course(author);
    beside.write("katas/hf_load/hf_load.py", &solution);
    let shown = beside
        .katas("solution hf_load --give-up --track python")
        .exits(0);
    assert_eq!(shown.stdout.trim_end(), solution.trim_end());
}
