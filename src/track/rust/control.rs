//! The control: a known-good answer, built and started with the same tools at the moment when another one fails.
//!
//! What a compiler, a linker or a loader says does not tell whose fault it is: a library that was cut off has "no such
//! type", a full disk is an error like any other. So before an answer is blamed, the control has to do what the answer did
//! not. If it fails too, the machine is at fault and nothing is judged.

use std::path::Path;

use super::library::{self, Library};
use super::linker::Linking;
use super::program::{self, Compilation, PROGRAM};
use super::toolchain::Toolchain;
use super::{diagnostics, error, glue, run};
use crate::files::{Cache, FileError};
use crate::sandbox::{self, Author, End, Outcome};
use crate::spec::Spec;
use crate::track::{TrackError, batch, outcome};

/// A program that links all that an answer can need: the driver, and the mathematical functions of C. `black_box` keeps
/// the compiler from computing the result itself.
pub(super) const PLAIN: &str = "\
fn main() {
    std::hint::black_box(std::hint::black_box(1.0_f64).exp());
    katas_driver::run(&mut |case| case.f32_array(0).into());
}
";

/// The name of its file.
pub(super) const PLAIN_FILE: &str = "control.rs";

/// How many characters of a tool's words are repeated.
const MOST_WORDS: usize = 400;

/// How far the control has to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Through the compiler's checks.
    Checked,
    /// Through the linker and the loader, to its end.
    Started,
}

/// A known-good answer, and what it is built with.
pub(super) struct Control<'a> {
    pub(super) cache: &'a Cache,
    pub(super) toolchain: &'a Toolchain,
    pub(super) library: &'a Library,
    /// Whose answers it stands for: it decides how it is linked and held.
    pub(super) author: Author,
    /// The kata whose signature it has; without one it is [`PLAIN`].
    pub(super) spec: Option<&'a Spec>,
}

impl Control<'_> {
    /// Makes sure that the tools work.
    ///
    /// # Errors
    /// When they do not, with their own words; a library that is damaged is built anew by the next run.
    pub(super) fn prove(&self, depth: Depth) -> Result<(), TrackError> {
        let Some(mut says) = self.fault(depth)? else {
            return Ok(());
        };
        if let Some(file) = library::distrust(self.library) {
            says = format!("{} was damaged or replaced; {says}", file.display());
        }
        Err(error::control(&says))
    }

    /// What goes wrong with it.
    fn fault(&self, depth: Depth) -> Result<Option<String>, TrackError> {
        let beside = program::unfinished(&self.cache.folder().join("answers"))?;
        let folder = beside.path();
        let linking = self.library.linking(self.author);
        let files = match self.spec {
            None => vec![(PLAIN_FILE, PLAIN.to_owned())],
            Some(spec) => vec![
                (glue::FILE, glue::source(spec)?),
                (glue::ANSWER, answer(spec)?),
            ],
        };
        for (name, text) in &files {
            let path = folder.join(name);
            std::fs::write(&path, text).map_err(FileError::tag("write", &path))?;
        }
        let more = match depth {
            Depth::Checked => vec!["--emit=metadata".to_owned()],
            Depth::Started => Vec::new(),
        };
        let compiled = sandbox::run(&program::job(&Compilation {
            toolchain: self.toolchain,
            library: self.library,
            linking,
            folder,
            source: files[0].0,
            more,
        }))?;
        if compiled.end != End::Exited(0) {
            return Ok(Some(words(&compiled)));
        }
        match depth {
            Depth::Checked => Ok(None),
            Depth::Started => start(&folder.join(PROGRAM), linking, self.author),
        }
    }
}

/// An answer to the kata that has everything but a body: it is compiled, linked and loaded, and never called.
fn answer(spec: &Spec) -> Result<String, TrackError> {
    let signature = glue::signature(spec)?;
    Ok(format!(
        "extern crate nnx;\nuse ndarray::Array1;\n\
         {signature} {{\n    std::hint::black_box(std::hint::black_box(1.0_f64).exp());\n    loop {{}}\n}}\n"
    ))
}

/// Starts a program that was built well, as an answer is, without any case; says what is wrong if it does not come to its
/// end.
pub(super) fn start(
    program: &Path,
    linking: &Linking,
    author: Author,
) -> Result<Option<String>, TrackError> {
    program::make_executable(program)?;
    let confinement = program::confinement(linking, author);
    let nonce = batch::nonce()?;
    let request = outcome::request(nonce, &[]);
    let ended = run::once(program, &confinement, request, run::LIMITS)?;
    Ok((!outcome::has_finished(&ended, nonce)).then(|| words(&ended)))
}

/// What a tool or a program said, and how it ended, on one line.
pub(super) fn words(outcome: &Outcome) -> String {
    let said = diagnostics::read(&outcome.printed).text();
    let mut words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(MOST_WORDS) {
        words.truncate(end);
        words.push('…');
    }
    let end = match outcome.end {
        End::Exited(_) if !words.is_empty() => return words,
        End::Exited(status) => format!("it ended with status {status} and said nothing"),
        End::Signalled(signal) => format!("it was ended by signal {signal}"),
        End::OutOfTime => "it ran out of time".to_owned(),
        End::PrintedTooMuch | End::SentTooMuch => "it printed too much".to_owned(),
    };
    if words.is_empty() {
        end
    } else {
        format!("{end}: {words}")
    }
}
