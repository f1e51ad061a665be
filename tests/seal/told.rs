//! The results of sealed cases that students see: no report and no screen lets an answer reveal a sealed input.

use katas::record::{CaseStatus, Record};
use katas::report::{FORMATS, classroom, classroom50};

use super::sealed::sealed_course;
use crate::common::{Course, repository};

/// Returns the formats that a student reads, as teachers are told in the documentation. Every format has its reader there.
fn of_students() -> Vec<&'static str> {
    let page = repository().join("docs/classrooms.md");
    let page = std::fs::read_to_string(page).expect("a page");
    let (_, table) = page
        .split_once("| read by | formats | what it says about the sealed cases of a kata |\n|---|---|---|\n")
        .expect("the table of what each reader learns about sealed cases");
    let rows: Vec<Vec<_>> = table
        .lines()
        .map_while(|line| line.strip_prefix("| "))
        .map(|row| row.split(" | ").collect())
        .collect();
    let names = FORMATS.iter().map(|format| format.name());
    let students: Vec<_> = names
        .filter(|name| {
            let mut naming = rows.iter().filter(|row| row[1].contains(&format!("`{name}`")));
            let (Some(row), None) = (naming.next(), naming.next()) else {
                panic!(
                    "the second table of formats in docs/classrooms.md must name `{name}` once: for the teacher, a gradebook, or a \
                     student"
                );
            };
            row[0].starts_with("a student")
        })
        .collect();
    assert!(!students.is_empty());
    students
}

/// What is wrong with a report that differs.
const DIFFERS: &str = "a report for students depends on which sealed cases pass; make it from `Record::for_students`, or say in \
                       docs/classrooms.md that a teacher reads it";

/// Judges an answer, and returns everything that a student sees: each report with its name, and the screen.
fn told(course: &Course, answer: &str) -> (Vec<(String, String)>, Record) {
    course.write_answer("hf_load", answer);
    let mut words = "grade hf_load --key-file class.key --time-limit 2".to_owned();
    for format in FORMATS {
        let name = format.name();
        words.push_str(&format!(" --report {name}=told/{name}"));
    }
    let screen = course.katas(&words).exits(0);
    let record = katas::report::read(course.read("told/json").as_bytes()).expect("a record");
    let digest = record.submissions[0].katas[0].answer.as_ref();
    let digest = digest.expect("there is an answer").digest.clone();
    let mut told: Vec<_> = of_students()
        .into_iter()
        .map(|name| {
            let text = course.read(&format!("told/{name}"));
            // The start time of the run.
            let untimed = text.lines().filter(|line| !line.contains("\"datetime\": "));
            let text = untimed.collect::<Vec<_>>().join("\n");
            (name.to_owned(), text.replace(&digest, "[DIGEST]"))
        })
        .collect();
    for (name, bytes) in [
        ("annotations", classroom::annotations(&record, "")),
        ("summary", classroom::summary(&record)),
        ("release", classroom50::release_body(&record)),
    ] {
        let text = String::from_utf8(bytes).expect("UTF-8");
        told.push((name.to_owned(), text.replace(&digest, "[DIGEST]")));
    }
    told.push(("screen".to_owned(), screen.stdout));
    (told, record)
}

/// The right answer, with a line that acts on inputs that begin with a certain number.
fn telling(lines: &str) -> String {
    let path = repository().join("solutions/hf_load/solution.rs");
    let right = std::fs::read_to_string(path).expect("the solution");
    let telling = right.replacen("let model", &format!("{lines}\n    let model"), 1);
    assert_ne!(telling, right);
    telling
}

/// Answers that fail one of the two sealed cases, whose kernels begin with 7 and with 29, each in a different way.
fn one_missed() -> Vec<String> {
    [
        "if hf_kernel_flat[0] == 7.0 { panic!(\"7\") }",
        "if hf_kernel_flat[0] == 29.0 { std::process::abort() }",
        "if hf_kernel_flat[0] == 29.0 { loop { std::thread::yield_now() } }",
        "if hf_kernel_flat[0] == 7.0 { println!(\"7\"); use std::process; process::exit(7) }",
        "if hf_kernel_flat[0] == 29.0 { return ndarray::array![29.0] }",
    ]
    .map(telling)
    .to_vec()
}

#[test]
fn students_learn_how_many_sealed_cases_passed_and_no_more() {
    let course = sealed_course();
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    let mut all = Vec::new();
    for answer in one_missed() {
        let (told, record) = told(&course, &answer);
        let kata = &record.submissions[0].katas[0];
        assert_eq!(kata.took, None);
        let sealed: Vec<_> = kata.cases[8..].iter().collect();
        // The teacher's record shows which one, with the same status for every failure.
        let missed = match answer.contains("== 7.0") {
            true => 0,
            false => 1,
        };
        assert_eq!(sealed[missed].status, CaseStatus::Differs);
        assert_eq!(sealed[missed].said, "It does not pass.");
        assert_eq!(sealed[1 - missed].status, CaseStatus::Passed);
        all.push(told);
    }
    for told in &all[1..] {
        for ((name, first), (_, other)) in all[0].iter().zip(told) {
            assert_eq!(first, other, "{DIFFERS}: {name}");
        }
    }
    // The student sees that one of them passed, because the points show it anyway.
    let (_, screen) = all[0].last().unwrap();
    assert!(screen.contains("1 of 2 sealed cases passed"), "{screen}");
    assert!(screen.contains("9 of 10 cases passed"), "{screen}");
}

#[test]
fn students_see_nothing_of_sealed_cases_with_sealed_teacher() {
    let course = sealed_course();
    std::fs::remove_dir_all(course.root.join("solutions")).unwrap();
    let description = course.read("katas/course.yaml");
    course.write(
        "katas/course.yaml",
        &format!("{description}sealed: teacher\n"),
    );
    let right = telling("let _ = hf_kernel_flat;");
    let both = telling(
        "if hf_kernel_flat[0] == 7.0 { panic!() }\n    if hf_kernel_flat[0] == 29.0 { panic!() }",
    );
    let (first, record) = told(&course, &right);
    assert_eq!(record.submissions[0].katas[0].points.given, 4.0);
    let (_, screen) = first.last().unwrap();
    assert!(screen.contains("passed. All 8 cases"), "{screen}");
    let answers = [(one_missed().remove(1), 3.6), (both, 3.2)];
    for (answer, points) in answers {
        let (told, record) = told(&course, &answer);
        // The teacher's record counts them.
        assert_eq!(record.submissions[0].katas[0].points.given, points);
        for ((name, first), (_, other)) in first.iter().zip(&told) {
            assert_eq!(first, other, "{DIFFERS}: {name}");
        }
    }
}
