//! `katas author check`: all katas of the repository pass it, and it reports every kind of fault.

use crate::common::{Course, shown, toolchain};

#[test]
fn every_shipped_kata_holds() {
    let course = Course::of_repository();
    course
        .katas("author check --track rust --no-mutants --trust-lock")
        .exits(0);
}

/// If nothing was checked, the command says so; otherwise this would look like a pass.
#[test]
fn a_course_without_solutions_has_only_locks_to_check() {
    let course = Course::of_learner();
    let checked = course.katas("author check hf_load").exits(0);
    let words: Vec<_> = checked.stdout.split_whitespace().collect();
    let said =
        "Only kata.lock was checked: there is no solutions/hf_load, as in a learner's course.";
    assert!(words.join(" ").contains(said), "{}", checked.stdout);
}

/// The snapshots list the mutants that no case catches, so a change of cases that lets another one through shows up.
#[test]
fn hf_load_is_checked() {
    let course = Course::of_author();
    shown(
        "author_check_hf_load",
        &course.katas("author check --track rust hf_load").exits(0),
    );
}

#[test]
fn split_merge_is_checked() {
    let course = Course::of_author();
    shown(
        "author_check_split_merge",
        &course
            .katas("author check --track rust split_merge")
            .exits(0),
    );
}

#[test]
fn state_translation_is_checked() {
    let course = Course::of_author();
    shown(
        "author_check_state_translation",
        &course
            .katas("author check --track rust state_translation")
            .exits(0),
    );
}

#[test]
fn all_faults_of_a_kata_are_reported_at_once() {
    let course = Course::of_author();
    let wrong = "solutions/hf_load/wrong";
    let solution = course.read("solutions/hf_load/solution.rs");
    let reversed = course.read(&format!("{wrong}/bias_reversed.rs"));
    // A pitfall without an entry, two that give the same outputs, one that passes, one without a program, and one
    // that does not compile.
    course.write(&format!("{wrong}/unheard_of.rs"), &reversed);
    course.write(&format!("{wrong}/bias_forgotten.rs"), &reversed);
    course.write(&format!("{wrong}/no_transpose.rs"), &solution);
    std::fs::remove_file(course.root.join(format!("{wrong}/stale_init.rs"))).expect("it is there");
    course.write(&format!("{wrong}/reshape_in_out.rs"), "fn nothing() {}");
    course.write("katas/hf_load/hints.md", "## 1\n\nTODO\n");
    std::fs::remove_file(course.root.join("katas/hf_load/README.md")).expect("it is there");
    course.write("katas/hf_load/starter.rs", &solution);
    let screen = course
        .katas("author check --track rust hf_load --no-mutants")
        .exits(1);
    shown("author_check_findings", &screen);
}

#[test]
fn a_failing_solution_is_reported_before_it_is_used() {
    let course = Course::of_author();
    let wrong = course.read("solutions/hf_load/wrong/no_transpose.rs");
    course.write("solutions/hf_load/solution.rs", &wrong);
    course.write("katas/hf_load/starter.rs", "pub fn load() {");
    course
        .katas("author check --track rust hf_load")
        .exits(1)
        .says("solution.rs does not pass.")
        .says("starter.rs cannot be run.")
        .says_nothing_of("mutants of the solution");
}

#[test]
fn weak_cases_let_mutants_through() {
    let course = Course::of_author();
    let spec = course.read("katas/hf_load/kata.yaml");
    let (head, rest) = spec.split_once("cases:").expect("cases");
    let (_, pitfalls) = rest.split_once("\npitfalls:").expect("pitfalls");
    let case = |name: &str| {
        format!(
            "  - name: {name}\n    given: {{seed: 0, x: [2, 5], hf_kernel_flat: [1, 3,  3, 2], hf_bias_flat: [1, 1], features: 2}}\n"
        )
    };
    let spec = format!(
        "{head}narrow: a test\ncases:\n{}    expect: [18, 17]\n{}    hidden: true\npitfalls:{pitfalls}",
        case("symmetric"),
        case("symmetric again")
    );
    course.write("katas/hf_load/kata.yaml", &spec);
    course.write(
        "solutions/hf_load/hidden.yaml",
        "format: 1\nexpect:\n  symmetric again: [18, 17]\n",
    );
    course
        .katas("author check --track rust hf_load")
        .exits(1)
        .says("No case catches the pitfall `no_transpose`.")
        .says("`.t` left out\n      @@ -23 +23 @@\n      -    model.kernel.set_value(weight.t());\n      +    model.kernel.set_value(weight);")
        .says("`hf_bias_flat` reversed");
}

#[test]
fn a_case_that_depends_on_the_order_of_sums_is_reported() {
    let course = Course::of_author();
    let spec = course.read("katas/hf_load/kata.yaml");
    let (before, after) = spec
        .split_once("name: all ones")
        .expect("the case is there");
    // 2²⁴ + 1 + 1 is 2²⁴ from left to right, and 2²⁴ + 2 from right to left.
    let after = after
        .replacen("x: [1, 2, 3]", "x: [16777216, 1, 1]", 1)
        .replacen("expect: [7, 5]", "expect: [16777216, 16777215]", 1);
    course.write(
        "katas/hf_load/kata.yaml",
        &format!("{before}name: all ones{after}"),
    );
    course
        .katas("author check --track rust hf_load --no-mutants")
        .exits(1)
        .says("Case 2 depends on the order of summation")
        .says("problem: kata.lock is out of date")
        .says("1 of 1 kata must be changed: 1 finding.");
}

/// A program that was not run has not passed; with `--track`, the check is limited to one language and says so.
#[test]
fn without_the_tools_of_one_language_the_check_fails() {
    let course = Course::of_author();
    let bin = course.root.join("bin");
    std::fs::create_dir(&bin).expect("a folder");
    std::os::unix::fs::symlink("/usr/bin/cc", bin.join("cc")).expect("a link");
    let path = format!("{}:{}", toolchain().join("bin").display(), bin.display());
    for command in ["check", "seal"] {
        let mut without = course.command(&["author", command, "hf_load"]);
        course
            .finish(without.env("PATH", &path))
            .exits(4)
            .says("error: the programs in python cannot be run")
            .says("there is no Python 3.11 or newer")
            .says("`--track rust` leaves them out, and says what it did not check");
    }
    let mut rust = course.command(&["author", "check", "hf_load", "--no-mutants"]);
    course
        .finish(rust.args(["--track", "rust"]).env("PATH", &path))
        .exits(0)
        .says("Not checked: programs in python.");
    course
        .katas("author check hf_load --track cobol")
        .exits(2)
        .says("there is no language named `cobol`");
    std::fs::remove_file(course.root.join("solutions/hf_load/solution.py")).expect("it is there");
    course
        .katas("author check hf_load --track rust --no-mutants")
        .exits(1)
        .says("kata.lock is out of date: the reference solution has changed");
}

/// A lock that is made without one language keeps the entries of that language that are still valid, and nothing
/// else.
#[test]
fn a_lock_keeps_what_was_not_run() {
    let course = Course::of_author();
    let lock = "katas/hf_load/kata.lock";
    let before = course.read(lock);
    course
        .katas("author seal hf_load --track rust")
        .exits(0)
        .says("the lock keeps its entries for them");
    assert_eq!(course.read(lock), before);
    let file = "solutions/hf_load/wrong/no_transpose.py";
    course.write(file, &format!("{}\n", course.read(file)));
    course
        .katas("author seal hf_load --track rust")
        .exits(0)
        .says("the lock has no entries for those that changed");
    let pitfalls = |text: &str| -> Vec<serde_json::Value> {
        let lock: serde_json::Value = serde_json::from_str(text).expect("JSON");
        lock["pitfalls"].as_array().expect("a list").clone()
    };
    let mut kept = pitfalls(&before);
    kept.retain(|known| known["id"] != "no_transpose" || known["track"] != "python");
    assert_eq!(kept.len(), pitfalls(&before).len() - 1);
    assert_eq!(pitfalls(&course.read(lock)), kept);
    course
        .katas("author check hf_load --track rust --no-mutants")
        .exits(0);
}
