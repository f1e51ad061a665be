//! What every author's command begins with: the katas that are meant, and how an author's error is told.

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use crate::author::{AuthorError, Bench, Tree, Trial};
use crate::catalog::{CatalogError, Course, Kata};
use crate::grade;
use crate::seal::Mistake;
use crate::spec::CaseKind;
use crate::track::{AUTHORED, Track};
use crate::ui::{self, ProgressLine, Ui};

/// The katas that are meant: those named, or all.
pub(super) fn katas(course: &Course, typed: &[String], ui: &mut Ui) -> Result<Vec<Kata>, Failure> {
    let ids: Vec<&str> = match typed {
        [] => course.ids().collect(),
        typed => typed.iter().map(String::as_str).collect(),
    };
    ids.into_iter()
        .map(|id| course.kata(id).map_err(|error| here::told(error, ui)))
        .collect()
}

/// Reads what an author keeps of a kata.
pub(super) fn tree<'a>(kata: &'a Kata, ui: &mut Ui) -> Result<Tree<'a>, Failure> {
    Tree::read(kata).map_err(|error| failure(error, ui))
}

/// An author's error as a failure; faults of a file are shown first.
pub(super) fn failure(error: AuthorError, ui: &mut Ui) -> Failure {
    match error {
        AuthorError::Catalog(error @ CatalogError::Faults(_)) => here::told(error, ui),
        AuthorError::Catalog(error) => error.into(),
        AuthorError::Grade(error) => error.into(),
        AuthorError::Track(error) => error.into(),
        AuthorError::File(error) => error.into(),
    }
}

/// Prepares the tools and says so where it takes a while.
pub(super) fn prepare(bench: &Bench<'_>, ui: &mut Ui) -> Result<(), Failure> {
    let mut line = ProgressLine::default();
    let prepared = bench.prepare(&mut |step| line.show(ui, &step));
    line.clear(ui);
    prepared.map_err(|error| failure(error, ui))
}

/// Makes sure that the reference solutions pass: a lock made from others would open for nobody.
pub(super) fn solutions_pass(bench: &Bench<'_>, ui: &mut Ui) -> Result<(), Failure> {
    for text in &bench.tree.solutions {
        let trial = bench.run(text.track, &text.source);
        let trial = trial.map_err(|error| failure(error, ui))?;
        let what = "the reference solution does not pass";
        match trial {
            Some(trial) if trial.passes() => {}
            Some(trial) => {
                let file = here::from_here(&text.path);
                let failure = Failure::new(Exit::BrokenKata, format!("{what}: {}", file.display()));
                return Err(why(bench, &trial)
                    .into_iter()
                    .fold(failure, Failure::caused)
                    .hinted("correct the solution, or the expected output"));
            }
            None => return Err(broken(bench, what, &text.path)),
        }
    }
    Ok(())
}

/// Why a solution does not pass, in sentences: its first wrong case, or what else the kata asks for. All of it is the
/// author's own, also a hidden output, which `katas run` does not show.
fn why(bench: &Bench<'_>, trial: &Trial) -> Vec<String> {
    let (kata, cases) = (bench.tree.kata, bench.tree.cases());
    let Some(place) = trial.first_wrong() else {
        return trial.unmet.iter().map(ui::unmet).collect();
    };
    let (case, outcome) = (cases[place], &trial.outcomes[place]);
    let kind = match case.kind {
        CaseKind::Shown => String::new(),
        kind => format!(" ({})", kind.name()),
    };
    let said = match (outcome, grade::difference(kata, case, outcome)) {
        (Err(failed), _) => format!("the answer {}.", failed.clause()),
        (Ok(_), Some(mismatch)) => ui::difference(&mismatch),
        (Ok(_), None) => "there is no expected output for it.".to_owned(),
    };
    let mut why = vec![format!("case {}, {}{kind}: {said}", place + 1, case.name)];
    if case.kind == CaseKind::Hidden && kata.spec.is_narrowed() {
        why.push(ui::NARROWED.to_owned());
    }
    why
}

/// Runs wrong implementations, or variants, on every case; one that does not compile is an error if it must.
pub(super) fn run(
    bench: &Bench<'_>,
    mistakes: Vec<Mistake>,
    must_compile: bool,
    ui: &mut Ui,
) -> Result<Vec<Mistake>, Failure> {
    let track = |mistake: &Mistake| {
        let found = AUTHORED.iter().find(|track| track.name() == mistake.track);
        *found.expect("a mistake was read as an answer in one of the tracks")
    };
    let programs: Vec<(&dyn Track, &str)> = mistakes
        .iter()
        .map(|mistake| (track(mistake), mistake.source.as_str()))
        .collect();
    let trials = bench.run_all(&programs);
    let trials = trials.map_err(|error| failure(error, ui))?;
    let mut ran = Vec::new();
    for (mut mistake, trial) in mistakes.into_iter().zip(trials) {
        let Some(trial) = trial else {
            if !must_compile {
                continue;
            }
            let wrong = &bench.tree.wrong;
            let file = wrong
                .iter()
                .find(|text| text.id == mistake.id && text.track.name() == mistake.track);
            let path = file.map(|text| text.path.clone()).unwrap_or_default();
            return Err(broken(
                bench,
                "a wrong implementation does not compile",
                &path,
            ));
        };
        let mut outcomes = trial.outcomes;
        mistake.sealed = outcomes.split_off(bench.tree.kata.spec.cases.len());
        mistake.outcomes = outcomes;
        ran.push(mistake);
    }
    Ok(ran)
}

fn broken(bench: &Bench<'_>, what: &str, path: &std::path::Path) -> Failure {
    let file = here::from_here(path);
    let (id, file) = (&bench.tree.kata.id, file.display());
    Failure::new(Exit::BrokenKata, format!("{what}: {file}"))
        .hinted(format!("`katas run {id} --answer {file}` shows why"))
}
