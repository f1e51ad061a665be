//! Courses as they are read.

use crate::spec::{Chapter, Course, Credit, SealedResults, parse_course};

#[test]
fn the_closing_texts_of_a_course_are_read() {
    let text = "format: 1\ntitle: A\nchapters: [{title: B, katas: [a], recap: ' so far '}]\nclosing: done\n";
    let course = parse_course("course.yaml", text).unwrap();
    assert_eq!(course.chapters[0].recap.as_deref(), Some("so far"));
    assert_eq!(course.closing.as_deref(), Some("done"));
}

#[test]
fn a_course_is_read() {
    let text = "format: 1\ntitle: A\nchapters: [{title: B, katas: [hf_load, rope]}, {title: C, katas: []}]\n";
    let chapter = |title: &str, katas: &[&str]| Chapter {
        title: title.to_owned(),
        katas: katas.iter().map(|id| (*id).to_owned()).collect(),
        recap: None,
    };
    let course = Course {
        title: "A".to_owned(),
        chapters: vec![chapter("B", &["hf_load", "rope"]), chapter("C", &[])],
        credit: Credit::Cases,
        sealed: SealedResults::Count,
        closing: None,
        needs: [].into(),
    };
    assert_eq!(parse_course("course.yaml", text), Ok(course.clone()));
    let more = format!("{text}points: {{credit: all}}\nsealed: teacher\n");
    assert_eq!(
        parse_course("course.yaml", &more),
        Ok(Course {
            credit: Credit::All,
            sealed: SealedResults::Teacher,
            ..course
        })
    );
}
