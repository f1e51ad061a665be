//! `katas setup`, with fake tools; `tests/with_tools/python.rs` uses real ones.

use std::os::unix::fs::PermissionsExt;

use crate::common::{Course, Output, shown};

/// Runs `katas setup` with only these programs on the path, as shell scripts.
fn set_up(course: &Course, words: &[&str], programs: &[(&str, &str)]) -> Output {
    let folder = course.root.join("bin");
    for (name, script) in programs {
        let file = format!("bin/{name}");
        course.write(&file, &format!("#!/bin/sh\n{script}\n"));
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(course.root.join(file), mode).expect("it was written");
    }
    let mut command = course.command(&["setup"]);
    course.finish(command.args(words).env("PATH", folder))
}

/// A Python of this version without packages, which creates plain folders instead of environments.
fn python(version: &str, makes: &str) -> String {
    format!(
        "case \"$*\" in *venv*) {makes};; esac\n\
         echo '{{\"executable\": \"'$0'\", \"prefix\": \"/none\", \"base\": \"'$0'\", \"base_prefix\": \"/none\", \
         \"version\": {version}, \"path\": [], \"packages\": {{}}}}'"
    )
}

/// The output of `katas setup` if an installer prints this and fails.
fn says(words: &str) -> Output {
    let course = Course::empty();
    let fails = format!("echo '{words}' >&2; exit 1");
    let python = python("[3, 12, 1]", &fails);
    set_up(&course, &["python"], &[("python3", &python)])
}

#[test]
fn a_language_that_is_none() {
    let course = Course::empty();
    shown("setup_language", &set_up(&course, &["cobol"], &[]).exits(2));
}

#[test]
fn without_python_the_hint_names_what_to_install() {
    let course = Course::empty();
    shown(
        "setup_no_python",
        &set_up(&course, &["python"], &[]).exits(4),
    );
    let old = python("[3, 10, 9]", "exit 1");
    set_up(&course, &["python"], &[("python3", &old)])
        .exits(4)
        .says("there is no Python 3.11 or newer");
    set_up(&course, &["python", "--python", "bin/python3"], &[])
        .exits(4)
        .says("bin/python3 is not Python 3.11 or newer");
}

#[test]
fn messages_of_installers_are_understood() {
    says("error: error sending request for url")
        .exits(4)
        .says("cannot download JAX and Flax")
        .says("connect to the network");
    says("OSError: [Errno 28] No space left on device")
        .exits(4)
        .says("the disk has too little space");
    says("Error: ensurepip is not available")
        .exits(4)
        .says("apt install python3-venv");
    says("something else")
        .exits(4)
        .says("cannot create the Python environment")
        .says("something else");
}

/// A Python with a different version of JAX is reported and not used.
#[test]
fn other_versions_are_reported() {
    let course = Course::of_learner();
    course.write("katas/hf_load/hf_load.py", "");
    let other = python("[3, 12, 1]", "exit 1");
    let other = other.replace(
        "\"packages\": {}",
        "\"packages\": {\"jax\": \"0.4.30\", \"flax\": \"0.8.5\"}",
    );
    set_up(&course, &["python"], &[("python3", &other)]).exits(4);
    let mut doctor = course.command(&["doctor"]);
    let told = course.finish(doctor.env("PATH", course.root.join("bin")));
    // The line breaks depend on the folder's name.
    let told = told.exits(0).stdout;
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("has jax 0.4.30, flax 0.8.5: not the versions that the katas need"),
        "{told}"
    );
}

/// An incomplete environment is not used: the next run creates it again.
#[test]
fn what_was_not_finished_is_made_again() {
    let course = Course::empty();
    let folder = "mkdir -p \"$3/bin\"; exit 1";
    let python = python("[3, 12, 1]", folder);
    for _ in 0..2 {
        set_up(&course, &["python"], &[("python3", &python)])
            .exits(4)
            .says("cannot create the Python environment");
        let left = std::fs::read_dir(course.cache.join("python")).expect("it was begun");
        let mut left = left.map(|entry| entry.expect("an entry").path());
        assert!(
            left.all(|path| path.is_file()),
            "an environment is left over"
        );
    }
}

#[test]
fn rust_is_set_up_as_the_first_run_does() {
    let course = Course::of_learner();
    course
        .katas("setup rust")
        .exits(0)
        .says("Answers in rust can be judged.");
    course
        .katas("setup rust --python python3")
        .exits(4)
        .says("rust does not use python3");
}
