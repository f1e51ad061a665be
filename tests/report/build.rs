//! Helpers that build records.

use katas::record::{
    Answer, CaseAbout, CaseRecord, CaseStatus, Cause, CourseAbout, FORMAT, Judge, KataAbout,
    KataRecord, Message, Points, Record, Status, Submission, share,
};
use katas::spec::{CaseKind, Credit, SealedResults};

use CaseStatus::{Differs, Failed, Open, Passed, Waits};

/// A kata: its name, its points, and its cases.
pub(super) type Asked<'a> = (&'a str, u32, &'a [(&'a str, CaseKind)]);

/// A record of one submission.
pub(super) fn record(
    credit: Credit,
    key: Option<&str>,
    katas: &[Asked],
    records: Vec<KataRecord>,
) -> Record {
    let about = |kata: &Asked| KataAbout {
        id: kata.0.to_owned(),
        title: format!("The kata {}", kata.0),
        points: kata.1,
        digest: format!("d16e57{:02x}", kata.0.len()),
        cases: kata
            .2
            .iter()
            .map(|case| CaseAbout {
                name: case.0.to_owned(),
                kind: case.1,
            })
            .collect(),
        starters: kata
            .0
            .len()
            .is_multiple_of(2)
            .then(|| ("rust".to_owned(), "fn answer() {}\n".to_owned()))
            .into_iter()
            .collect(),
    };
    Record {
        format: FORMAT.to_owned(),
        judge: Judge {
            katas: "0.1.0".to_owned(),
            digest: "b111d0fca7a50001".to_owned(),
            tools: [("rust".to_owned(), "rustc 1.95.0".to_owned())].into(),
            confined: vec!["landlock".to_owned(), "seccomp".to_owned()],
            not_confined: Vec::new(),
            key: key.map(str::to_owned),
            seconds: 10,
        },
        course: CourseAbout {
            title: "From PyTorch to JAX, one weight at a time".to_owned(),
            credit,
            sealed: SealedResults::Count,
            katas: katas.iter().map(about).collect(),
        },
        part: None,
        submissions: vec![Submission {
            katas: records,
            ..Submission::default()
        }],
    }
}

/// A kata whose answer ran.
pub(super) fn ran(
    kata: Asked,
    credit: Credit,
    statuses: &[CaseStatus],
    passes: bool,
) -> KataRecord {
    let cases: Vec<_> = kata
        .2
        .iter()
        .zip(statuses)
        .enumerate()
        .map(|(index, (case, status))| CaseRecord {
            number: index + 1,
            name: case.0.to_owned(),
            kind: case.1,
            status: *status,
            said: match status {
                Passed => "",
                Differs => "The output differs.",
                Failed => "The answer panicked.",
                Waits => "It waits for the shown cases.",
                Open => "It is sealed and was not run.",
            }
            .to_owned(),
            printed: String::new(),
        })
        .collect();
    let status = if passes {
        Status::Passed
    } else {
        Status::Failed
    };
    let mut one = KataRecord {
        cases,
        answer: Some(answer(kata.0)),
        took: Some(1234),
        ..without(kata, status, "")
    };
    let (right, counted) = one.passed_of();
    one.points = share(credit, kata.1, passes, right, counted);
    one.headline = if passes {
        format!("passed. All {right} cases, every bit.")
    } else {
        format!("not yet. {right} of {counted} cases passed.")
    };
    one.screen = format!(
        "{}: {}\n\n  the whole screen, ``` and all\n",
        kata.0, one.headline
    );
    one
}

/// A kata without cases.
pub(super) fn without(kata: Asked, status: Status, headline: &str) -> KataRecord {
    let mut one = KataRecord::without_cases(kata.0, status, kata.1, headline);
    one.points = Points {
        given: 0.0,
        most: kata.1,
    };
    one
}

/// An answer's file.
pub(super) fn answer(kata: &str) -> Answer {
    Answer {
        track: "rust".to_owned(),
        file: format!("katas/{kata}/{kata}.rs"),
        digest: "a5".repeat(32),
        source: None,
    }
}

/// A cause.
pub(super) fn cause(kind: &str, id: &str, certain: bool) -> Cause {
    Cause {
        kind: kind.to_owned(),
        id: id.to_owned(),
        certain,
        lead: "This is a known mistake.".to_owned(),
        text: "Your kernel still lies as PyTorch stored it, (out, in).\nLook at which dimension Flax wants first.".to_owned(),
    }
}

/// An error of the compiler.
pub(super) fn error(line: u32) -> Message {
    Message {
        text: format!("mismatched types, 100% sure: line {line}"),
        code: "E0308".to_owned(),
        line,
        column: 5,
    }
}
