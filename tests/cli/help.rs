//! `katas help`, `--version`, and mistyped commands.

use crate::common::{Course, repository, shown};

/// The commands that the help lists, apart from `help` itself.
fn commands(help: &str) -> Vec<&str> {
    let (_, list) = help.split_once("Commands:\n").expect("a list of commands");
    let lines = list.lines().take_while(|line| !line.is_empty());
    // A continuation line is indented further.
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands: Vec<_> = names.filter(|name| !["", "help"].contains(name)).collect();
    assert!(commands.len() > 10, "{commands:?}");
    commands
}

#[test]
fn help_for_every_command() {
    let course = Course::empty();
    let help = course.katas("--help").exits(0);
    shown("help", &help);
    for command in commands(&help.stdout) {
        shown(
            &format!("help_{command}"),
            &course.katas(&format!("help {command}")).exits(0),
        );
    }
    shown("version", &course.katas("--version").exits(0));
}

#[test]
fn the_readme_has_every_command() {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("README.md");
    let help = Course::empty().katas("--help").exits(0).stdout;
    for command in commands(&help) {
        let row = format!("\n| `katas {command}");
        assert!(
            readme.contains(&row),
            "README.md has no row for `katas {command}`"
        );
    }
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
