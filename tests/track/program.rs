//! katas with postfix as its only language: the same commands, and a `main` of the same form. `commands.rs` runs it.

mod postfix;

use std::process::ExitCode;
use std::sync::atomic::AtomicUsize;

use katas::track::{Track, Tracks};

static OPEN: AtomicUsize = AtomicUsize::new(0);
static POSTFIX: postfix::Postfix = postfix::Postfix { open: &OPEN };
static TRACKS: &[&dyn Track] = &[&POSTFIX];

fn main() -> ExitCode {
    katas::cli::main(Tracks::new(TRACKS))
}
