//! `katas doctor`.

use crate::common::{Course, shown, toolchain};

#[test]
fn all_is_well() {
    let course = Course::of_learner();
    let screen = course.katas("doctor").exits(0);
    for fact in [
        "katas  ",
        " [COURSE]",
        " [CACHE]",
        "linker  ",
        " rustc 1.",
        "toolchain  ",
        " built",
        "editor  ",
        "limits  ",
        "your answers  ",
        "untrusted answers  ",
    ] {
        screen.clone().says(fact);
    }
    screen.says("Everything that katas needs is installed and works.");
}

#[test]
fn no_rustc() {
    let course = Course::of_learner();
    let screen = course.finish(course.command(&["doctor"]).env("PATH", "/nowhere"));
    shown("doctor_no_rustc", &screen.exits(4));
}

#[test]
fn no_linker() {
    let course = Course::of_learner();
    let path = toolchain().join("bin");
    course
        .finish(course.command(&["doctor"]).env("PATH", path))
        .exits(4)
        .says("missing: no `cc` on PATH")
        .says("hint: install a C compiler");
}

#[test]
fn a_cache_that_cannot_be_written() {
    let course = Course::of_learner();
    course
        .finish(
            course
                .command(&["doctor"])
                .env("KATAS_CACHE", "/proc/katas"),
        )
        .exits(4)
        .says("/proc/katas, not writable")
        .says("hint: ");
}
