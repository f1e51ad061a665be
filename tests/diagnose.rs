//! What is said about wrong answers: the pitfalls of each kata, and answers as learners write them.
//!
//! The answers lie in `fixtures/diagnose/<kata>/`; the first line of each is what must be said first. Fingerprints are made here
//! by running the pitfalls, so nothing but the shown cases counts.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use ::katas::catalog::{Course, Kata};
use ::katas::diagnose::{
    CaseEvidence, Certainty, Evidence, Explanation, Fingerprint, Known, KnownKind, Outcome,
    Subject, diagnose,
};
use ::katas::files::Cache;
use ::katas::grade::{self, Cases, Request, Unconfined};
use ::katas::sandbox::Author;
use ::katas::spec::CaseKind;
use ::katas::track::TRACKS;
use ::katas::verdict::{CaseVerdict, Failure, Judged, KataResult};

use crate::common::{library, repository};

/// What a pitfall gives on each case.
struct Recorded {
    id: String,
    text: String,
    fingerprints: Vec<Option<Fingerprint>>,
}

#[test]
fn hf_load_is_explained() {
    check("hf_load");
}

#[test]
fn split_merge_is_explained() {
    check("split_merge");
}

#[test]
fn state_translation_is_explained() {
    check("state_translation");
}

#[test]
fn every_kata_has_wrong_answers_that_are_explained() {
    for id in course().ids() {
        let fixtures = answers(&repository().join("tests/fixtures/diagnose").join(id));
        assert!(fixtures.len() >= 6, "{id} has {}", fixtures.len());
    }
}

#[track_caller]
fn check(id: &str) {
    let kata = course().kata(id).expect("the course has it");
    let pitfalls = pitfalls(&kata);
    let wrong = kata.root.join("solutions").join(id).join("wrong");
    let fixtures = kata.root.join("tests/fixtures/diagnose").join(id);
    let mut findings = Vec::new();
    for file in [answers(&wrong), answers(&fixtures)].concat() {
        let source = std::fs::read_to_string(&file).expect("the answer can be read");
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let expected = match source.strip_prefix("//! ") {
            Some(rest) if file.starts_with(&fixtures) => {
                rest.lines().next().unwrap_or_default().to_owned()
            }
            _ => format!("This is: {name}"),
        };
        let ignored = source
            .lines()
            .find_map(|line| line.strip_prefix("//! Asked again, it ignores: "));
        let told = explain(&kata, &pitfalls, &judge(&kata, &file), ignored);
        let said = told.first().map_or("Nothing explains it".to_owned(), said);
        if said != expected {
            findings.push(format!(
                "{id} {name}: expected `{expected}`, told {}",
                all(&told)
            ));
        }
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

fn course() -> Course {
    Course::find(repository()).expect("the repository is a course")
}

fn said(told: &Explanation) -> String {
    let verb = match told.certainty {
        Certainty::ThisIs => "This is",
        Certainty::LooksLike => "This looks like",
    };
    format!("{verb}: {}", told.subject.id())
}

fn all(told: &[Explanation]) -> String {
    let each = told.iter().map(|told| {
        let what = match &told.subject {
            Subject::Cause(_) => format!(" ({})", told.what),
            _ => String::new(),
        };
        format!(
            "{}{what} {}/{}",
            said(told),
            told.explains.len(),
            told.wrong
        )
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() {
        "nothing".to_owned()
    } else {
        each.join("; ")
    }
}

/// Each pitfall of the kata with what its wrong implementation gives.
fn pitfalls(kata: &Kata) -> Vec<Recorded> {
    let wrong = kata.root.join("solutions").join(&kata.id).join("wrong");
    let recorded = kata.spec.pitfalls.iter().map(|pitfall| Recorded {
        id: pitfall.id.clone(),
        text: pitfall.text.clone(),
        fingerprints: prints(&judge(kata, &wrong.join(format!("{}.rs", pitfall.id)))),
    });
    recorded.collect()
}

fn answers(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files.sort();
    files
}

fn judge(kata: &Kata, file: &Path) -> KataResult {
    let request = Request {
        kata,
        track: TRACKS[0],
        answer: file,
        shown_as: file,
        cases: Cases::All,
        limits: grade::LIMITS,
        author: Author::Own,
        unconfined: Unconfined::Allow,
        width: 80,
        cache: &Cache::in_folder(library()),
        class_key: None,
    };
    let result = grade::judge(&request, &mut |_| {});
    let result = result.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    match &result.judged {
        Judged::Ran(_) => result,
        Judged::Refused(refusal) => panic!("{}: {refusal:?}", file.display()),
    }
}

fn prints(result: &KataResult) -> Vec<Option<Fingerprint>> {
    let Judged::Ran(ran) = &result.judged else {
        return Vec::new();
    };
    let prints = ran.cases.iter().map(|case| match &case.verdict {
        CaseVerdict::Passed => Some(Fingerprint::Right),
        CaseVerdict::Different(mismatch) => mismatch.outputs.as_ref().map(|outputs| {
            let mut hasher = DefaultHasher::new();
            outputs.got.hash(&mut hasher);
            let mut digest = [0; 32];
            digest[..8].copy_from_slice(&hasher.finish().to_le_bytes());
            Fingerprint::Digest(digest)
        }),
        CaseVerdict::Failed(Failure::Panicked { .. }) => {
            Some(Fingerprint::Failed("panicked".to_owned()))
        }
        CaseVerdict::Failed(failure) => Some(Fingerprint::Failed(failure.clause())),
        CaseVerdict::NotRun(_) => None,
    });
    prints.collect()
}

fn explain(
    kata: &Kata,
    pitfalls: &[Recorded],
    result: &KataResult,
    ignored: Option<&str>,
) -> Vec<Explanation> {
    let Judged::Ran(ran) = &result.judged else {
        return Vec::new();
    };
    let prints = prints(result);
    let cases = kata.spec.cases.iter().zip(&ran.cases).zip(prints);
    let cases = cases.map(|((case, ran), fingerprint)| CaseEvidence {
        shown: ran.kind == CaseKind::Shown,
        dims: &case.dims,
        given: &case.given,
        expected: case.expect.as_ref(),
        outcome: match &ran.verdict {
            CaseVerdict::Passed => Outcome::Right,
            CaseVerdict::Different(mismatch) => match &mismatch.outputs {
                Some(outputs) => Outcome::Value(&outputs.got),
                None => Outcome::NotRun,
            },
            CaseVerdict::Failed(_) => Outcome::Failed,
            CaseVerdict::NotRun(_) => Outcome::NotRun,
        },
        fingerprint,
    });
    let known = pitfalls.iter().map(|recorded| Known {
        id: &recorded.id,
        kind: KnownKind::Pitfall,
        text: &recorded.text,
        hint: None,
        fingerprints: recorded.fingerprints.clone(),
    });
    diagnose(&Evidence {
        spec: &kata.spec,
        cases: cases.collect(),
        known: known.collect(),
        ignored_inputs: ignored.map(str::to_owned).into_iter().collect(),
    })
}
