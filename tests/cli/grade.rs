//! `katas grade`: other people's answers, strictly confined, and the sealed cases with the class key.

use katas::record::{AnyRecord, Status};

use crate::common::{Course, shown};

#[test]
fn answers_are_judged_and_nothing_is_written() {
    let course = Course::of_author();
    course
        .solve("hf_load")
        .answer("split_merge", "never_called");
    shown("grade", &course.katas("grade").exits(0));
    course.katas("grade hf_load --fail-on-miss").exits(0);
    course.katas("grade --fail-on-miss").exits(1);
    course
        .katas("grade hf_laod")
        .exits(2)
        .says("did you mean `hf_load`");
    assert!(
        !course.root.join(".katas").exists(),
        "grading leaves no progress"
    );
    assert!(
        !course
            .root
            .join("katas/state_translation/state_translation.rs")
            .exists()
    );
}

/// Points of a kata that was not judged are not shown as lost, and the reason is shown in full.
#[test]
fn what_was_not_judged_is_apart_from_what_was_missed() {
    let course = Course::of_author();
    course.write("all.zip", "no zip");
    let screen = course.katas("grade --submission all.zip").exits(0);
    let said = screen.stdout.replace('\n', " ");
    assert!(
        said.contains(
            "hf_load: not judged: its zip cannot be read: invalid Zip archive: Could not find EOCD."
        ),
        "{screen}"
    );
    screen
        .says("hf_load             ? / 4  not judged")
        .says("total               0 / 0  and 9 points not judged");
}

#[test]
fn skipped_entries_are_reported() {
    let course = Course::of_author();
    course
        .write("class/ada/hf_load.rs", "")
        .write("class/notes.txt", "");
    course
        .katas("grade --class class")
        .says("Skipped (not a folder or a zip): notes.txt.");
    course
        .katas("grade hf_load --class class")
        .says("Skipped (not a folder, a zip or an answer to hf_load): notes.txt.");
}

#[test]
fn a_link_is_no_answer() {
    let course = Course::of_author();
    let answer = course.root.join("katas/hf_load/hf_load.rs");
    std::os::unix::fs::symlink(course.root.join("solutions/hf_load/solution.rs"), answer)
        .expect("a link");
    course
        .katas("grade hf_load --fail-on-miss")
        .exits(1)
        .says("not yet");
}

#[test]
fn sealed_cases_run_with_the_class_key() {
    let sealed = "format: 1\ncases:\n- name: nine\n  given: {seed: 7, x: [3, 5], hf_kernel_flat: [7, 11, 13, 17], \
                  hf_bias_flat: [19, 23], features: 2}\n  expect: [95, 147]\n";
    let course = Course::of_author();
    course
        .write("solutions/hf_load/sealed.yaml", sealed)
        .write("class.key", "six words taken by mere chance\n")
        .write("other.key", "six words taken by mere choice\n");
    course
        .katas("author seal --track rust hf_load --key-file class.key")
        .exits(0);
    std::fs::remove_dir_all(course.root.join("solutions")).expect("the solutions");
    course.solve("hf_load");
    course
        .katas("grade hf_load --key-file class.key --fail-on-miss")
        .exits(0)
        .says("passed");
    course
        .katas("grade hf_load --key-file other.key")
        .exits(2)
        .says_nothing_of("choice");
}

/// Reads the status and the headline of each kata in a record.
fn verdicts(course: &Course, file: &str) -> Vec<(String, Status, String)> {
    let record = katas::report::read(course.read(file).as_bytes()).expect("a whole record");
    let katas = record.submissions.into_iter().flat_map(|one| one.katas);
    katas
        .map(|kata| (kata.kata, kata.status, kata.headline))
        .collect()
}

/// Every format that is written to a file.
const REPORTS: &[&str] = &[
    "json=r.json",
    "junit=r.xml",
    "classroom=r.txt",
    "classroom50=result.json",
    "gradescope=gradescope.json",
    "exercism=exercism.json",
    "markdown=r.md",
    "csv=r.csv",
    "csv-canvas=canvas.csv",
    "csv-moodle=moodle.csv",
    "prairielearn=prairielearn.json",
    "html=r.html",
];

fn all_reports(words: &str) -> String {
    let reports: Vec<_> = REPORTS
        .iter()
        .map(|report| format!("--report {report}"))
        .collect();
    format!("{words} {}", reports.join(" "))
}

#[test]
fn every_report_is_always_written() {
    let files = [
        "r.json",
        "r.xml",
        "r.txt",
        "result.json",
        "release-body.md",
        "gradescope.json",
        "exercism.json",
        "r.md",
        "r.csv",
        "canvas.csv",
        "moodle.csv",
        "prairielearn.json",
        "r.html",
    ];
    let cases: [(&str, &str, i32, Status); 5] = [
        ("no answers", "grade", 0, Status::Missing),
        ("compile errors", "grade", 0, Status::Refused),
        ("out of time", "grade --time-limit 1", 0, Status::Failed),
        ("a broken spec", "grade", 3, Status::Unjudged),
        ("no course", "grade", 2, Status::Unjudged),
    ];
    for (what, words, code, status) in cases {
        let course = Course::of_author();
        match what {
            "compile errors" => {
                for id in ["hf_load", "split_merge", "state_translation"] {
                    course.write_answer(id, "pub fn");
                }
            }
            "out of time" => {
                for id in ["hf_load", "split_merge", "state_translation"] {
                    let text = course.read(&format!("solutions/{id}/solution.rs"));
                    let arrow = text.find("-> Array1").expect("a result");
                    let body = arrow + text[arrow..].find('{').expect("a body") + 1;
                    let (head, body) = text.split_at(body);
                    course.write_answer(id, &format!("{head} loop {{}} {body}"));
                }
            }
            "a broken spec" => {
                course.write("katas/split_merge/kata.yaml", "format: 1\ntitel: wrong\n");
            }
            "no course" => {
                std::fs::remove_file(course.root.join("katas/course.yaml")).expect("it was there")
            }
            _ => {}
        }
        let screen = course.katas(&all_reports(words)).exits(code);
        let verdicts = verdicts(&course, "r.json");
        assert!(!verdicts.is_empty(), "{what}");
        for (kata, found, headline) in &verdicts {
            assert_eq!(*found, status, "{what}: {kata}: {headline}\n{screen}");
        }
        for file in files {
            assert!(!course.read(file).is_empty(), "{what}: {file} is empty");
        }
        if status == Status::Unjudged {
            assert!(
                verdicts[0].2.starts_with("not judged: "),
                "{what}: {}",
                verdicts[0].2
            );
        }
    }
}

#[test]
fn a_report_that_cannot_be_written_fails_before_judging() {
    let course = Course::of_learner();
    course.solve("hf_load").write("file", "");
    course
        .katas("grade hf_load --report json=file/r.json")
        .exits(4)
        .says("cannot create the folder file");
    assert!(!course.cache.join("results").exists());
    // A report that cannot be written does not prevent the others.
    let both = "grade hf_load --report json=file/r.json --report gradescope=g.json";
    let screen = course.katas(both).exits(4);
    assert_eq!(
        screen.stderr.matches("cannot create the folder").count(),
        1,
        "{screen}"
    );
    assert!(course.read("g.json").contains("not judged"));
    course
        .katas("grade --report csv=r --report json=r")
        .exits(2)
        .says("two reports go to r");
    course
        .katas("grade --report yaml=r")
        .exits(2)
        .says("there is no report format `yaml`");
    course
        .katas("grade --report json")
        .exits(2)
        .says("give it one: --report json=PATH");
    course
        .katas("grade --report classroom")
        .exits(2)
        .says("GITHUB_OUTPUT is not set");
    course
        .katas("grade --class katas --report gradescope=r.json")
        .exits(2)
        .says("--report 'gradescope=reports/{id}.json'");
}

#[test]
fn a_step_of_an_actions_workflow_gets_outputs_a_summary_and_annotations() {
    let course = Course::of_author();
    course
        .solve("hf_load")
        .write_answer("split_merge", "pub fn split_merge( {}\n")
        .write_answer(
            "state_translation",
            &course.read("solutions/state_translation/wrong/mean_not_sum.rs"),
        )
        .write("output", "earlier=1\n")
        .write("summary", "# Earlier\n");
    let mut command = course.command(&["grade", "--report", "classroom"]);
    for (name, value) in [
        ("GITHUB_ACTIONS", "true".as_ref()),
        ("GITHUB_OUTPUT", course.root.join("output").as_os_str()),
        (
            "GITHUB_STEP_SUMMARY",
            course.root.join("summary").as_os_str(),
        ),
        (
            "GITHUB_WORKSPACE",
            course.root.parent().expect("a folder").as_os_str(),
        ),
    ] {
        command.env(name, value);
    }
    let screen = course.finish(&mut command).exits(0);
    let output = course.read("output");
    let names: Vec<_> = output
        .lines()
        .filter_map(|line| Some(line.split_once('=')?.0))
        .collect();
    assert_eq!(
        names,
        ["earlier", "hf_load", "split_merge", "state_translation"]
    );
    let summary = course.read("summary");
    assert!(
        summary.starts_with("# Earlier\n") && summary.contains("hf_load"),
        "{summary}"
    );
    // Nothing before the annotations is a workflow command.
    let start = screen.stdout.find("::error file=").expect("annotations");
    let (shown, after) = screen.stdout.split_at(start);
    assert!(shown.contains("split_merge: not yet."));
    assert!(
        !shown
            .lines()
            .any(|line| line.trim_start().starts_with("::"))
    );
    assert!(
        after
            .lines()
            .all(|line| line.starts_with("::error file=course/katas/")),
        "{after}"
    );
    assert!(
        after.contains("course/katas/split_merge/split_merge.rs,line=1,"),
        "{after}"
    );
}

#[test]
fn a_report_can_go_to_standard_output_alone() {
    let course = Course::of_learner();
    course.solve("hf_load");
    let screen = course.katas("grade hf_load --report json=-").exits(0);
    let record = katas::report::read(screen.stdout.as_bytes()).expect("nothing else is printed");
    assert!(AnyRecord::all_passed(&record).expect("it is in memory"));
    let each = course
        .katas("grade hf_load --report markdown=out/{id}.md")
        .exits(0);
    each.says("Wrote 1 file: out/{id}.md");
    assert!(course.read("out/submission.md").contains("hf_load"));
}

/// A course in two languages, solved in one: the starters of the other need no tools.
#[test]
fn untouched_starters_of_another_language_ask_for_nothing() {
    let course = Course::of_learner();
    course
        .write(
            "katas/hf_load/hf_load.py",
            &course.read("katas/hf_load/starter.py"),
        )
        .solve("hf_load");
    course.katas("grade hf_load --report json=r.json").exits(0);
    let record: serde_json::Value = serde_json::from_str(&course.read("r.json")).expect("JSON");
    let tools = record["judge"]["tools"].as_object().expect("a map");
    assert_eq!(tools.keys().collect::<Vec<_>>(), ["rust"]);
    let katas = &record["submissions"][0]["katas"][0];
    assert_eq!(katas["status"], "passed");
    assert_eq!(katas["answer"]["track"], "rust");
}
