//! The class page as text: its contents for a small class, and that nothing in it can run or connect.
//!
//! `scripts/class_page` tests it in a browser.

use katas::record::{
    Answer, CaseAbout, CaseRecord, CaseStatus, Cause, CourseAbout, FORMAT, Judge, KataAbout,
    KataRecord, Message, Points, Record, Status, Student, Submission,
};
use katas::report;
use katas::spec::{CaseKind, Credit, SealedResults};

use crate::common::repository;

/// A class of five students: one passed, two are wrong in the same way, one does not compile, one submitted nothing.
fn class() -> Record {
    let kata = |status, given, headline: &str| {
        let mut kata = KataRecord::without_cases("hf_load", status, 4, headline);
        kata.points.given = given;
        kata
    };
    let answer = |source: &str| {
        Some(Answer {
            track: "rust".to_owned(),
            file: "katas/hf_load/hf_load.rs".to_owned(),
            digest: String::new(),
            source: Some(source.to_owned()),
        })
    };
    let case = |number, status| CaseRecord {
        number,
        name: ["all ones", "rotation"][number - 1].to_owned(),
        kind: [CaseKind::Shown, CaseKind::Hidden][number - 1],
        status,
        said: if status == CaseStatus::Passed {
            ""
        } else {
            "1 of 4 values differs."
        }
        .to_owned(),
        printed: String::new(),
    };
    let mut passed = kata(Status::Passed, 4.0, "passed. All 2 cases, every bit.");
    passed.answer = answer("fn right() {}\n");
    passed.cases = vec![case(1, CaseStatus::Passed), case(2, CaseStatus::Passed)];
    let mut wrong = kata(Status::Failed, 2.0, "not yet. 1 of 2 cases passed.");
    wrong.answer = answer("fn wrong() {}\n");
    wrong.cases = vec![case(1, CaseStatus::Passed), case(2, CaseStatus::Differs)];
    wrong.outputs = Some("00ff".to_owned());
    let mut known = wrong.clone();
    known.outputs = Some("0f0f".to_owned());
    known.causes = vec![Cause {
        kind: "pitfall".to_owned(),
        id: "no_transpose".to_owned(),
        certain: true,
        lead: "This is a known mistake.".to_owned(),
        text: "Your kernel is stored as `(out, in)`.".to_owned(),
    }];
    let mut refused = kata(
        Status::Refused,
        0.0,
        "not yet. It does not compile: 1 error.",
    );
    refused.answer = answer("fn broken( {}\n");
    refused.errors = vec![Message {
        text: "mismatched types".to_owned(),
        code: "E0308".to_owned(),
        line: 15,
        column: 23,
    }];
    let missing = kata(Status::Missing, 0.0, "there is no answer.");
    let students = [
        ("ada", "Ada Lovelace", passed),
        ("bob's folder", "Bob", wrong.clone()),
        ("cleo", "Cleo", wrong),
        ("dan", "Dan", refused),
        ("eve", "Eve", known),
        ("fay", "Fay", missing),
    ];
    Record {
        format: FORMAT.to_owned(),
        judge: Judge {
            katas: "0.1.0".to_owned(),
            digest: "b111d0fca7a50001".to_owned(),
            tools: [("rust".to_owned(), "rustc 1.95.0".to_owned())].into(),
            confined: vec!["Landlock".to_owned(), "limits".to_owned()],
            not_confined: Vec::new(),
            key: None,
            seconds: 10,
        },
        course: CourseAbout {
            title: "A course".to_owned(),
            credit: Credit::Cases,
            sealed: SealedResults::Count,
            katas: vec![KataAbout {
                id: "hf_load".to_owned(),
                title: "Load weights".to_owned(),
                points: 4,
                digest: String::new(),
                cases: vec![
                    CaseAbout {
                        name: "all ones".to_owned(),
                        kind: CaseKind::Shown,
                    },
                    CaseAbout {
                        name: "rotation".to_owned(),
                        kind: CaseKind::Hidden,
                    },
                ],
                starters: std::collections::BTreeMap::new(),
            }],
        },
        part: None,
        submissions: students
            .into_iter()
            .map(|(id, name, kata)| Submission {
                id: id.to_owned(),
                student: Student {
                    name: Some(name.to_owned()),
                    ..Student::default()
                },
                katas: vec![kata],
                problems: Vec::new(),
            })
            .collect(),
    }
}

fn page(record: &Record) -> String {
    let html = report::format("html").expect("there is a format `html`");
    assert!(html.can_contain_class());
    String::from_utf8(html.render(record)).expect("UTF-8")
}

/// The page without its style, its scripts and their digests: what a reader without JavaScript gets.
fn body(page: &str) -> String {
    let mut page = page.to_owned();
    for (begin, end) in [("<style>", "</style>"), ("<script", "</script>")] {
        while let Some(start) = page.find(begin) {
            let length = page[start..].find(end).expect("it ends") + end.len();
            page.replace_range(start..start + length, "");
        }
    }
    while let Some(start) = page.find("sha256-") {
        let length = page[start..].find('=').expect("a digest ends with it") + 1;
        page.replace_range(start..start + length, "[DIGEST]");
    }
    let lines: Vec<_> = page
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.join("\n")
}

fn shown(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_small_class() {
    shown("class_page", &body(&page(&class())));
}

#[test]
fn a_single_student_gets_a_page_without_any_script() {
    let mut record = class();
    record.submissions.retain(|one| one.id == "eve");
    record.judge.not_confined = vec!["this machine has no Landlock".to_owned()];
    let page = page(&record);
    assert!(!page.contains("<script"));
    shown("class_page_one", &body(&page));
}

#[test]
fn pages_without_results_are_valid() {
    let mut record = class();
    record.submissions.clear();
    assert!(page(&record).contains("There are no submissions."));
    record.course.katas.clear();
    page(&record);
    let mut record = class();
    for submission in &mut record.submissions {
        submission.katas.clear();
    }
    assert!(page(&record).contains("no answer"));
    record.submissions.truncate(1);
    page(&record);
}

#[test]
fn the_same_record_gives_the_same_page() {
    assert_eq!(page(&class()), page(&class()));
}

#[test]
fn it_names_no_place_outside_itself() {
    let mut record = class();
    for _ in 0..2 {
        let page = page(&record);
        for reach in [
            "http:", "https:", "src=", "url(", "@import", "<link", "<iframe", "<form", "//cdn",
            "style=",
        ] {
            assert!(!page.contains(reach), "{reach}");
        }
        record.submissions.truncate(1);
    }
}

#[test]
fn wrong_answers_with_the_same_output_are_one_group_with_a_command() {
    let page = page(&class());
    assert!(page.contains("2 students gave the same wrong output"));
    // The id is a folder's name, which a shell must not split.
    let command = "katas author pitfall hf_load --name NAME --from-record class.json --student &#x27;bob&#x27;\\&#x27;&#x27;s folder&#x27;";
    assert!(page.contains(command), "{}", body(&page));
}

/// Every text that a student controls, with contents that would be markup, end a script, or reverse the direction of
/// writing.
#[test]
fn no_text_of_a_student_is_markup() {
    const HOSTILE: &str = "</script></pre><img src=x onerror=alert(1)>\"'`<!--<script>alert(1)//&amp;\u{2028}\u{2029}\u{202e}\u{0}]]>{{ 7*7 }}";
    let mut record = class();
    record.course.title = HOSTILE.to_owned();
    for submission in &mut record.submissions {
        submission.id = format!("{HOSTILE}{}", submission.id);
        submission.student = Student {
            name: Some(HOSTILE.to_owned()),
            email: Some(HOSTILE.to_owned()),
            sis_id: Some(HOSTILE.to_owned()),
            canvas_id: Some(HOSTILE.to_owned()),
            moodle_id: Some(HOSTILE.to_owned()),
        };
        submission.problems = vec![HOSTILE.to_owned()];
        for kata in &mut submission.katas {
            kata.headline = HOSTILE.to_owned();
            kata.screen = HOSTILE.to_owned();
            if let Some(answer) = &mut kata.answer {
                answer.file = HOSTILE.to_owned();
                answer.source = Some(HOSTILE.repeat(3));
            }
            for case in &mut kata.cases {
                (case.said, case.printed) = (HOSTILE.to_owned(), HOSTILE.to_owned());
            }
            for cause in &mut kata.causes {
                (cause.lead, cause.text, cause.id) =
                    (HOSTILE.to_owned(), HOSTILE.to_owned(), HOSTILE.to_owned());
            }
            for error in &mut kata.errors {
                (error.text, error.code) = (HOSTILE.to_owned(), HOSTILE.to_owned());
            }
        }
    }
    let tags = |page: &str| -> Vec<String> {
        let tags = page.split('<').skip(1);
        let name = |tag: &str| {
            tag.split(|char: char| !char.is_alphanumeric())
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let mut tags: Vec<_> = tags.map(name).filter(|tag| !tag.is_empty()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    };
    for _ in 0..2 {
        let whole = page(&record);
        let scripts = if record.submissions.len() > 1 { 4 } else { 0 };
        assert_eq!(whole.matches("<script").count(), scripts);
        assert_eq!(whole.matches("</script").count(), scripts);
        for script in whole.split("<script").skip(1) {
            let script = script.split("</script").next().unwrap_or_default();
            assert!(!script.contains(['\u{2028}', '\u{2029}', '\u{0}']));
        }
        let body = body(&whole);
        for never in ["<img", "<!--", "<script"] {
            assert!(!body.contains(never), "{never}");
        }
        assert!(!body.contains("49"), "a text was taken for a template");
        assert!(
            tags(&body)
                .iter()
                .all(|tag| tag != "img" && tag != "script")
        );
        record.submissions.truncate(1);
    }
}

#[test]
fn points_are_those_of_the_record() {
    let mut record = class();
    record.submissions[1].katas[0].points = Points {
        given: 4.0 / 3.0,
        most: 4,
    };
    let page = page(&record);
    assert!(
        page.contains("<td class=\"total\">1.33</td>"),
        "{}",
        body(&page)
    );
    // 33.3 percent are not rounded up.
    assert!(page.contains(">33%</td>"));
}
