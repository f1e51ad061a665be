//! What `katas doctor` says about Python: the environment for answers, and whether a known-good answer runs in it.

use std::sync::Arc;

use super::environment::{self, Environment};
use super::hosts::Hosts;
use super::run::Program;
use super::{interpreter, process, setup};
use crate::files::Cache;
use crate::sandbox::{Author, Enforced};
use crate::track::batch::Start;
use crate::track::{Finding, TrackError};

/// Checks the environment, and starts a known-good answer. It creates nothing, since a machine does not need Python.
pub(super) fn findings(cache: &Cache) -> Vec<Finding> {
    let environment = match setup::find(cache) {
        Ok(Some(environment)) => environment,
        Ok(None) => return vec![Finding::good("python", absent(cache))],
        Err(error) => {
            return vec![Finding {
                problem: Some(error),
                ..Finding::good("python", "not asked")
            }];
        }
    };
    let program = environment.interpreter.executable.display();
    let version = environment.interpreter.version();
    let versions = environment::versions(&environment.interpreter);
    let mut findings = vec![Finding::good("python", format!("{version}, {program}"))];
    findings.push(match try_out(&environment) {
        Ok(()) => Finding::good("packages", versions),
        Err(error) => Finding {
            problem: Some(error),
            ..Finding::good("packages", format!("{versions}: answers cannot be run"))
        },
    });
    findings.push(Finding::good("untrusted Python", held(&environment)));
    findings.extend(lacks_fma().then(|| Finding::good("processor", NO_FMA)));
    findings
}

/// The problem of a processor without fused multiply-adds. Rust's bits do not depend on it: `nnx` computes them
/// exactly anyway.
const NO_FMA: &str =
    "no FMA: jax rounds products differently here, and right answers can fail by the last bit";

/// Whether the processor lacks fused multiply-adds, which JAX's recorded bits depend on. ARM64 always has them.
fn lacks_fma() -> bool {
    #[cfg(target_arch = "x86_64")]
    let lacks = !std::arch::is_x86_feature_detected!("fma");
    #[cfg(not(target_arch = "x86_64"))]
    let lacks = false;
    lacks
}

/// How other people's answers are confined in addition to the sandbox.
fn held(environment: &Environment) -> &'static str {
    if process::loses_uid(environment) {
        "separate uid, threads limited"
    } else if Enforced::here().uid {
        "your uid, because other users cannot read this Python or the cache; put it in a folder that they can read"
    } else {
        "your uid, because only root can give a process a different one"
    }
}

/// Describes what was found if there is no environment.
fn absent(cache: &Cache) -> String {
    let found = setup::programs(cache);
    let found: Vec<_> = found
        .iter()
        .filter_map(|program| interpreter::ask(cache, program))
        .filter(|interpreter| interpreter.package("jax").is_some())
        .map(|interpreter| {
            let versions = environment::versions(&interpreter);
            format!("{} has {versions}", interpreter.executable.display())
        })
        .collect();
    let others = match found.is_empty() {
        true => String::new(),
        false => format!(" ({}: other versions than the katas')", found.join("; ")),
    };
    format!(
        "not set up{others}; the first run of an answer in Python does it, or `katas setup python`"
    )
}

fn try_out(environment: &Environment) -> Result<(), TrackError> {
    for author in [Author::Own, Author::Untrusted] {
        let hosts = Arc::new(Hosts::new(environment, author));
        Program::control(&hosts)?.prove()?;
    }
    Ok(())
}
