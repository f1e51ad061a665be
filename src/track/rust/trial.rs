//! Compiles and starts a known-good program as if it were an answer: `linker` uses it to find out which linking method
//! works, and `control` whether the tools still work.

use std::path::Path;

use super::compilation::{self, Compilation};
use super::library::Library;
use super::linking::Linking;
use super::toolchain::Toolchain;
use super::{diagnostics, run};
use crate::files::{FileAction, FileError};
use crate::sandbox::{self, Author, CancelToken, End, Outcome};
use crate::track::{TrackError, batch, outcome};

/// A program that links everything that an answer can need: the driver, and the mathematical functions of C.
/// `black_box` keeps the compiler from computing the result itself.
pub(super) const PLAIN: &str = "\
fn main() {
    std::hint::black_box(std::hint::black_box(1.0_f64).exp());
    katas_driver::run(&mut |case| case.f32_array(0).into());
}
";

/// The name of its file.
pub(super) const PLAIN_FILE: &str = "control.rs";

/// The maximum number of characters of a tool's output that are repeated.
const MOST_WORDS: usize = 400;

/// How far a trial goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Through the compiler's checks.
    Checked,
    /// Through the linker and the loader, to its end.
    Started,
}

/// A known-good program, and how it is compiled.
pub(super) struct Trial<'a> {
    pub(super) toolchain: &'a Toolchain,
    pub(super) library: &'a Library,
    pub(super) linking: &'a Linking,
    /// Where it is compiled.
    pub(super) folder: &'a Path,
    /// The names of its files, with their texts; the first one is compiled.
    pub(super) files: &'a [(&'a str, &'a str)],
    /// Cancels its compilation.
    pub(super) cancel: Option<&'a CancelToken>,
}

impl Trial<'_> {
    /// Compiles it; the error describes what is wrong.
    pub(super) fn compile(&self, depth: Depth) -> Result<Option<String>, TrackError> {
        for (name, text) in self.files {
            let path = self.folder.join(name);
            std::fs::write(&path, text).map_err(FileError::tag(FileAction::Write, &path))?;
        }
        let more = match depth {
            Depth::Checked => vec!["--emit=metadata".to_owned()],
            Depth::Started => Vec::new(),
        };
        let mut job = compilation::job(&Compilation {
            toolchain: self.toolchain,
            library: self.library,
            linking: self.linking,
            folder: self.folder,
            source: self.files[0].0,
            more,
        });
        job.cancel = self.cancel.cloned();
        let compiled = sandbox::run(&job)?;
        Ok((compiled.end != End::Exited(0)).then(|| words(&compiled)))
    }
}

/// Starts a built program like an answer, without any cases; the error describes what is wrong if it does not
/// complete.
pub(super) fn start(
    program: &Path,
    linking: &Linking,
    author: Author,
) -> Result<Option<String>, TrackError> {
    compilation::make_executable(program)?;
    let confinement = compilation::confinement(linking, author);
    let nonce = batch::nonce()?;
    let request = outcome::request(nonce, &[]);
    let ended = run::once(program, &confinement, request, run::LIMITS, None)?;
    Ok((!outcome::has_finished(&ended, nonce)).then(|| words(&ended)))
}

/// The output of a tool or a program and how it ended, on one line.
fn words(outcome: &Outcome) -> String {
    let said = diagnostics::read(&outcome.printed).text();
    let mut words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(MOST_WORDS) {
        words.truncate(end);
        words.push('…');
    }
    let end = match outcome.end {
        End::Exited(_) if !words.is_empty() => return words,
        End::Exited(status) => format!("it ended with status {status} without a message"),
        End::Signalled(signal) => format!("it was killed by signal {signal}"),
        End::OutOfTime => "it ran out of time".to_owned(),
        End::PrintedTooMuch | End::SentTooMuch => "it printed too much".to_owned(),
    };
    if words.is_empty() {
        end
    } else {
        format!("{end}: {words}")
    }
}
