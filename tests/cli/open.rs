//! `katas open`.

use crate::common::Course;

#[test]
fn it_opens_the_answer() {
    let course = Course::of_learner();
    // It is added to the command as one argument.
    let edit = |words: &[&str]| course.finish(&mut course.command(words));
    let first = edit(&["open", "--edit-cmd", "echo EDITING"]).exits(0);
    let first = first.says("Created katas/hf_load/hf_load.rs from the starter.");
    first.says("EDITING [COURSE]/katas/hf_load/hf_load.rs");
    course.katas("next").exits(0).says("split_merge");
    let next = edit(&["open", "--edit-cmd", "echo"]).exits(0);
    next.says("/katas/split_merge/split_merge.rs");
    let python = edit(&["open", "hf_load", "--track", "python", "--edit-cmd", "echo"]);
    python.exits(0).says("/katas/hf_load/hf_load.py");
    let failed = edit(&["open", "--edit-cmd", "false"]).exits(4);
    failed
        .says("`false` ended with exit status: 1")
        .says("--edit-cmd COMMAND");
}

#[test]
fn the_usual_variables_name_the_editor() {
    let course = Course::of_learner();
    let mut command = course.command(&["open", "hf_load"]);
    command.env("EDITOR", "echo by EDITOR");
    course.finish(&mut command).exits(0).says("by EDITOR");
    command.env("VISUAL", "echo by VISUAL");
    course.finish(&mut command).exits(0).says("by VISUAL");
    let mut command = course.command(&["open", "hf_load"]);
    command.env("PATH", course.root.join("nothing"));
    course
        .finish(&mut command)
        .exits(4)
        .says("set VISUAL or EDITOR");
}
