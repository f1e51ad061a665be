//! `katas hint`.

use crate::common::{Course, repository, shown};

#[test]
fn each_time_a_stronger_one() {
    let course = Course::of_learner();
    for step in 1..=4 {
        shown(
            &format!("hint_{step}"),
            &course.katas("hint hf_load").exits(0),
        );
    }
    let again = course.katas("hint hf_load").exits(0);
    shown("hint_4", &again);
}

#[test]
fn all_of_them() {
    let course = Course::of_learner();
    shown("hint_all", &course.katas("hint hf_load --all").exits(0));
}

#[test]
fn without_a_name_it_is_the_next_kata() {
    let course = Course::of_learner();
    course.katas("hint").exits(0).says("hf_load, hint 1 of 4");
    course.solve("hf_load").katas("run").exits(0);
    course
        .katas("hint")
        .exits(0)
        .says("split_merge, hint 1 of 4");
}

/// After a known mistake, its text and its hint come first, once; then the hints continue in order.
#[test]
fn the_hint_for_a_mistake_comes_first() {
    let course = Course::of_learner();
    let wrong = |id: &str| {
        let path = repository().join(format!("solutions/hf_load/wrong/{id}.rs"));
        std::fs::read_to_string(path).expect("a wrong answer")
    };
    course.write_answer("hf_load", &wrong("bias_reversed"));
    let belongs = "katas hint hf_load  get the hint for this mistake";
    course.katas("run hf_load").exits(1).says(belongs);
    shown("hint_pitfall", &course.katas("hint hf_load").exits(0));
    // The hint was shown; from here on the others follow one by one, without repeating it.
    course
        .katas("run hf_load")
        .exits(1)
        .says("get a hint; each one tells you more");
    shown("hint_pitfall_then", &course.katas("hint hf_load").exits(0));
    for (step, more) in [(2, "get a stronger hint"), (4, "That was the last hint.")] {
        course
            .katas("hint hf_load")
            .exits(0)
            .says(&format!("hint {step} of 4"))
            .says(more)
            .says_nothing_of("Your last answer");
    }
    // Another mistake shows its own hint, even if that hint was shown before.
    course.write_answer("hf_load", &wrong("reshape_in_out"));
    course.katas("run hf_load").exits(1).says(belongs);
    course
        .katas("hint hf_load")
        .exits(0)
        .says("Your last answer:\nYour kernel has Flax's shape")
        .says("hint 2 of 4");
    course
        .katas("hint hf_load --all")
        .exits(0)
        .says("Your last answer:\n");
}

/// A pitfall without a hint, or with a hint that does not exist, still shows its text.
#[test]
fn a_mistake_without_a_hint_is_shown_with_the_next_hint() {
    for (old, new) in [("    hint: 3\n", ""), ("    hint: 3\n", "    hint: 9\n")] {
        let course = Course::of_author();
        let spec = course.read("katas/hf_load/kata.yaml").replace(old, new);
        let wrong = course.read("solutions/hf_load/wrong/stale_init.rs");
        course
            .write("katas/hf_load/kata.yaml", &spec)
            .write_answer("hf_load", &wrong);
        course.katas("run hf_load").exits(1).says("get a hint");
        course
            .katas("hint hf_load")
            .exits(0)
            .says("Your last answer:\nYour layer used its initial weights")
            .says("hint 1 of 4");
        course
            .katas("hint hf_load")
            .exits(0)
            .says("hint 2 of 4")
            .says_nothing_of("Your last");
    }
}
