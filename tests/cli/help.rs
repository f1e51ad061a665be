//! `katas help`, `--version`, and commands that were typed wrongly.

use crate::common::{Course, shown};

#[test]
fn help_for_every_command() {
    let course = Course::empty();
    shown("help", &course.katas("--help").exits(0));
    for command in [
        "init", "list", "show", "run", "hint", "reset", "solution", "api", "doctor",
    ] {
        shown(
            &format!("help_{command}"),
            &course.katas(&format!("help {command}")).exits(0),
        );
    }
    shown("version", &course.katas("--version").exits(0));
}

#[test]
fn the_documented_exit_codes_are_the_real_ones() {
    use ::katas::cli::Exit;
    let help = Course::empty().katas("--help").exits(0).stdout;
    let words: Vec<_> = help.split_whitespace().collect();
    let codes = words.join(" ");
    let (_, codes) = codes
        .split_once("Exit codes: ")
        .expect("help tells the exit codes");
    for exit in [
        Exit::Passed,
        Exit::NotYet,
        Exit::Usage,
        Exit::BrokenKata,
        Exit::MissingTool,
        Exit::Internal,
    ] {
        assert!(
            format!(" {codes}").contains(&format!(" {} ", exit as u8)),
            "{exit:?}: {codes}"
        );
    }
}

#[test]
fn mistyped() {
    let course = Course::of_learner();
    shown("mistyped_command", &course.katas("rnu hf_load").exits(2));
    shown(
        "mistyped_flag",
        &course.katas("run hf_load --cases 2").exits(2),
    );
    shown(
        "mistyped_number",
        &course.katas("run hf_load --case two").exits(2),
    );
    shown(
        "mistyped_color",
        &course.katas("list --color sometimes").exits(2),
    );
}
