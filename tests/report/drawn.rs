//! Random records: all formats are valid for every possible result.

use katas::record::{CaseStatus, KataRecord, Record, Status, Submission};
use katas::spec::{CaseKind, Credit};
use proptest::prelude::*;

use super::arithmetic::{check, rendered};
use super::build::{Asked, ran, record};
use super::page::check_page;

/// Any record that judging can produce.
fn records() -> impl Strategy<Value = Record> {
    let case = (0..5_usize, 0..3_usize, any::<String>(), any::<String>());
    let kata = (
        0..12_u32,
        prop::collection::vec(case, 0..9),
        0..6_usize,
        any::<String>(),
    );
    let course = prop::collection::vec(kata, 1..5);
    (course, any::<bool>(), any::<bool>()).prop_map(|(course, all, key)| {
        let credit = if all { Credit::All } else { Credit::Cases };
        let kinds = [CaseKind::Shown, CaseKind::Hidden, CaseKind::Sealed];
        let names: Vec<_> = (0..course.len())
            .map(|index| format!("kata_{index}"))
            .collect();
        let cases: Vec<Vec<_>> = course
            .iter()
            .map(|kata| {
                kata.1
                    .iter()
                    .map(|case| (case.2.as_str(), kinds[case.1]))
                    .collect()
            })
            .collect();
        let katas: Vec<_> = names
            .iter()
            .zip(&cases)
            .zip(&course)
            .map(|((name, cases), kata)| (name.as_str(), kata.0, &cases[..]))
            .collect();
        let records = katas
            .iter()
            .zip(&course)
            .map(|(about, kata)| made(about, kata, credit, key));
        record(credit, key.then_some("5ea1ed"), &katas, records.collect())
    })
}

type Drawn = (u32, Vec<(usize, usize, String, String)>, usize, String);

fn made(about: &Asked, kata: &Drawn, credit: Credit, key: bool) -> KataRecord {
    use CaseStatus::{Differs, Failed, Open, Passed, Waits};
    let statuses: Vec<_> = kata
        .1
        .iter()
        .map(|case| match case.1 {
            2 if !key => Open,
            _ => [Passed, Passed, Differs, Failed, Waits][case.0],
        })
        .collect();
    let right = statuses
        .iter()
        .all(|status| matches!(status, Passed | Open));
    let ran_with = |passes| ran(*about, credit, &statuses, passes);
    let mut one = match kata.2 {
        // If all cases are right, it passes, or a call is missing.
        0 | 1 if !statuses.is_empty() => ran_with(right),
        2 if !statuses.is_empty() => ran_with(false),
        3 => KataRecord::without_cases(about.0, Status::Missing, about.1, &kata.3),
        4 => KataRecord::without_cases(about.0, Status::Unjudged, about.1, &kata.3),
        _ => KataRecord::without_cases(about.0, Status::Refused, about.1, &kata.3),
    };
    kata.3.clone_into(&mut one.screen);
    for (case, drawn) in one.cases.iter_mut().zip(&kata.1) {
        drawn.3.clone_into(&mut case.said);
        drawn.2.clone_into(&mut case.printed);
    }
    one
}

proptest! {
    #[test]
    fn points_agree_for_every_record(record in records()) {
        check(&record);
        check_page(&rendered("markdown", &record));
        // A record that is read back is unchanged, points to the bit, with every text printable.
        let read = katas::report::read(&rendered("json", &record)).expect("a record");
        let mut submissions = record.submissions.clone();
        submissions.iter_mut().for_each(Submission::make_printable);
        let mut printable = record.with(());
        printable.make_printable();
        prop_assert_eq!(read, printable.with(submissions));
    }
}
