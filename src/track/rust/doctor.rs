//! What `katas doctor` says about Rust: the linker, the toolchain, the library, and whether a known-good answer is
//! judged.

use super::control::Control;
use super::integrity::Look;
use super::toolchain::{self, Toolchain};
use super::trial::Depth;
use super::{builder, editor, error, library};
use crate::files::Cache;
use crate::sandbox::Author;
use crate::track::{Finding, Progress, TrackError, programs};

/// Checks everything that answers are built with, and builds what is missing.
pub(super) fn findings(cache: &Cache, progress: &mut dyn FnMut(Progress)) -> Vec<Finding> {
    let mut findings = vec![match programs::on_path("cc") {
        Some(path) => Finding::good("linker", path.display().to_string()),
        None => Finding {
            problem: Some(error::no_linker()),
            ..Finding::good("linker", "missing: no `cc` on PATH")
        },
    }];
    match toolchain::find(cache) {
        Ok(toolchain) => {
            findings.push(Finding::good("rustc", toolchain.name()));
            let place = toolchain.sysroot.display().to_string();
            findings.push(Finding::good("toolchain", place));
            findings.push(match try_tools(cache, &toolchain, progress) {
                Ok(says) => Finding::good("library", says),
                Err(error) => Finding {
                    problem: Some(error),
                    ..Finding::good("library", "answers cannot be built")
                },
            });
            findings.push(Finding::good("editor", editor_state(&toolchain)));
        }
        // The cache has its own line, which says what to do.
        Err(TrackError::File(_)) => findings.push(Finding::good(
            "rustc",
            "not checked: the cache is not writable",
        )),
        Err(error) => findings.push(Finding {
            problem: Some(error),
            ..Finding::good("rustc", "missing or broken")
        }),
    }
    findings
}

/// Builds the library if necessary, and builds and starts a known-good answer; returns how answers are built, as a
/// phrase.
fn try_tools(
    cache: &Cache,
    toolchain: &Toolchain,
    progress: &mut dyn FnMut(Progress),
) -> Result<String, TrackError> {
    // A library that is damaged although its stamps are unchanged is rebuilt below.
    if let Ok(library) = library::built(cache, toolchain, Look::Stamps) {
        library::distrust(&library);
    }
    let library = builder::provide(cache, toolchain, progress)?;
    for author in [Author::Own, Author::Untrusted] {
        let control = Control {
            cache,
            toolchain,
            library: &library,
            author,
            spec: None,
            cancel: None,
        };
        control.prove(Depth::Started)?;
    }
    Ok(format!("built, linked {}", library.quick.name()))
}

/// Whether an editor can find the standard library's sources, as a phrase.
fn editor_state(toolchain: &Toolchain) -> &'static str {
    if editor::standard_library(toolchain).is_some() {
        "rust-analyzer can read the standard library's sources"
    } else {
        "`rustup component add rust-analyzer rust-src` lets editors complete the standard library too"
    }
}
