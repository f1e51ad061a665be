//! Hidden and sealed cases, from the point of view of a learner, a thief, an author and a teacher.

mod leak;
mod order;
mod sealed;
mod told;

pub(crate) use leak::{found, secrets};

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::common::{Course, repository};

const IDS: [&str; 3] = ["hf_load", "split_merge", "state_translation"];

/// A course as `katas init` creates it, from the program alone.
fn initialized() -> Course {
    let course = Course::empty();
    course.katas("init . --no-build").exits(0);
    assert!(!course.root.join("solutions").exists());
    course
}

/// A course that the program does not recognize as built-in, so it has no answers to these specs.
fn own() -> Course {
    let course = initialized();
    for id in IDS {
        let file = format!("katas/{id}/kata.yaml");
        let spec = course.read(&file);
        course.write(&file, &format!("{spec}# Not the built-in one.\n"));
    }
    course
}

#[test]
fn without_the_solutions_a_right_answer_passes_every_case() {
    let course = initialized();
    for id in IDS {
        course.solve(id);
        let count = match id {
            "hf_load" => 8,
            _ => 6,
        };
        course
            .katas(&format!("run {id}"))
            .exits(0)
            .says(&format!("passed. All {count} cases"));
    }
    // The digests are cached now, and must still be right.
    course.katas("run hf_load").exits(0).says("All 8 cases");
}

#[test]
fn without_the_solutions_every_wrong_answer_fails() {
    let course = initialized();
    for id in IDS {
        for file in files(&repository().join("solutions").join(id).join("wrong")) {
            let text = std::fs::read_to_string(&file).unwrap();
            let screen = course.write_answer(id, &text).katas(&format!("run {id}"));
            assert_eq!(screen.code, Some(1), "{}\n{screen}", file.display());
        }
    }
}

#[test]
fn a_wrong_answer_to_a_hidden_case_learns_only_that_it_is_wrong() {
    let course = initialized();
    course.answer("hf_load", "shown_cases_only");
    let screen = course.katas("run hf_load").exits(1);
    let screen = screen
        .says("45° rotation")
        .says("does not show its numbers");
    for number in ["0.70710677", "0x3f3504f3", "floats"] {
        assert!(!screen.stdout.contains(number), "{screen}");
    }
}

#[test]
fn the_solution_opens_after_a_pass_and_not_before() {
    let course = own();
    for id in IDS {
        let command = format!("solution {id}");
        course
            .katas(&command)
            .exits(1)
            .says("your current answer to");
        course
            .katas(&format!("{command} --give-up"))
            .exits(1)
            .says("--give-up cannot help here");
        course.solve(id);
        // The recorded progress does not matter, only the answer's outputs.
        let screen = course.katas(&format!("{command} --track rust")).exits(0);
        let solution = repository().join("solutions").join(id).join("solution.rs");
        assert_eq!(screen.stdout, std::fs::read_to_string(solution).unwrap());
    }
}

#[test]
fn writing_that_one_has_passed_opens_nothing() {
    let course = own();
    let progress = "{\"format\": 1, \"katas\": {\"hf_load\": {\"tries\": 1, \"passed\": true, \"hints\": 0, \
                    \"last\": \"\", \"last_passed\": true}}}";
    course.write(".katas/progress.json", progress);
    course.katas("list").exits(0).says("1 of 26 katas passed");
    course.katas("solution hf_load").exits(1);
    // Neither does an answer that is right only in the shown cases.
    course.answer("hf_load", "shown_cases_only");
    course.katas("solution hf_load").exits(1);
}

#[test]
fn a_digest_planted_in_the_cache_opens_nothing() {
    let course = own();
    course.answer("hf_load", "shown_cases_only");
    course.katas("run hf_load").exits(1);
    let lock: serde_json::Value =
        serde_json::from_str(&course.read("katas/hf_load/kata.lock")).unwrap();
    for case in lock["hidden"].as_array().unwrap() {
        let (salt, digest) = (
            case["salt"].as_str().unwrap(),
            case["digest"].as_str().unwrap(),
        );
        for file in files(&course.cache.join("digests")) {
            if file
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(salt)
            {
                let line = std::fs::read_to_string(&file).unwrap();
                let (output, _) = line.split_once(' ').unwrap();
                let text = format!("{output} {digest}");
                let check = Sha256::digest(&text);
                let check: String = check.iter().map(|byte| format!("{byte:02x}")).collect();
                std::fs::write(&file, format!("{text} {check}\n")).unwrap();
            }
        }
    }
    // Someone who can write the cache could also replace the program, but the solution is encrypted with the outputs
    // themselves.
    course.katas("solution hf_load").exits(1);
}

#[test]
fn a_lock_that_does_not_fit_is_an_error_with_a_hint() {
    let course = initialized();
    course.solve("hf_load");
    let (spec, lock) = (
        course.read("katas/hf_load/kata.yaml"),
        course.read("katas/hf_load/kata.lock"),
    );
    let wrong = [
        (
            spec.replace("x: [1, 1]", "x: [1, 2]"),
            lock.clone(),
            "kata.yaml was changed after it was made",
        ),
        (
            spec.clone(),
            lock.replace("\"passes\": 3", "\"passes\": 2"),
            "it was edited or damaged",
        ),
        (
            spec.clone(),
            lock.replace("\"format\": 2", "\"format\": 9"),
            "it was made by a newer version of katas",
        ),
        (
            spec.clone(),
            lock.replace("\"format\": 2", "\"format\": 1"),
            "it was made by an older version of katas",
        ),
        (
            spec.clone(),
            course.read("katas/split_merge/kata.lock"),
            "made for the kata `split_merge`",
        ),
        (
            spec.clone(),
            lock[..lock.len() / 2].to_owned(),
            "it is not a lock file",
        ),
    ];
    for (spec, lock, says) in wrong {
        course.write("katas/hf_load/kata.yaml", &spec);
        course.write("katas/hf_load/kata.lock", &lock);
        let screen = course
            .katas("run hf_load")
            .says("katas/hf_load/kata.lock cannot be used");
        let screen = screen.says(says).says("hint: ");
        assert_ne!(screen.code, Some(1), "{screen}");
        course
            .katas("author check --track rust hf_load --no-mutants")
            .exits(1)
            .says("fix: katas author seal hf_load");
    }
    course
        .write("katas/hf_load/kata.yaml", &spec)
        .write("katas/hf_load/kata.lock", &lock);
    course.katas("run hf_load").exits(0);
}

#[test]
fn the_shipped_locks_are_up_to_date() {
    let course = Course::of_author();
    course
        .katas("author check --track rust --no-mutants")
        .exits(0)
        .says("3 katas checked");
    let before = IDS.map(|id| course.read(&format!("katas/{id}/kata.lock")));
    course
        .katas("author seal --track rust")
        .exits(0)
        .says("is up to date");
    let after = IDS.map(|id| course.read(&format!("katas/{id}/kata.lock")));
    assert!(before == after, "sealing again changes nothing");
}

#[test]
fn a_lock_that_no_right_answer_would_open_is_not_made() {
    let course = Course::of_author();
    let wrong = course.read("solutions/hf_load/wrong/bias_reversed.rs");
    course.write("solutions/hf_load/solution.rs", &wrong);
    course
        .katas("author seal --track rust hf_load")
        .exits(3)
        .says("the reference solution does not pass")
        .says("caused by: case 2, all ones: 2 of 2 values differ, the first at [0]. Expected 7, got 5.");
}

#[test]
fn the_check_names_what_is_out_of_date_and_seal_updates_it() {
    let course = Course::of_author();
    let hidden = course.read("solutions/hf_load/hidden.yaml");
    course.write(
        "solutions/hf_load/hidden.yaml",
        &hidden.replace("[13, 21]", "[13, 31]"),
    );
    course
        .katas("author check --track rust --no-mutants")
        .exits(1)
        .says("hidden.yaml has a different output for")
        .says("fix: katas author seal hf_load");
    let spec = course.read("katas/hf_load/kata.yaml");
    course.write(
        "katas/hf_load/kata.yaml",
        &spec.replace("[10, 20]", "[10, 30]"),
    );
    course
        .katas("author check --track rust --no-mutants")
        .exits(1)
        .says("kata.yaml has changed");
    course
        .katas("author seal --track rust hf_load")
        .exits(0)
        .says("Wrote");
    course
        .katas("author check --track rust --no-mutants")
        .exits(0);
    // A course without solutions, as a class template may be.
    course
        .katas("author seal --track rust hf_load --without-solutions")
        .exits(0)
        .says("no solution");
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    course
        .solve("hf_load")
        .katas("run hf_load")
        .exits(0)
        .says("All 8 cases");
    course
        .katas("solution hf_load")
        .exits(2)
        .says("created without its solutions");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    entries
        .map(|entry| entry.expect("it can be read").path())
        .collect()
}
