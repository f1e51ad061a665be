//! Explanations of wrong answers: the pitfalls of each kata, and answers as learners write them.
//!
//! The answers are in `fixtures/diagnose/<kata>/`; the first line of each is the expected first explanation. They are
//! judged as by `katas run`, with the fingerprints of `kata.lock`.

use std::path::{Path, PathBuf};

use ::katas::catalog::{Course, Kata};
use ::katas::diagnose::{
    CaseEvidence, CaseOutput, Certainty, Evidence, Explanation, Fingerprint, Known, KnownKind,
    Subject, diagnose,
};
use ::katas::files::Cache;
use ::katas::grade::{self, Cases, Request, Unconfined};
use ::katas::seal::{self, Recorded};
use ::katas::track::rust::RUST;
use ::katas::track::{Purpose, Track};
use ::katas::verdict::Judged;

use crate::common::{library, repository};

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

/// Wrong answers by people who had seen neither the pitfalls nor the code; what each really does wrong is in its head. They
/// are no measure any more, but what is said of them should not get worse.
#[test]
fn blind_answers_are_explained() {
    let own = ["hf_load", "split_merge", "state_translation"];
    let course = course();
    let ids: Vec<_> = course.ids().filter(|id| !own.contains(id)).collect();
    assert!(ids.len() > 20);
    let findings: Vec<String> = ids
        .into_iter()
        .flat_map(|id| findings(id, answers(&fixtures(id))))
        .collect();
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

/// An answer with the outcomes that a lock has recorded for a pitfall gets its text. That the lock is up to date is what
/// `author check` says; the programs of the first three katas are run by the tests above.
#[test]
fn the_pitfalls_of_every_kata_are_named() {
    let mut findings = Vec::new();
    let course = course();
    let mut count = 0;
    for id in course.ids() {
        let kata = course.kata(id).expect("the course has it");
        let lock = kata.fitting_lock().expect("it can be read");
        let lock = lock.expect("a shipped kata has a lock");
        let recorded = lock.pitfalls().iter();
        let recorded: Vec<_> = recorded.filter(|known| known.track == "rust").collect();
        for mistake in &recorded {
            let evidence = Evidence {
                spec: &kata.spec,
                known: recorded.iter().map(|known| as_known(known)).collect(),
                cases: mistake.cases.iter().map(as_outcome).collect(),
                ignored_inputs: Vec::new(),
            };
            let told = diagnose(&evidence);
            let first = told.first().map(said);
            if first != Some(format!("This is: {}", mistake.id)) {
                findings.push(format!("{id} {}: told {}", mistake.id, all(&told)));
            }
            count += 1;
        }
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
    assert!(count > 100, "{count}");
}

fn as_known(recorded: &Recorded) -> Known<'_> {
    let fingerprints = recorded.cases.iter();
    Known {
        id: recorded.id.as_str().into(),
        kind: KnownKind::Pitfall,
        text: "What it does.".into(),
        hint: None,
        fingerprints: fingerprints.map(same).collect(),
    }
}

/// An outcome of which only the fingerprint is known, as of a hidden case. One that is not recorded is that of a case that
/// does not run.
fn as_outcome(recorded: &seal::Fingerprint) -> CaseEvidence<'static> {
    CaseEvidence {
        shown: false,
        dims: &[],
        given: &[],
        expected: None,
        outcome: match recorded {
            seal::Fingerprint::Right => CaseOutput::Right,
            seal::Fingerprint::Wrong => CaseOutput::NotRun,
            _ => CaseOutput::Failed,
        },
        fingerprint: same(recorded),
    }
}

fn same(recorded: &seal::Fingerprint) -> Option<Fingerprint> {
    Some(match recorded {
        seal::Fingerprint::Right => Fingerprint::Right,
        seal::Fingerprint::Wrong => return None,
        seal::Fingerprint::Failed(word) => Fingerprint::Failed(word.clone()),
        seal::Fingerprint::Digest(digest) => Fingerprint::Digest(digest.0),
        seal::Fingerprint::Near(near) => Fingerprint::Digest(near.digest().0),
    })
}

/// Two programs with the same mistake round differently; the kata's tolerance decides whether they count as the same
/// mistake.
#[test]
fn a_mistake_is_named_within_the_tolerance() {
    let kata = course().kata("llama_logits").expect("the course has it");
    let wrong = kata.wrong().expect("they can be read").into_iter();
    let mut wrong = wrong.filter(|wrong| (&*wrong.id, &*wrong.extension) == ("no_mask", "rs"));
    let source = wrong
        .next()
        .expect("it is there")
        .source
        .expect("the diff applies");
    let other = source.replace(
        "row /= sum;",
        "row.mapv_inplace(|weight| weight * sum.recip());",
    );
    assert_ne!(source, other);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("llama_logits.rs");
    std::fs::write(&file, other).expect("room");
    let told = explanations(&kata, &file);
    assert_eq!(
        told.first().map(said).as_deref(),
        Some("This is: no_mask"),
        "{}",
        all(&told)
    );
}

/// In the first case this answer exchanges two values, and in others more.
#[test]
fn a_swap_is_named_only_if_every_case_has_it() {
    let kata = course().kata("gpt2_conv1d").expect("the course has it");
    let told = explanations(
        &kata,
        &fixtures("gpt2_conv1d").join("neighbors_exchanged.rs"),
    );
    let whats: Vec<&str> = told.iter().map(|told| told.what.as_str()).collect();
    assert_eq!(
        whats,
        ["the correct output with its values in a different order"]
    );
}

fn fixtures(id: &str) -> PathBuf {
    repository().join("tests/fixtures/diagnose").join(id)
}

#[track_caller]
fn check(id: &str) {
    let wrong = repository().join("solutions").join(id).join("wrong");
    let findings = findings(id, [answers(&wrong), answers(&fixtures(id))].concat());
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

/// The answers that got another explanation than the expected one.
#[expect(
    clippy::print_stdout,
    reason = "how many are explained is what this test is for"
)]
fn findings(id: &str, files: Vec<PathBuf>) -> Vec<String> {
    let kata = course().kata(id).expect("the course has it");
    let fixtures = fixtures(id);
    let mut findings = Vec::new();
    let count = files.len();
    for file in files {
        let source = std::fs::read_to_string(&file).expect("the answer can be read");
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let expected = match source.strip_prefix("//! ") {
            Some(rest) if file.starts_with(&fixtures) => {
                rest.lines().next().unwrap_or_default().to_owned()
            }
            _ => format!("This is: {name}"),
        };
        let told = explanations(&kata, &file);
        let said = told.first().map_or("Nothing explains it".to_owned(), said);
        if said != expected {
            findings.push(format!(
                "{id} {name}: expected `{expected}`, told {}",
                all(&told)
            ));
        }
    }
    let right = count - findings.len();
    println!("{id}: {right} of {count} wrong answers got the explanation that should appear");
    findings
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

fn answers(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files.sort();
    files
}

fn explanations(kata: &Kata, file: &Path) -> Vec<Explanation> {
    let cache = Cache::in_folder(library());
    let session = RUST.open(&cache, Purpose::One, &mut |_| {});
    let session = session.unwrap_or_else(|error| panic!("{error}"));
    let request = Request {
        kata,
        session: &*session,
        answer: grade::Answer::File(file),
        shown_as: file,
        cases: Cases::All,
        time_limit: None,
        unconfined: Unconfined::Allow,
        width: 80,
        cache: &cache,
        sealed: None,
    };
    let result = grade::judge(&request);
    let result = result.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    match result.judged {
        Judged::Ran(ran) => ran.explanations,
        Judged::Refused(refusal) => panic!("{}: {refusal:?}", file.display()),
    }
}
