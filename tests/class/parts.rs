//! Several machines: sixteen parts, chosen by each batch system's environment variables, and merged again.

use katas::report::FORMATS;

use super::world::{Class, record};
use crate::common::{Course, Output};

const STUDENTS: usize = 20;
const PARTS: usize = 16;

fn course() -> Course {
    let course = Course::of_learner();
    let class = Class::of(&course);
    let mistakes = ["no_transpose", "bias_reversed", "reshape_in_out"];
    for student in 0..STUDENTS {
        let name = format!("student-{student:02}");
        match mistakes.get(student % 5) {
            Some(pitfall) => class.wrong(&name, "hf_load", pitfall),
            None => class.solved(&name, "hf_load"),
        };
    }
    let reports = reports("whole");
    course
        .katas(&format!("grade hf_load --class class {reports}"))
        .exits(0);
    course
}

/// Every report that can contain a class, in a folder.
fn reports(folder: &str) -> String {
    let classes = FORMATS.iter().filter(|format| format.can_contain_class());
    let reports = classes.map(|format| format!("--report {0}={folder}/{0}", format.name()));
    reports.collect::<Vec<_>>().join(" ")
}

/// Runs one part with a batch system's variables.
fn part(course: &Course, index: usize, variables: &[(&str, String)]) -> Output {
    let report = format!("json=part-{index}.json");
    let words = [
        "grade",
        "hf_load",
        "--class",
        "class",
        "--partition",
        "auto",
        "--report",
        &report,
    ];
    let mut command = course.command(&words);
    for (name, value) in variables {
        command.env(name, value);
    }
    course.finish(&mut command)
}

fn merged(course: &Course, parts: impl Iterator<Item = usize>) -> Output {
    let files: Vec<_> = parts.map(|index| format!("part-{index}.json")).collect();
    course.katas(&format!("merge {} {}", files.join(" "), reports("merged")))
}

#[test]
fn sixteen_parts_of_each_engine_are_one_run() {
    let course = course();
    let of = PARTS.to_string();
    let slurm = |index: usize| {
        // --array=10-40:2
        let (first, last, step) = (10, 40, 2);
        vec![
            ("SLURM_ARRAY_TASK_ID", (first + index * step).to_string()),
            ("SLURM_ARRAY_TASK_MIN", first.to_string()),
            ("SLURM_ARRAY_TASK_MAX", last.to_string()),
            ("SLURM_ARRAY_TASK_STEP", step.to_string()),
            ("SLURM_ARRAY_TASK_COUNT", of.clone()),
        ]
    };
    let kubernetes = |index: usize| {
        vec![
            ("JOB_COMPLETION_INDEX", index.to_string()),
            ("KATAS_PARTS", of.clone()),
        ]
    };
    let actions = |index: usize| {
        vec![
            ("KATAS_PART_INDEX", index.to_string()),
            ("KATAS_PARTS", of.clone()),
        ]
    };
    let engines: [&dyn Fn(usize) -> Vec<(&'static str, String)>; 3] =
        [&slurm, &kubernetes, &actions];
    for engine in engines {
        let mut sizes = Vec::new();
        for index in 0..PARTS {
            part(&course, index, &engine(index)).exits(0);
            sizes.push(
                record(&course, &format!("part-{index}.json"))
                    .submissions
                    .len(),
            );
        }
        // Twenty students in sixteen parts.
        assert_eq!(sizes.iter().sum::<usize>(), STUDENTS);
        assert_eq!(
            (sizes.iter().min(), sizes.iter().max()),
            (Some(&1), Some(&2))
        );
        // The order of the files does not matter.
        merged(&course, (0..PARTS).rev()).exits(0);
        let mut compared = 0;
        for entry in std::fs::read_dir(course.root.join("whole")).expect("reports") {
            let name = entry
                .expect("a report")
                .file_name()
                .into_string()
                .expect("a name");
            let [merged, whole] =
                ["merged", "whole"].map(|folder| course.read(&format!("{folder}/{name}")));
            assert!(merged == whole, "{name} differs");
            compared += 1;
        }
        assert!(compared >= 7, "only {compared} reports were compared");
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let course = course();
    let deal = |index: usize, of: &str| {
        let variables = [
            ("KATAS_PART_INDEX", index.to_string()),
            ("KATAS_PARTS", of.to_owned()),
        ];
        part(&course, index, &variables).exits(0);
    };
    for index in 0..3 {
        deal(index, "3");
    }
    merged(&course, 0..3).exits(0);
    merged(&course, 0..2)
        .exits(2)
        .says("part 3 of 3 is missing");
    merged(&course, [0, 1, 1, 2].into_iter())
        .exits(2)
        .says("part-1.json and part-1.json are both part 2 of 3");
    course
        .katas("merge whole/json")
        .exits(2)
        .says("made without `--partition`");
    course
        .katas("merge katas/course.yaml")
        .exits(2)
        .says("it is not a katas record");
    let of_one = course.read("part-0.json");
    for (changed, says) in [
        (
            of_one.replace("\"katas\": \"0.", "\"katas\": \"9."),
            "the version of katas",
        ),
        (of_one.replace("rustc 1.", "rustc 9."), "the tools"),
        (
            of_one.replace("\"points\": 4,", "\"points\": 5,"),
            "the course",
        ),
        (
            of_one.replacen("\"digest\": \"", "\"digest\": \"0", 1),
            "the build of katas",
        ),
        (
            of_one.replace("\"seconds\": 10", "\"seconds\": 11"),
            "the time limit",
        ),
        (
            of_one.replace("\"submissions\": 20", "\"submissions\": 21"),
            "the class",
        ),
        (
            of_one.replace("katas/record/v2", "katas/record/v9"),
            "this version of katas reads",
        ),
        (
            of_one.replace("student-00", "student-99"),
            "a record was changed",
        ),
    ] {
        assert_ne!(changed, of_one, "{says}");
        course.write("part-0.json", &changed);
        merged(&course, 0..3).exits(2).says(says);
    }
    course.write("part-0.json", &of_one);
    // A class that changes between two parts.
    Class::of(&course).solved("student-20", "hf_load");
    deal(2, "3");
    merged(&course, 0..3)
        .exits(2)
        .says("the class: its submissions");
}

#[test]
fn an_invalid_part_is_an_error() {
    let course = Course::of_learner();
    Class::of(&course).solved("ada", "hf_load");
    for (typed, says) in [
        ("3", "as `3/16`"),
        ("4/3", "counted from 1 to 3"),
        ("auto", "neither a Slurm array"),
    ] {
        course
            .katas(&format!("grade --class class --partition {typed}"))
            .exits(2)
            .says(says);
    }
}
