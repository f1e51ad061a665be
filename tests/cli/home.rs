//! `katas` without a command.

use crate::common::{Course, shown};

#[test]
fn it_shows_progress_and_the_next_kata() {
    let course = Course::of_learner();
    let katas = || course.finish(&mut course.command::<&str>(&[])).exits(0);
    shown("home_fresh", &katas());
    course.solve("hf_load").katas("run hf_load").exits(0);
    shown("home_one_passed", &katas());
    for id in ["split_merge", "state_translation"] {
        course.solve(id).katas(&format!("run {id}")).exits(0);
    }
    shown("home_all_passed", &katas());
}

#[test]
fn it_works_from_a_folder_inside_the_course() {
    let course = Course::of_learner();
    let inside = course.root.join("katas/hf_load");
    course
        .finish(course.command::<&str>(&[]).current_dir(inside))
        .exits(0)
        .says("Next: hf_load");
}

#[test]
fn outside_a_course_every_command_suggests_init() {
    let course = Course::empty();
    shown(
        "home_no_course",
        &course.finish(&mut course.command::<&str>(&[])).exits(2),
    );
    for words in [
        "list",
        "show",
        "run",
        "run hf_load",
        "hint",
        "reset hf_load",
        "solution hf_load",
    ] {
        course
            .katas(words)
            .exits(2)
            .says("error: there is no course here")
            .says("hint: `katas init DIR`");
    }
    course.katas("doctor").exits(0).says("none here");
}
