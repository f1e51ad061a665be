//! `katas author check`: what an author must change before others see the katas.

use std::path::PathBuf;

use clap::Args;

use super::super::class_key::{Given, class_key};
use super::super::exit::Exit;
use super::super::failure::Failure;
use super::super::here;
use super::gather;
use crate::catalog::{CatalogError, Kata};
use crate::files::Cache;
use crate::seal::{self, COST, ClassKey, Finding, Parts};
use crate::ui::{Ui, plural};

#[derive(Args)]
pub(in crate::cli) struct Check {
    /// The katas; all of them if left out
    ids: Vec<String>,
    /// The file with the class key, to look into sealed cases too
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

pub(super) fn check(command: &Check, given: Given, ui: &mut Ui) -> Result<Exit, Failure> {
    let key = class_key(command.key_file.as_ref(), given)?;
    let (course, _) = here::course(ui)?;
    let cache = Cache::of_this_user();
    let katas = gather::katas(&course, &command.ids, ui)?;
    let mut wrong = 0;
    for kata in &katas {
        wrong += usize::from(!check_kata(kata, key.as_ref(), &cache, ui)?);
    }
    ui.blank();
    match wrong {
        0 => {
            ui.print(&format!("{} checked.", plural(katas.len(), "kata")));
            Ok(Exit::Passed)
        }
        _ => {
            ui.print(&format!(
                "{wrong} of {} must be changed.",
                plural(katas.len(), "kata")
            ));
            Ok(Exit::BrokenKata)
        }
    }
}

fn check_kata(
    kata: &Kata,
    key: Option<&ClassKey>,
    cache: &Cache,
    ui: &mut Ui,
) -> Result<bool, Failure> {
    let secrets = gather::secrets(kata, ui)?;
    let parts = Parts {
        id: &kata.id,
        spec: &kata.spec,
        hidden: &secrets.hidden,
        mistakes: &secrets.mistakes,
        solution: Some(&secrets.solution),
        sealed: &secrets.sealed,
        class_key: key,
        cost: COST,
        cache,
    };
    ui.print(&kata.id);
    for (case, freedom) in seal::freedoms(&parts) {
        let wide = if freedom.is_wide() { ", wide" } else { "" };
        ui.say(
            2,
            &format!(
                "{case}: {}, {} different, {:.0} bits of freedom{wide}",
                plural(freedom.values, "value"),
                freedom.different,
                freedom.bits
            ),
        );
    }
    if let Some(reason) = &kata.spec.narrow {
        ui.say(2, &format!("narrow: {reason}"));
    }
    let findings = match kata.lock() {
        Ok(lock) => seal::check(&parts, lock.as_ref(), kata.secrets().is_dir())
            .map_err(|error| kata.lock_error(error))?,
        Err(CatalogError::Lock { source, .. }) => vec![Finding {
            what: format!("kata.lock cannot be used: {source}."),
            instead: format!("katas author seal {}", kata.id),
        }],
        Err(error) => return Err(error.into()),
    };
    for Finding { what, instead } in &findings {
        ui.say(2, &format!("must change: {what}"));
        ui.say(6, &format!("do: {instead}"));
    }
    Ok(findings.is_empty())
}
