//! What is said about every wrong answer in the repository, beside what its first line expects.
//!
//!     cargo run --release --example explain_answers [-- --screen]
//!
//! For each kata: the wrong implementations of `solutions/`, then the answers in `tests/fixtures/diagnose/`. The
//! fingerprints of the pitfalls are made here, by running them; `kata.lock` is not asked. Ends with 1 if one is explained otherwise.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use katas::catalog::{Course, Kata};
use katas::diagnose::{
    CaseEvidence, Certainty, Evidence, Explanation, Fingerprint, Known, KnownKind, Outcome,
    Subject, diagnose,
};
use katas::files::Cache;
use katas::grade::{self, Cases, Request};
use katas::track::TRACKS;
use katas::ui::{ColorChoice, Ui};
use katas::verdict::{CaseVerdict, Failure, Judged, KataResult};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A pitfall's id, its text, and what its wrong implementation gives on each case.
type Recorded = (String, String, Vec<Option<Fingerprint>>);

fn main() -> Result<ExitCode> {
    let screen = std::env::args().any(|argument| argument == "--screen");
    let course = Course::find(Path::new(env!("CARGO_MANIFEST_DIR")))?;
    let mut ui = Ui::of_process(ColorChoice::Auto);
    let mut otherwise = 0;
    for id in course.ids() {
        let kata = course.kata(id)?;
        let pitfalls = pitfalls(&kata)?;
        let fixtures = course.root.join("tests/fixtures/diagnose").join(id);
        let wrong = course.root.join("solutions").join(id).join("wrong");
        let mut files = answers(&wrong)?;
        files.extend(answers(&fixtures)?);
        for file in files {
            let source = std::fs::read_to_string(&file)?;
            let name = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let expected = match source.strip_prefix("// ") {
                Some(rest) => rest.lines().next().unwrap_or_default().to_owned(),
                None => format!("this is: {name}"),
            };
            let ignored = source
                .lines()
                .find_map(|line| line.strip_prefix("// asked again, it ignores: "));
            let result = judge(&kata, &file)?;
            let told = explain(&kata, &pitfalls, &result, ignored);
            let said = told.first().map_or("nothing".to_owned(), said);
            let mark = if said == expected { " " } else { "!" };
            otherwise += usize::from(said != expected);
            writeln!(std::io::stdout(), "{mark} {id:18} {name:32} {}", all(&told))?;
            if said != expected {
                writeln!(std::io::stdout(), "  expected {expected}")?;
            }
            if screen {
                ui.explanations(&told, 10);
                ui.blank();
            }
        }
    }
    Ok(ExitCode::from(u8::from(otherwise > 0)))
}

fn said(told: &Explanation) -> String {
    let verb = match told.certainty {
        Certainty::ThisIs => "this is",
        Certainty::LooksLike => "this looks like",
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
fn pitfalls(kata: &Kata) -> Result<Vec<Recorded>> {
    let wrong = kata.root.join("solutions").join(&kata.id).join("wrong");
    let mut found = Vec::new();
    for pitfall in &kata.spec.pitfalls {
        let file = wrong.join(format!("{}.rs", pitfall.id));
        let result = judge(kata, &file)?;
        found.push((pitfall.id.clone(), pitfall.text.clone(), prints(&result)));
    }
    Ok(found)
}

fn answers(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}

fn judge(kata: &Kata, file: &Path) -> Result<KataResult> {
    let request = Request {
        kata,
        track: TRACKS[0],
        answer: file,
        shown_as: file,
        cases: Cases::All,
        limits: grade::LIMITS,
        width: 80,
        cache: &Cache::of_this_user(),
    };
    let result = grade::judge(&request, &mut |_| {})?;
    match &result.judged {
        Judged::Ran(_) => Ok(result),
        Judged::Refused(refusal) => Err(format!("{}: {refusal:?}", file.display()).into()),
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
        shown: !ran.hidden,
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
    let known = pitfalls.iter().map(|(id, text, fingerprints)| Known {
        id,
        kind: KnownKind::Pitfall,
        text,
        hint: None,
        fingerprints: fingerprints.clone(),
    });
    diagnose(&Evidence {
        spec: &kata.spec,
        cases: cases.collect(),
        known: known.collect(),
        ignored_inputs: ignored.map(str::to_owned).into_iter().collect(),
    })
}
