//! A machine that lacks something: each time, the message says what is missing, and a hint says what to do.

use crate::common::{Course, shown, toolchain};

#[test]
fn no_rustc() {
    let course = Course::of_learner();
    let screen = course.finish(course.command(&["run", "hf_load"]).env("PATH", "/nowhere"));
    shown("machine_no_rustc", &screen.exits(4));
}

#[test]
fn no_linker() {
    let course = Course::of_learner();
    let path = toolchain().join("bin");
    let fresh = course.cache.join("fresh");
    let mut command = course.command(&["run", "hf_load"]);
    let screen = course.finish(command.env("PATH", path).env("KATAS_CACHE", fresh));
    shown("machine_no_linker", &screen.exits(4));
}

#[test]
fn no_network() {
    let course = Course::of_learner();
    let path = format!("{}:{}", toolchain().join("bin").display(), path());
    // With cargo set to offline, and with a network that does not work.
    for (round, variables) in [
        vec![("CARGO_NET_OFFLINE", "true")],
        vec![
            ("CARGO_HTTP_PROXY", "http://127.0.0.1:9"),
            ("CARGO_NET_RETRY", "0"),
        ],
    ]
    .into_iter()
    .enumerate()
    {
        let place = course.cache.join(round.to_string());
        let mut command = course.command(&["run", "hf_load"]);
        command
            .env("PATH", &path)
            .env("KATAS_CACHE", place.join("katas"))
            .env("CARGO_HOME", place.join("cargo"))
            .envs(variables);
        course
            .finish(&mut command)
            .exits(4)
            .says("error: cannot download what the teaching crate needs")
            .says("hint: the first run downloads");
        // No unfinished build is left that could be mistaken for a library.
        let left = std::fs::read_dir(place.join("katas/nnx")).expect("the cache was begun");
        let left: Vec<_> = left
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert!(
            left.iter()
                .all(|name| name.to_string_lossy().ends_with(".lock")),
            "{left:?}"
        );
    }
}

fn path() -> String {
    std::env::var("PATH").expect("cargo sets PATH")
}

#[test]
fn a_rustc_that_does_not_answer() {
    let course = Course::of_learner();
    let tools = tempfile::tempdir().expect("a folder can be made");
    let rustc = tools.path().join("rustc");
    std::fs::write(
        &rustc,
        "#!/bin/sh\necho 'no toolchain is installed' >&2\nexit 1\n",
    )
    .expect("a script");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&rustc, mode).expect("a mode");
    let screen = course.finish(
        course
            .command(&["run", "hf_load"])
            .env("PATH", tools.path()),
    );
    shown("machine_broken_rustc", &screen.exits(4));
}

#[test]
fn a_cache_that_cannot_be_written() {
    let course = Course::of_learner();
    let screen = course.finish(
        course
            .command(&["run", "hf_load"])
            .env("KATAS_CACHE", "/proc/katas"),
    );
    shown("machine_no_cache", &screen.exits(4));
}

#[test]
fn a_file_where_the_cache_should_be() {
    let course = Course::of_learner();
    course.write("cache", "");
    let cache = course.root.join("cache");
    let screen = course.finish(
        course
            .command(&["run", "hf_load"])
            .env("KATAS_CACHE", cache),
    );
    shown("machine_file_for_cache", &screen.exits(4));
}

#[test]
fn a_course_that_cannot_be_written() {
    // Root is not bound by permissions, so a file takes the place of the folder `.katas`.
    let course = Course::of_learner();
    course.write(".katas", "");
    course.solve("hf_load");
    shown("machine_no_progress", &course.katas("run hf_load").exits(4));
    assert_eq!(course.read(".katas"), "");
}

#[test]
fn a_toolchain_file_next_to_the_answer_has_no_effect() {
    let course = Course::of_author();
    course.write("rust-toolchain.toml", "[toolchain]\nchannel = \"1.0.0\"\n");
    course.write(
        ".cargo/config.toml",
        "[build]\nrustflags = [\"--nonsense\"]\n",
    );
    course.write("katas/hf_load/rust-toolchain", "nonsense");
    course.solve("hf_load").katas("run hf_load").exits(0);
}

#[test]
fn flags_of_the_environment_change_nothing() {
    let course = Course::of_author();
    course.solve("hf_load");
    let mut command = course.command(&["run", "hf_load"]);
    command.envs([
        ("RUSTFLAGS", "--nonsense"),
        ("RUSTC_WRAPPER", "/nowhere"),
        ("LD_PRELOAD", ""),
    ]);
    course.finish(&mut command).exits(0);
}

#[test]
fn a_damaged_cache_is_repaired() {
    let course = Course::of_author();
    course.solve("hf_load").katas("run hf_load").exits(0);
    std::fs::write(course.cache.join("toolchain.json"), "{").expect("the cache can be written");
    for entry in std::fs::read_dir(course.cache.join("answers")).expect("answers are kept") {
        let record = entry.expect("an entry").path().join("built.json");
        std::fs::write(record, "").expect("the cache can be written");
    }
    course.katas("run hf_load").exits(0);
}
