//! `katas show`.

use crate::common::{Course, shown};

#[test]
fn it_shows_the_statement() {
    let course = Course::of_learner();
    shown("show_hf_load", &course.katas("show hf_load").exits(0));
    let next = course.katas("show").exits(0);
    assert_eq!(next.stdout, course.katas("show hf_load").stdout);
}

/// A kata's statement is the same in every language; the note about a language's bits is shown with it.
#[test]
fn a_language_shows_a_note_about_its_bits() {
    let course = Course::of_learner();
    let note = "the expected bits are those of eager JAX";
    course.katas("show hf_load").exits(0).says_nothing_of(note);
    course
        .write("katas/hf_load/hf_load.py", "")
        .katas("show hf_load")
        .exits(0)
        .says(note);
}

#[test]
fn names_may_be_typed_differently() {
    let course = Course::of_learner();
    for name in ["hf-load", "HF_LOAD", "hf_load/"] {
        course
            .katas(&format!("show {name}"))
            .exits(0)
            .says("Your task");
    }
}

#[test]
fn an_unknown_kata() {
    let course = Course::of_learner();
    shown("unknown_near", &course.katas("show hf_lod").exits(2));
    shown("unknown_two_near", &course.katas("show s").exits(2));
    shown("unknown_far", &course.katas("show zzzzzzzzzzzzzz").exits(2));
    for command in ["run", "hint", "reset", "solution"] {
        course
            .katas(&format!("{command} hf_laod"))
            .exits(2)
            .says("hint: did you mean `hf_load`?");
    }
}

#[test]
fn a_kata_in_another_encoding_is_an_error() {
    let course = Course::of_learner();
    let file = course.root.join("katas/hf_load/kata.yaml");
    let text = course.read("katas/hf_load/kata.yaml");
    let wide = format!("\u{feff}{text}");
    let wide = wide.encode_utf16().flat_map(u16::to_le_bytes);
    std::fs::write(&file, wide.collect::<Vec<_>>()).expect("a file");
    course
        .katas("show hf_load")
        .exits(4)
        .says("it is UTF-16 text, not UTF-8")
        .says("hint: save it as UTF-8 text and try again");
    // As some editors save it on Windows.
    let marked = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    std::fs::write(&file, marked).expect("a file");
    course.katas("show hf_load").exits(0);
}

#[test]
fn a_kata_names_the_katas_it_builds_on_until_they_pass() {
    let course = Course::of_learner();
    let list = course.read("katas/course.yaml");
    course.write(
        "katas/course.yaml",
        &format!("{list}needs: {{state_translation: [hf_load, split_merge]}}\n"),
    );
    course.solve("hf_load");
    course.katas("run hf_load").exits(0);
    course
        .katas("show state_translation")
        .exits(0)
        .says("This kata builds on split_merge, which you have not passed yet.");
}
