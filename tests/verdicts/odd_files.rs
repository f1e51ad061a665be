//! Answers that are not regular source files.

use super::shown;
use crate::common::{Course, Output};

fn judge(course: &Course, name: &str) -> Output {
    course.katas(&format!("run hf_load --answer {name}"))
}

#[test]
fn no_such_file() {
    let course = Course::of_learner();
    shown("odd_no_such_file", &judge(&course, "nowhere.rs").exits(4));
}

#[test]
fn a_folder() {
    let course = Course::of_learner();
    course.write("folder.rs/file", "");
    shown("odd_folder", &judge(&course, "folder.rs").exits(1));
}

#[test]
fn another_language() {
    let course = Course::of_learner();
    course.write("answer.cpp", "int main() {}");
    shown("odd_language", &judge(&course, "answer.cpp").exits(2));
}

#[test]
fn not_text() {
    let course = Course::of_learner();
    std::fs::write(course.root.join("latin.rs"), b"// na\xefve\n")
        .expect("the course can be written");
    shown("odd_not_text", &judge(&course, "latin.rs").exits(1));
}

#[test]
fn a_file_of_half_a_megabyte() {
    let course = Course::of_learner();
    course.write("large.rs", &"// much\n".repeat(64 * 1024));
    shown("odd_large", &judge(&course, "large.rs").exits(1));
}

#[test]
fn a_pipe_is_not_waited_for() {
    let course = Course::of_learner();
    let pipe = course.root.join("pipe.rs");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo can be started").success());
    judge(&course, "pipe.rs")
        .exits(1)
        .says("is not a regular file");
    judge(&course, "/dev/zero")
        .exits(2)
        .says("is not in a language that katas supports");
}

#[test]
fn a_link_to_an_answer_is_followed() {
    let course = Course::of_learner();
    course.write("elsewhere/mine.rs", "");
    let solution = crate::common::repository().join("solutions/hf_load/solution.rs");
    let link = course.root.join("katas/hf_load/hf_load.rs");
    std::os::unix::fs::symlink(solution, link).expect("a link can be made");
    course.katas("run hf_load").exits(0);
}

#[test]
fn a_byte_order_mark_and_windows_lines_are_fine() {
    let course = Course::of_learner();
    let solution = crate::common::repository().join("solutions/hf_load/solution.rs");
    let text = std::fs::read_to_string(solution).expect("a solution");
    course.write_answer(
        "hf_load",
        &format!("\u{feff}{}", text.replace('\n', "\r\n")),
    );
    course.katas("run hf_load").exits(0);
}
