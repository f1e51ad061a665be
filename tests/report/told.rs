//! Reports of answers that were really judged contain the texts of the learner's screen.

use katas::record::Record;

use crate::common::Course;

const RECORD: &str = "record.json";

fn graded(course: &Course) -> Record {
    course
        .katas("grade --report json=record.json --report markdown=page.md --report csv=table.csv")
        .exits(0);
    katas::report::read(course.read(RECORD).as_bytes()).expect("a record")
}

#[test]
fn an_unwritten_answer_is_recognized() {
    let course = Course::of_learner();
    for id in ["hf_load", "split_merge", "state_translation"] {
        let starter = course.read(&format!("katas/{id}/starter.rs"));
        course.write_answer(id, &starter);
    }
    let record = graded(&course);
    for kata in &record.submissions[0].katas {
        assert_eq!(kata.headline, "not yet. The answer is not written yet.");
        assert!(kata.screen.contains("The answer is not written yet."));
        let said = &kata.cases[0].said;
        assert!(
            said.starts_with("The answer is not written yet: "),
            "{said}"
        );
        assert!(said.contains(" at katas/"), "{said}");
        assert!(!said.contains("not yet implemented"), "{said}");
    }
}

#[test]
fn a_missing_call_has_the_same_words_everywhere() {
    let course = Course::of_learner();
    course
        .answer("hf_load", "panic")
        .answer("split_merge", "never_called");
    let record = graded(&course);
    let words = "The numbers are right, but nnx.split and nnx.merge were never called.";
    let kata = &record.submissions[0].katas[1];
    assert_eq!(kata.headline, format!("not yet. {words}"));
    for file in ["page.md", "table.csv"] {
        assert!(course.read(file).contains(words), "{file}");
    }
    let said = &record.submissions[0].katas[0].cases[0].said;
    assert!(said.starts_with("The answer panicked: "), "{said}");
    let place = said.rsplit(' ').next().unwrap_or_default();
    assert!(place.starts_with("katas/hf_load/hf_load.rs:"), "{said}");
}
