//! The common start of every command for authors: the katas and languages it applies to, and how errors are shown.

use clap::Args;

use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use crate::author::{self, AuthorError, Bench, Patience, Tree, Trial};
use crate::catalog::{self, CatalogError, Course, Kata};
use crate::grade;
use crate::seal::Mistake;
use crate::spec::CaseKind;
use crate::track::{Track, Tracks};
use crate::ui::{self, ProgressLine, Ui};

/// The named katas, or all.
pub(super) fn katas(course: &Course, typed: &[String], ui: &mut Ui) -> Result<Vec<Kata>, Failure> {
    let ids: Vec<&str> = match typed {
        [] => course.ids().collect(),
        typed => typed.iter().map(String::as_str).collect(),
    };
    ids.into_iter()
        .map(|id| course.kata(id).map_err(|error| here::told(error, ui)))
        .collect()
}

/// The languages whose programs are run.
#[derive(Args)]
pub(super) struct Languages {
    /// Run programs in this language only: {languages} [default: every language of the kata]
    #[arg(long, value_name = "LANGUAGE")]
    track: Option<String>,
}

impl Languages {
    /// The one language that was named.
    pub(super) fn only(&self, tracks: Tracks) -> Result<Option<&'static dyn Track>, Failure> {
        let name = self.track.as_deref();
        name.map(|name| here::named_track(tracks, name)).transpose()
    }
}

/// Reads an author's files of a kata, in every language.
pub(super) fn tree<'a>(kata: &'a Kata, tracks: Tracks, ui: &mut Ui) -> Result<Tree<'a>, Failure> {
    Tree::read(kata, tracks.all()).map_err(|error| failure(error, ui))
}

/// Like [`tree`], but restricted to programs in the named language; returns the languages that are left out.
pub(super) fn limited<'a>(
    kata: &'a Kata,
    languages: &Languages,
    tracks: Tracks,
    ui: &mut Ui,
) -> Result<(Tree<'a>, Vec<&'static str>), Failure> {
    let mut tree = tree(kata, tracks, ui)?;
    let Some(only) = languages.only(tracks)? else {
        return Ok((tree, Vec::new()));
    };
    let left = tree.limit(only).ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            format!("{} has no programs in {}", kata.id, only.name()),
        )
        .hinted(format!(
            "`katas author new --track {}` shows what a kata in that language consists of",
            only.name()
        ))
    })?;
    Ok((tree, left.iter().map(|track| track.name()).collect()))
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

/// Prepares the tools of every language, with a status line if it takes a while. If those of one are missing, nothing
/// is run: what was not checked has not passed.
pub(super) fn prepare(bench: &Bench<'_>, ui: &mut Ui) -> Result<(), Failure> {
    let tracks = &bench.tree.tracks;
    for track in tracks {
        let mut line = ProgressLine::default();
        let prepared = bench.prepare(*track, &mut |step| line.show(ui, &step));
        line.clear(ui);
        let Err(error) = prepared else { continue };
        let failure = failure(error, ui);
        let mut others = tracks.iter().filter(|other| other.name() != track.name());
        return Err(match others.next() {
            None => failure,
            Some(other) => failure
                .because(&format!("the programs in {} cannot be run", track.name()))
                .hinted(format!(
                    "`--track {}` leaves them out, and says what it did not check",
                    other.name()
                )),
        });
    }
    Ok(())
}

/// Checks that every diff of the solution applies to it.
pub(super) fn no_stale_diff(bench: &Bench<'_>) -> Result<(), Failure> {
    let Some(diff) = bench.tree.stale.first() else {
        return Ok(());
    };
    let file = here::from_here(&diff.path);
    let message = format!(
        "{} does not apply to the solution: {}",
        file.display(),
        diff.why
    );
    Err(Failure::new(Exit::BrokenKata, message)
        .hinted("make the change again, and create the diff with `diff -u`"))
}

/// Checks that the reference solutions pass: otherwise no answer could open the lock.
pub(super) fn solutions_pass(bench: &Bench<'_>, ui: &mut Ui) -> Result<(), Failure> {
    for text in bench.tree.run_solutions() {
        let trial = bench.run(text.track, &text.source, Patience::Usual);
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

/// Why a solution does not pass, in sentences: its first failed case, or another unmet requirement. Everything
/// belongs to the author, so this shows hidden outputs too, unlike `katas run`.
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

/// Runs wrong implementations, or variants, on every case; if `must_run`, one that cannot be run is an error.
/// Those in a language that is left out stay as they are.
pub(super) fn run(
    bench: &Bench<'_>,
    mistakes: Vec<Mistake>,
    must_run: bool,
    ui: &mut Ui,
) -> Result<Vec<Mistake>, Failure> {
    let track = |mistake: &Mistake| {
        let mut tracks = bench.tree.tracks.iter();
        tracks.find(|track| track.name() == mistake.track).copied()
    };
    let programs: Vec<(&dyn Track, &str)> = mistakes
        .iter()
        .filter_map(|mistake| Some((track(mistake)? as &dyn Track, mistake.source.as_str())))
        .collect();
    let trials = author::trials(bench, &programs, Patience::Usual);
    let mut trials = trials.map_err(|error| failure(error, ui))?.into_iter();
    let mut ran = Vec::new();
    for mut mistake in mistakes {
        if track(&mistake).is_none() {
            ran.push(mistake);
            continue;
        }
        let Some(trial) = trials.next().flatten() else {
            if !must_run {
                continue;
            }
            let mut wrong = bench.tree.run_wrong();
            let file =
                wrong.find(|text| text.id == mistake.id && text.track.name() == mistake.track);
            let path = file.map(|text| text.path.clone()).unwrap_or_default();
            return Err(broken(bench, "a wrong implementation cannot be run", &path));
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
    let failure = Failure::new(Exit::BrokenKata, format!("{what}: {file}"));
    match catalog::is_diff(path) {
        true => failure.hinted("apply it to a copy of the solution with `patch`, and run that"),
        false => failure.hinted(format!("`katas run {id} --answer {file}` shows why")),
    }
}
