//! `katas api`.

use std::fs::{File, FileTimes};
use std::time::{Duration, SystemTime};

use crate::common::{Course, repository, shown};

#[test]
fn it_lists_every_name_on_a_line() {
    let screen = Course::empty().katas("api").exits(0);
    shown("api", &screen);
    let text = std::fs::read_to_string(repository().join("nnx/API.md")).expect("it is there");
    let mut rows = 0;
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let is_whole = |line: &&str| {
            line.trim().starts_with(cells[0]) && line.ends_with(cells[2]) && line.contains(cells[1])
        };
        assert!(screen.stdout.lines().any(|line| is_whole(&line)), "{row}");
        rows += 1;
    }
    assert!(rows > 150, "{rows}");
    assert!(screen.stdout.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn a_part_of_a_name_selects_rows() {
    let course = Course::of_learner();
    shown("api_linear", &course.katas("api linear").exits(0));
    shown("api_flax", &course.katas("api jax.random.fold_in").exits(0));
    shown("api_near", &course.katas("api linaer").exits(2));
    shown("api_far", &course.katas("api zzzzzzzzzzzzzz").exits(2));
}

#[test]
fn another_language_gets_a_hint() {
    let course = Course::of_learner();
    course.write("katas/hf_load/hf_load.rs", "");
    let python = course
        .write("katas/split_merge/split_merge.py", "")
        .root
        .join("katas/split_merge/split_merge.py");
    // The newest answer determines the language.
    let written = |after: bool| {
        let step = Duration::from_secs(60);
        let now = SystemTime::now();
        let time = if after { now + step } else { now - step };
        let file = File::options()
            .append(true)
            .open(&python)
            .expect("it was written");
        file.set_times(FileTimes::new().set_modified(time))
            .expect("it is ours");
    };
    written(true);
    shown("api_python", &course.katas("api").exits(0));
    course
        .katas("api linear")
        .exits(0)
        .says("Answers in Python use");
    written(false);
    course
        .katas("api linear")
        .exits(0)
        .says("nnx.LinearGeneral");
}
