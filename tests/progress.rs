//! Progress survives damage and newer versions of its file. Kills and full disks are tested in `lost.rs`.

use crate::common::{Course, shown};

const FILE: &str = ".katas/progress.json";

fn parsed(course: &Course) -> serde_json::Value {
    serde_json::from_str(&course.read(FILE)).expect("progress is JSON")
}

#[test]
fn what_is_remembered() {
    let course = Course::of_learner();
    course.answer("hf_load", "panic");
    course.katas("run hf_load").exits(1);
    course.katas("run hf_load").exits(1);
    course.katas("hint hf_load").exits(0);
    course.solve("hf_load").katas("run hf_load").exits(0);
    let progress = parsed(&course);
    assert_eq!(progress["format"], 4);
    let kata = &progress["katas"]["hf_load"]["rust"];
    // The same answer judged twice counts as one try.
    assert_eq!(kata["tries"], 2);
    assert_eq!(kata["passed"], true);
    assert_eq!(kata["hints"], 1);
    assert_eq!(kata["last"].as_str().map(str::len), Some(64));
    let cases = kata["cases"].as_array().expect("what the cases came to");
    assert_eq!(cases.len(), 8);
    assert_eq!(
        cases[7],
        serde_json::json!({"case": "eight by eight", "verdict": "passed"})
    );
}

/// A file of the first version lacks the verdicts of cases, and some lack the pitfall; all its data is kept.
#[test]
fn an_older_file_is_read() {
    let course = Course::of_learner();
    let old = "{\"format\": 1, \"katas\": {\"hf_load\": {\"tries\": 3, \"passed\": true, \"hints\": 2, \"last\": \"\", \"last_passed\": true}}}";
    course.write(FILE, old).answer("hf_load", "one_bit");
    course
        .katas("run hf_load")
        .exits(1)
        .says("Your last answer passed every case; this one does not.");
    let progress = parsed(&course);
    assert_eq!(progress["format"], 4);
    let kata = &progress["katas"]["hf_load"]["rust"];
    assert_eq!(
        (&kata["tries"], &kata["hints"], &kata["passed"]),
        (&4.into(), &2.into(), &true.into())
    );
}

/// Each language has its own progress; a kata is passed if it is passed in any language.
#[test]
fn what_was_done_in_another_language_stays() {
    let course = Course::of_learner();
    let other = r#"{"format": 3, "katas": {"hf_load": {"other": {"tries": 9, "passed": true, "hints": 2, "last": "", "last_passed": true}}}}"#;
    course.write(FILE, other).answer("hf_load", "one_bit");
    course.katas("list").exits(0).says("1 of 3 katas passed");
    let screen = course.katas("run hf_load").exits(1);
    screen.says_nothing_of("Your last answer passed every case");
    let kata = &parsed(&course)["katas"]["hf_load"];
    assert_eq!(kata["other"]["tries"], 9);
    assert_eq!(kata["rust"]["tries"], 1);
    assert_eq!(kata["rust"]["passed"], false);
    course.katas("reset hf_load").exits(0);
    let kata = &parsed(&course)["katas"]["hf_load"];
    assert_eq!(kata["other"]["hints"], 0);
    assert_eq!(kata["other"]["passed"], true);
}

/// Changes of verdicts since the last run are shown, if there are any.
#[test]
fn what_changed_since_the_last_run() {
    let course = Course::of_learner();
    let run = |id: &str, says: &str| {
        let screen = course.answer("hf_load", id).katas("run hf_load").exits(1);
        match says {
            "" => screen.says_nothing_of("Compared with the last run"),
            says => screen.says(says),
        }
    };
    run("one_bit", "");
    run("one_bit", "");
    // No case is judged, so the earlier verdicts are kept.
    run("compile_error", "");
    run(
        "panic_on_one_case",
        "Compared with the last run: case 3 cycle differed before and now panics; cases\n1, 2, 4 and 5 pass now.\n",
    );
    course
        .solve("hf_load")
        .katas("run hf_load")
        .exits(0)
        .says_nothing_of("Compared with the last run");
    course.answer("hf_load", "one_bit");
    shown("run_changed", &course.katas("run hf_load").exits(1));
    // Neither a run of another file nor a run of one case counts as a try.
    course
        .katas("run hf_load --case 1")
        .says_nothing_of("Compared with the last run");
    course.katas("reset hf_load").exits(0);
    course
        .katas("run hf_load")
        .exits(1)
        .says_nothing_of("Compared with the last run");
}

#[test]
fn a_damaged_file_is_set_aside() {
    for damage in [
        "",
        "{",
        "[]",
        "{\"format\": 1}",
        "{\"format\": 1, \"katas\": {\"hf_load\": 3}}",
        "\u{0}",
    ] {
        let course = Course::of_learner();
        course.write(FILE, damage);
        course.solve("hf_load");
        // The message is repeated until progress is written again, with a command that restores the file.
        for _ in 0..2 {
            let list = course.katas("list").exits(0).says("0 of 3 katas passed");
            list.says("was damaged").says("`katas run --all`");
        }
        assert_eq!(course.read(".katas/progress.json.damaged"), damage);
        course.katas("run --all").exits(1);
        assert_eq!(parsed(&course)["katas"]["hf_load"]["rust"]["passed"], true);
        let list = course.katas("list").exits(0).says("1 of 3 katas passed");
        list.says_nothing_of("damaged");
    }
}

#[test]
fn a_second_damaged_file_replaces_none() {
    let course = Course::of_learner();
    for (damage, name) in [
        ("first", "progress.json.damaged"),
        ("second", "progress.json.damaged.2"),
        ("third", "progress.json.damaged.3"),
    ] {
        course.write(FILE, damage);
        course
            .katas("list")
            .exits(0)
            .says(&format!("now .katas/{name}."));
        assert_eq!(course.read(&format!(".katas/{name}")), damage);
    }
    assert_eq!(course.read(".katas/progress.json.damaged"), "first");
}

#[test]
fn a_pipe_or_a_folder_in_its_place_is_set_aside() {
    for odd in ["mkfifo", "mkdir"] {
        let course = Course::of_learner();
        course.write(".katas/lock", "");
        let path = course.root.join(FILE);
        let made = std::process::Command::new(odd).arg(&path).status();
        assert!(made.expect("it can be started").success());
        let list = course.katas("list").exits(0).says("0 of 3 katas passed");
        list.says("was damaged");
        course.solve("hf_load").katas("run hf_load").exits(0);
        assert_eq!(parsed(&course)["katas"]["hf_load"]["rust"]["passed"], true);
    }
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let course = Course::of_learner();
    let newer = "{\"format\": 5, \"done\": []}";
    course.write(FILE, newer).solve("hf_load");
    shown("progress_newer", &course.katas("list").exits(4));
    for words in [
        "run hf_load",
        "hint hf_load",
        "reset hf_load",
        "solution hf_load",
    ] {
        course
            .katas(words)
            .exits(4)
            .says("was written by a newer version of katas");
    }
    assert_eq!(course.read(FILE), newer);
}

#[test]
fn a_kata_that_is_no_more_is_remembered() {
    let course = Course::of_learner();
    let old = "{\"format\": 1, \"katas\": {\"gone\": {\"tries\": 3, \"passed\": true, \"hints\": 0, \"last\": \"\", \"last_passed\": true}}}";
    course.write(FILE, old).solve("hf_load");
    course.katas("run hf_load").exits(0);
    assert_eq!(parsed(&course)["katas"]["gone"]["rust"]["tries"], 3);
}
