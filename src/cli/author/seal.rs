//! `katas author seal`: writes `kata.lock`.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::super::class_key::{EnvironmentKey, class_key};
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use super::gather;
use crate::author::{self, Bench, Sealing};
use crate::catalog::{CatalogError, Kata};
use crate::diagnose::InputChange;
use crate::files::{self, Cache};
use crate::seal::{self, ClassKey, Pairs, SealError};
use crate::track::Tracks;
use crate::ui::{Ui, plural};

#[derive(Args)]
pub(in crate::cli) struct Seal {
    /// The katas [default: all]
    ids: Vec<String>,
    #[command(flatten)]
    languages: gather::Languages,
    /// The file with the class key, which encrypts sealed cases
    #[arg(long, value_name = "FILE", alias = "key")]
    key_file: Option<PathBuf>,
    /// Leave the reference solutions out, even in encrypted form
    #[arg(long)]
    without_solutions: bool,
}

pub(super) fn seal(
    command: &Seal,
    tracks: Tracks,
    given: EnvironmentKey,
    ui: &mut Ui,
) -> Result<Exit, Failure> {
    let key = class_key(command.key_file.as_ref(), given)?;
    let (course, _) = here::course(ui)?;
    let cache = Cache::of_this_user()?;
    for kata in gather::katas(&course, &command.ids, ui)? {
        seal_kata(command, tracks, &kata, key.as_ref(), &cache, ui)?;
    }
    Ok(Exit::Passed)
}

fn seal_kata(
    command: &Seal,
    tracks: Tracks,
    kata: &Kata,
    key: Option<&ClassKey>,
    cache: &Cache,
    ui: &mut Ui,
) -> Result<(), Failure> {
    let start = Instant::now();
    if !kata.secrets().is_dir() {
        return Err(Failure::new(
            Exit::Usage,
            format!("there is no {}", here::from_here(&kata.secrets()).display()),
        )
        .hinted("create locks where the solutions are: in the author's checkout"));
    }
    let (tree, left) = gather::limited(kata, &command.languages, tracks, ui)?;
    let bench = Bench::new(&tree, cache);
    gather::prepare(&bench, ui)?;
    gather::solutions_pass(&bench, ui)?;
    gather::no_stale_diff(&bench)?;
    let old = match kata.lock() {
        Ok(old) => old,
        // A lock of a newer version may have data that this version would lose.
        Err(
            error @ (CatalogError::File(_)
            | CatalogError::Lock {
                source: SealError::Newer { .. },
                ..
            }),
        ) => return Err(error.into()),
        Err(_) => None,
    };
    let sealing = Sealing::new(&tree, old.as_ref());
    let mut sealing = sealing.map_err(|error| kata.lock_error(error))?;
    sealing.mistakes = gather::run(&bench, sealing.mistakes, true, ui)?;
    let (inputs, variants): (Vec<_>, Vec<_>) = std::mem::take(&mut sealing.variants)
        .into_iter()
        .partition(|variant| InputChange::parse(&variant.id).is_some());
    sealing.variants = gather::run(&bench, variants, false, ui)?;
    let inputs = author::run_changed(&bench, inputs);
    let inputs = inputs.map_err(|error| gather::failure(error, ui))?;
    sealing.variants.extend(inputs);
    sealing.used = author::used(&bench).map_err(|error| gather::failure(error, ui))?;
    sealing.pairs = author::pairs(&bench).map_err(|error| gather::failure(error, ui))?;
    let is_whole = sealing.is_whole();
    let mut parts = sealing.parts(key, cache);
    if command.without_solutions {
        parts.solution = None;
    }
    let lock = seal::make(&parts, old.as_ref()).map_err(|error| kata.lock_error(error))?;
    let shown = here::from_here(&kata.lock_file());
    if old.as_ref() == Some(&lock) {
        ui.print(&format!("{} is up to date.", shown.display()));
    } else {
        files::write_whole(&kata.lock_file(), &lock.bytes())?;
        let hidden = tree.hidden.len();
        let solution = match parts.solution {
            Some(_) => "the solution",
            None => "no solution",
        };
        ui.say(
            0,
            &format!(
                "Wrote {}: {}, {}, {}, {}, {}, {solution}. ({:.1} s)",
                shown.display(),
                plural(hidden, "hidden case"),
                plural(tree.sealed.len(), "sealed case"),
                plural(lock.pitfalls().len(), "known mistake"),
                plural(lock.pairs().map_or(0, Pairs::len), "pair"),
                plural(lock.variants().len(), "variant"),
                start.elapsed().as_secs_f64()
            ),
        );
    }
    if !left.is_empty() {
        let kept = match is_whole && lock.pitfalls().len() == tree.wrong.len() {
            true => "the lock keeps its entries for them",
            false => "the lock has no entries for those that changed",
        };
        let left = left.join(" and ");
        ui.say(0, &format!("Not run: programs in {left}; {kept}."));
    }
    if key.is_none() && !tree.sealed.is_empty() {
        ui.say(
            0,
            "No class key was given, so the sealed cases were left as they are.",
        );
    }
    Ok(())
}
