//! The `katas` program.

use std::process::ExitCode;

use katas::track::Tracks;
use katas::track::python::PYTHON;
use katas::track::rust::RUST;

/// Every language, in the order in which an answer is looked for.
const TRACKS: Tracks = Tracks::new(&[&RUST, &PYTHON]);

fn main() -> ExitCode {
    katas::cli::main(TRACKS)
}
