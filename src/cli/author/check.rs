//! `katas author check`: what an author must change before others see the katas.

use std::path::PathBuf;

use clap::Args;

use super::super::class_key::{EnvironmentKey, class_key};
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use super::gather;
use crate::author::{self, Bench, Depth, Sealing, Tree, WrongAnswers};
use crate::catalog::{CatalogError, Kata};
use crate::files::Cache;
use crate::seal::{self, ClassKey, Finding, Lock, Parts};
use crate::track::Tracks;
use crate::ui::{Ui, plural};

#[derive(Args)]
pub(in crate::cli) struct Check {
    /// The katas [default: all]
    ids: Vec<String>,
    #[command(flatten)]
    languages: gather::Languages,
    /// Skip the mutants of the solution, which take a few seconds
    #[arg(long)]
    no_mutants: bool,
    /// Do not run wrong answers that kata.lock has recorded and that have not changed since
    #[arg(long)]
    trust_lock: bool,
    /// The file with the class key, to check the sealed cases too
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

pub(super) fn check(
    command: &Check,
    tracks: Tracks,
    given: EnvironmentKey,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let key = class_key(command.key_file.as_ref(), given)?;
    let (course, _) = here::course(ui)?;
    let cache = Cache::of_this_user()?;
    let depth = match command.no_mutants {
        true => Depth::WithoutMutants,
        false => Depth::Whole,
    };
    let katas = gather::katas(&course, &command.ids, ui)?;
    let (mut wrong, mut all) = (0, 0);
    for kata in &katas {
        ui.print(&kata.id);
        let (tree, left) = gather::limited(kata, &command.languages, tracks, ui)?;
        let wrong_answers = match command.trust_lock {
            true => WrongAnswers::Recorded,
            false => WrongAnswers::Run,
        };
        let wanted = (depth, wrong_answers);
        let findings = check_kata(&tree, wanted, key.as_ref(), &cache, ui)?;
        if !left.is_empty() {
            ui.say(
                2,
                &format!("Not checked: programs in {}.", left.join(" and ")),
            );
        }
        wrong += usize::from(findings > 0);
        all += findings;
        ui.blank();
    }
    match wrong {
        0 => {
            ui.print(&format!("{} checked.", plural(katas.len(), "kata")));
            Ok(Exit::Passed)
        }
        _ => {
            ui.print(&format!(
                "{wrong} of {} must be changed: {}.",
                plural(katas.len(), "kata"),
                plural(all, "finding")
            ));
            Ok(Exit::NotYet)
        }
    }
}

/// Checks a kata and returns the number of findings.
fn check_kata(
    tree: &Tree<'_>,
    (depth, wrong_answers): (Depth, WrongAnswers),
    key: Option<&ClassKey>,
    cache: &Cache,
    ui: &mut Ui,
) -> Result<usize, Failure> {
    let kata = tree.kata;
    let mut findings = Vec::new();
    let lock = kata.lock();
    let known = lock.as_ref().ok().and_then(Option::as_ref);
    let sealing = Sealing::new(tree, known);
    let mut sealing = sealing.map_err(|error| kata.lock_error(error))?;
    // A learner's course has nothing to check but its locks.
    if kata.secrets().is_dir() {
        let bench = Bench::new(tree, cache);
        gather::prepare(&bench, ui)?;
        let report = author::check(&bench, depth, wrong_answers);
        let report = report.map_err(|error| gather::failure(error, ui))?;
        // A failing solution says nothing about which inputs matter.
        if report.is_solved {
            sealing.used = author::used(&bench).map_err(|error| gather::failure(error, ui))?;
        }
        let freedoms = seal::freedoms(&sealing.parts(key, cache));
        ui.author_report(&kata.spec, &report, &freedoms);
        findings = report.findings;
    } else {
        ui.say(
            2,
            &format!(
                "Only kata.lock was checked: there is no solutions/{}, as in a learner's course.",
                kata.id
            ),
        );
    }
    findings.extend(of_the_lock(kata, lock, &sealing.parts(key, cache))?);
    ui.author_findings(&findings);
    Ok(findings.len())
}

fn of_the_lock(
    kata: &Kata,
    lock: Result<Option<Lock>, CatalogError>,
    parts: &Parts<'_>,
) -> Result<Vec<Finding>, Failure> {
    match lock {
        Ok(lock) => {
            let checked = seal::check(parts, lock.as_ref(), kata.secrets().is_dir());
            Ok(checked.map_err(|error| kata.lock_error(error))?)
        }
        Err(CatalogError::Lock { source, .. }) => Ok(vec![Finding {
            what: format!("kata.lock cannot be used: {source}."),
            instead: format!("katas author seal {}", kata.id),
        }]),
        Err(error) => Err(error.into()),
    }
}
