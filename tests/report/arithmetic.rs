//! Points agree: in each way in which a reader adds them up, the sum is the record's points.

use katas::record::{CaseStatus, Record, Status, shown};
use katas::report::format;
use katas::spec::{CaseKind, Credit};
use serde_json::Value;

use super::build::{ran, record, without};
use super::reader::{outputs, rows, suites};
use super::records::single;

pub(super) fn rendered(name: &str, record: &Record) -> Vec<u8> {
    format(name).expect("a format").render(record)
}

fn json(name: &str, record: &Record) -> Value {
    serde_json::from_slice(&rendered(name, record)).expect("JSON")
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9
}

fn number(value: &Value, name: &str) -> f64 {
    let found = value[name].as_f64();
    found.unwrap_or_else(|| panic!("no {name} in {value}"))
}

fn tests(value: &Value) -> &Vec<Value> {
    value["tests"].as_array().expect("tests")
}

/// The table of `autograding-grading-reporter`: the share of passed tests, times the maximum.
fn table(payload: &Value) -> f64 {
    let passed = tests(payload)
        .iter()
        .filter(|test| test["status"] == "pass");
    passed.count() as f64 / tests(payload).len() as f64 * number(payload, "max_score")
}

/// Adds up runners in both of the reporter's ways: the total of its table, and the notice that the gradebook reads.
fn both<'a>(payloads: impl IntoIterator<Item = &'a Value>) -> (f64, f64) {
    let (mut in_table, mut in_notice) = (0.0, 0.0);
    for payload in payloads {
        in_table += table(payload);
        // A runner with a maximum of 0 is skipped.
        if number(payload, "max_score") != 0.0 {
            for test in tests(payload) {
                in_notice += number(test, "score");
            }
        }
    }
    (in_table, in_notice)
}

/// The rules that the reporter depends on, checked against its source in November 2026.
fn check_classroom(record: &Record) {
    let given = record.submissions[0].points().given;
    let outputs = outputs(&rendered("classroom", record));
    for (name, payload) in &outputs {
        assert_eq!(payload["version"], 1);
        assert!(!tests(payload).is_empty(), "{name} has no tests");
        let statuses: Vec<_> = tests(payload).iter().map(|test| &test["status"]).collect();
        let expected = ["error", "fail", "pass"];
        let worst = expected
            .iter()
            .find(|status| statuses.contains(&&Value::from(**status)));
        assert_eq!(&payload["status"], *worst.expect("a status"));
        for test in tests(payload) {
            let fields = [
                "duration",
                "filename",
                "line_no",
                "message",
                "name",
                "score",
                "status",
                "test_code",
            ];
            let keys: Vec<_> = test.as_object().expect("a test").keys().collect();
            assert_eq!(keys, fields);
            assert!(number(test, "score") >= 0.0);
            assert!(number(test, "line_no") >= 0.0);
        }
    }
    let katas: Vec<_> = outputs
        .iter()
        .filter(|(name, _)| name != "result")
        .collect();
    assert_eq!(katas.len(), record.submissions[0].katas.len());
    for ((name, payload), kata) in katas.iter().zip(&record.submissions[0].katas) {
        assert_eq!(name, &kata.kata);
        assert_eq!(number(payload, "max_score"), f64::from(kata.points.most));
        let (in_table, in_notice) = both([payload]);
        assert!(close(in_table, kata.points.given), "{payload}");
        assert!(close(in_notice, kata.points.given), "{payload}");
        let is_error = payload["status"] == "error";
        assert_eq!(is_error, kata.status == Status::Unjudged);
    }
    // In the course's order the two agree to the last bit, so both print the same digits.
    let (in_table, in_notice) = both(katas.iter().map(|(_, payload)| payload));
    assert_eq!(in_table.to_bits(), in_notice.to_bits());
    assert!(close(in_table, given));
    if let Some((_, all)) = outputs.iter().find(|(name, _)| name == "result") {
        let (in_table, in_notice) = both([all]);
        assert_eq!(in_table.to_bits(), in_notice.to_bits());
        assert!(close(in_table, given));
        assert_eq!(
            number(all, "max_score"),
            f64::from(record.submissions[0].points().most)
        );
    }
}

fn check_classroom50(record: &Record) {
    let result = json("classroom50", record);
    let points = record.submissions[0].points();
    let whole = |value: &Value, name: &str| value[name].as_u64().expect("a whole number");
    let sum = |name: &str| {
        tests(&result)
            .iter()
            .map(|test| whole(test, name))
            .sum::<u64>()
    };
    let (score, most) = (whole(&result, "score"), whole(&result, "max-score"));
    assert_eq!(score, sum("score"));
    assert_eq!(most, sum("max-score"));
    let factor = tests(&result)
        .first()
        .map_or(1, |test| test["points-factor"].as_u64().unwrap_or(1));
    assert_eq!(most, u64::from(points.most) * factor);
    assert!(
        close(score as f64 / factor as f64, points.given),
        "{result}"
    );
    for test in tests(&result) {
        assert_ne!(test["points-factor"].as_u64(), Some(1));
        assert_eq!(test["points-factor"].as_u64().unwrap_or(1), factor);
        let (score, most) = (whole(test, "score"), whole(test, "max-score"));
        assert!(score == 0 || (score == most && test["passed"] == true));
    }
}

fn check_gradescope(record: &Record) {
    let results = json("gradescope", record);
    let sum = tests(&results)
        .iter()
        .fold(0.0, |sum, test| sum + number(test, "score"));
    assert_eq!(
        number(&results, "score").to_bits(),
        (sum + 0.0_f64).to_bits()
    );
    let given = record.submissions[0].points().given;
    assert_eq!(sum.to_bits(), given.to_bits());
    let most: f64 = tests(&results)
        .iter()
        .map(|test| number(test, "max_score"))
        .sum();
    assert!(close(most, f64::from(record.submissions[0].points().most)));
    for test in tests(&results) {
        // A single invisible test hides the total from the student.
        assert_eq!(test["visibility"], "visible");
        assert!(number(test, "score") <= number(test, "max_score"));
    }
}

fn check_prairielearn(record: &Record) {
    let results = json("prairielearn", record);
    let points = record.submissions[0].points();
    assert!(close(number(&results, "score"), points.fraction()));
    let sum = tests(&results)
        .iter()
        .fold(0.0, |sum, test| sum + number(test, "points"));
    assert_eq!(sum.to_bits(), points.given.to_bits());
    let mut katas = record.submissions[0].katas.iter();
    let unjudged = katas.any(|kata| kata.status == Status::Unjudged);
    assert_eq!(results["gradable"], !unjudged);
}

fn check_exercism(record: &Record) {
    let results = json("exercism", record);
    let katas = &record.submissions[0].katas;
    let all = katas.iter().all(|kata| kata.status == Status::Passed);
    let status = results["status"].as_str().expect("a status");
    assert_eq!(status == "pass", all && !katas.is_empty());
    assert_eq!(status == "error", results["message"].is_string());
    assert!(
        results["message"]
            .as_str()
            .is_none_or(|text| !text.is_empty() && text.len() <= 65_535)
    );
    assert_eq!(status == "error", tests(&results).is_empty());
    for test in tests(&results) {
        assert_eq!(test["status"] == "pass", test["message"].is_null());
        assert!(
            test["output"]
                .as_str()
                .is_none_or(|text| text.chars().count() <= 500)
        );
        let task = test["task_id"].as_u64().expect("a task") as usize;
        let name = test["name"].as_str().expect("a name");
        assert!(name.starts_with(&katas[task - 1].kata));
    }
}

fn check_junit(record: &Record) {
    let bytes = rendered("junit", record);
    let legal = |char: char| !char.is_control() || matches!(char, '\n' | '\t');
    let text = std::str::from_utf8(&bytes).expect("UTF-8");
    assert!(
        text.chars()
            .all(|char| legal(char) && !matches!(char, '\u{fffe}' | '\u{ffff}'))
    );
    let suites = suites(&bytes);
    let katas: Vec<_> = record
        .submissions
        .iter()
        .flat_map(|one| &one.katas)
        .collect();
    let of_katas: Vec<_> = suites
        .iter()
        .filter(|suite| suite.properties.contains_key("points"))
        .collect();
    assert_eq!(of_katas.len(), katas.len());
    for (suite, kata) in of_katas.iter().zip(katas) {
        assert_eq!(suite.properties["points"], shown(kata.points.given));
        assert_eq!(suite.properties["max"], kata.points.most.to_string());
        let count = |name: &str| {
            let with = suite
                .cases
                .iter()
                .filter(|case| case.iter().any(|inside| inside == name));
            with.count()
        };
        for (attribute, element) in [
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ] {
            assert_eq!(suite.attributes[attribute], count(element).to_string());
        }
        assert_eq!(suite.attributes["tests"], suite.cases.len().to_string());
        let is_green = count("failure") + count("error") == 0;
        assert_eq!(is_green, kata.status == Status::Passed, "{}", kata.kata);
        assert_eq!(count("error") > 0, kata.status == Status::Unjudged);
        assert_eq!(suite.attributes.contains_key("time"), kata.took.is_some());
    }
}

fn check_gradebooks(record: &Record) {
    for (name, heads, total) in [("csv", 1, 6), ("csv-canvas", 2, 5), ("csv-moodle", 1, 5)] {
        let rows = rows(&rendered(name, record));
        assert_eq!(rows.len(), heads + record.submissions.len());
        for row in &rows {
            for cell in row {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{name}: {cell:?}"
                );
                assert!(!cell.contains(['\n', '\r']), "{name}: {cell:?}");
            }
        }
        for (row, submission) in rows[heads..].iter().zip(&record.submissions) {
            let unjudged = submission
                .katas
                .iter()
                .any(|kata| kata.status == Status::Unjudged);
            let expected = if unjudged {
                String::new()
            } else {
                shown(submission.points().given)
            };
            assert_eq!(row[total], expected, "{name}");
        }
    }
}

pub(super) fn check(record: &Record) {
    check_classroom(record);
    check_classroom50(record);
    check_gradescope(record);
    check_prairielearn(record);
    check_exercism(record);
    check_junit(record);
    check_gradebooks(record);
}

#[test]
fn points_agree_in_every_report() {
    let mut single = single();
    single.retain(|(name, _)| *name != "nothing");
    for (_, record) in single {
        check(&record);
    }
}

#[test]
fn a_class_agrees_too() {
    let all = super::records::all();
    let (_, class) = all
        .iter()
        .find(|(name, _)| *name == "class")
        .expect("a class");
    check_junit(class);
    check_gradebooks(class);
}

/// The maximum, the factor and the outputs depend on the course and not on the answer, so students can be compared.
#[test]
fn one_course_has_one_measure() {
    use CaseStatus::{Differs, Open, Passed};
    let kinds = [CaseKind::Shown, CaseKind::Hidden, CaseKind::Sealed];
    let cases = kinds.map(|kind| ("case", kind));
    let katas = [("one", 2, &cases[..]), ("other", 2, &cases[..])];
    for (key, last, factor) in [(None, Open, 1), (Some("5ea1ed"), Passed, 3)] {
        let ran_with = |first, passes| {
            let statuses = [first, Passed, last];
            katas
                .map(|kata| ran(kata, Credit::Cases, &statuses, passes))
                .to_vec()
        };
        let missing = katas
            .map(|kata| without(kata, Status::Missing, "No."))
            .to_vec();
        let uncalled = ran_with(Passed, false);
        for records in [
            ran_with(Passed, true),
            ran_with(Differs, false),
            uncalled,
            missing,
        ] {
            let record = record(Credit::Cases, key, &katas, records);
            let result = json("classroom50", &record);
            assert_eq!(result["max-score"], 4 * factor, "{result}");
            let outputs = outputs(&rendered("classroom", &record));
            let names: Vec<_> = outputs.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["one", "other", "result"]);
            let (_, together) = &outputs[2];
            assert_eq!(tests(together).len(), if key.is_some() { 6 } else { 4 });
            check(&record);
        }
    }
}

/// Numbers of cases whose least common multiple is huge: the scores are rounded, and the sum is still right.
#[test]
fn scores_stay_within_whole_numbers() {
    let cases = [("case", CaseKind::Shown); 50];
    let names: Vec<_> = (0..20).map(|index| format!("kata_{index}")).collect();
    let primes = [
        2, 3, 5, 7, 11, 13, 17, 19, 23, 25, 27, 29, 31, 32, 37, 41, 43, 47, 49, 50,
    ];
    let katas: Vec<_> = names
        .iter()
        .zip(primes)
        .map(|(name, count)| (name.as_str(), 1, &cases[..count]))
        .collect();
    let records = katas.iter().map(|kata| {
        let mut statuses = [CaseStatus::Passed; 50];
        statuses[0] = CaseStatus::Differs;
        ran(*kata, Credit::Cases, &statuses[..kata.2.len()], false)
    });
    let record = record(Credit::Cases, None, &katas, records.collect());
    let result = json("classroom50", &record);
    assert_eq!(result["max-score"], 20_000);
    assert_eq!(tests(&result)[0]["points-factor"], 1000);
    let given = record.submissions[0].points().given;
    assert!((number(&result, "score") / 1000.0 - given).abs() < 0.01);
    check_classroom(&record);
    check_gradescope(&record);
}
