//! Color, width, and closed pipes.

use std::process::{Command, Stdio};

use crate::common::{Course, Output, repository, shown};

fn colored(screen: &Output) -> bool {
    screen.stdout.contains('\x1b')
}

fn list(course: &Course, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut words = vec!["list"];
    words.extend(arguments);
    let mut command: Command = course.command(&words);
    command.envs(variables.iter().copied());
    course.finish(&mut command).exits(0)
}

#[test]
fn color_depends_on_options_and_environment() {
    let course = Course::of_learner();
    let is_colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        colored(&list(&course, arguments, variables))
    };
    // By default, output to a pipe has no color.
    assert!(!is_colored(&[], &[]));
    assert!(!is_colored(&[], &[("TERM", "xterm-256color")]));
    assert!(is_colored(&["--color", "always"], &[]));
    assert!(is_colored(
        &["--color", "always"],
        &[("NO_COLOR", "1"), ("TERM", "dumb")]
    ));
    assert!(is_colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!is_colored(
        &[],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(!is_colored(
        &["--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
    assert!(!is_colored(&[], &[("TERM", "dumb")]));
}

#[test]
fn color_changes_no_word() {
    let course = Course::of_author();
    for (id, answer) in [
        ("hf_load", "one_bit"),
        ("hf_load", "no_function"),
        ("split_merge", "never_called"),
    ] {
        course.answer(id, answer);
        let plain = course.katas(&format!("run {id}")).exits(1);
        let colored = course.katas(&format!("run {id} --color always")).exits(1);
        assert!(colored.stdout.contains('\x1b'));
        let without_time = |text: &str| {
            let head = text.find(" (").unwrap_or(0);
            let tail = text.find("s)").unwrap_or(0);
            format!("{}{}", &text[..head], &text[tail..])
        };
        assert_eq!(
            without_time(&stripped(&colored.stdout)),
            without_time(&plain.stdout)
        );
    }
}

#[test]
fn the_compilers_messages_keep_their_colors() {
    let course = Course::of_author();
    course.answer("hf_load", "compile_error");
    let screen = course.katas("run hf_load --color always").exits(1);
    assert!(screen.stdout.contains("\x1b[") && stripped(&screen.stdout).contains("error[E0308]: "));
    course.katas("run hf_load").exits(1).says_nothing_of("\x1b");
}

#[test]
fn colors_on_a_screen() {
    let course = Course::of_author();
    course.answer("hf_load", "one_bit");
    shown(
        "color_always",
        &course.katas("run hf_load --color always").exits(1),
    );
}

fn stripped(text: &str) -> String {
    let mut plain = String::new();
    let mut parts = text.split("\x1b[");
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

#[test]
fn narrow_and_wide_screens() {
    let course = Course::of_author();
    course
        .answer("hf_load", "panic_in_nnx")
        .answer("split_merge", "never_called");
    for columns in ["40", "120"] {
        for (name, words) in [
            ("home", ""),
            ("list", "list"),
            ("show", "show hf_load"),
            ("panic", "run hf_load"),
            ("never_called", "run split_merge"),
            (
                "case",
                "run hf_load --answer solutions/hf_load/wrong/reshape_in_out.rs",
            ),
            ("hint", "hint hf_load --all"),
        ] {
            let words: Vec<_> = words.split_whitespace().collect();
            let screen = course.finish(course.command(&words).env("COLUMNS", columns));
            shown(&format!("columns_{columns}_{name}"), &screen);
        }
    }
}

#[test]
fn a_width_that_makes_no_sense_is_no_reason_to_fail() {
    let course = Course::of_author();
    course.answer("hf_load", "one_bit");
    for columns in ["0", "1", "-3", "many", "99999999999999999999"] {
        for words in [vec!["list"], vec!["show"], vec!["run", "hf_load"]] {
            let screen = course.finish(course.command(&words).env("COLUMNS", columns));
            assert!(matches!(screen.code, Some(0 | 1)), "{screen}");
        }
    }
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let course = Course::of_author();
    course.solve("hf_load");
    for words in [
        vec!["list"],
        vec!["show", "hf_load"],
        vec!["run", "hf_load"],
        vec!["--help"],
    ] {
        let mut command = course.command(&words);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("katas can be started");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let screen = Output::new(&output, &[]);
        assert_eq!(screen.stderr, "", "{words:?}");
        assert_eq!(screen.code, Some(0), "{words:?}");
    }
    // The verdict is stored although nobody read the output.
    course.katas("list").exits(0).says("1 of 3 katas passed");
}

/// A failure fits on a screen of 24 lines and 80 columns, including the prompt after it. `src/ui/tests.rs` has longer
/// ones.
#[test]
fn a_failure_fits_one_screen() {
    let folder = repository().join("tests/snapshots");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a snapshot");
        let judged = name.starts_with("verdict_") || name.starts_with("value_");
        if !judged || !text.contains("[exit status: 1]") {
            continue;
        }
        // Three lines of insta's header, and the exit status.
        let lines = text.lines().count() - 4;
        assert!(lines <= 23, "{name} has {lines} lines");
        let wide = text
            .lines()
            .find(|line| !line.contains("^^^") && line.chars().count() > 80);
        assert!(
            wide.is_none() || text.contains("error[E"),
            "{name}: {wide:?}"
        );
        seen += 1;
    }
    assert!(seen > 30, "only {seen} screens were seen");
}

/// Errors are wrapped like all other text, but commands that a person may copy are not broken.
#[test]
fn errors_are_wrapped() {
    let course = Course::of_author();
    let mut command = course.command(&["author", "new", "rope"]);
    for (columns, expected) in [
        (
            "80",
            "error: no signature was given\n\
             hint: `katas author new rope --signature 'fn load(x: f32[in], features: usize) -> f32[features]'`\n",
        ),
        (
            "25",
            "error: no signature was\n       given\n\
             hint: `katas author new rope --signature 'fn load(x: f32[in], features: usize) -> f32[features]'`\n",
        ),
    ] {
        let done = command
            .env("COLUMNS", columns)
            .output()
            .expect("katas runs");
        assert_eq!(String::from_utf8_lossy(&done.stderr), expected);
    }
    std::fs::remove_dir_all(course.root.join("katas")).expect("it is there");
    let done = course.command(&["list"]).env("COLUMNS", "50").output();
    let said = String::from_utf8(done.expect("katas runs").stderr).expect("UTF-8");
    let root = course.root.display().to_string();
    let hint = "\nhint: `katas init DIR` creates a course in a new\n      folder; then `cd DIR` and `katas run`\n";
    assert!(said.ends_with(hint) && said.contains(&root), "{said}");
    for line in said.lines() {
        assert!(line.len() <= 50 || line.contains(&root), "{said}");
    }
}

/// A full disk or a device that refuses output is an error; a closed pipe is not.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_printed_is_an_error() {
    let course = Course::of_author();
    let mut command = course.command(&["list"]);
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("the device");
    let done = command.stdout(full).output().expect("katas runs");
    assert_eq!(done.status.code(), Some(4));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(
        said.contains("some of the output could not be written"),
        "{said}"
    );
}
