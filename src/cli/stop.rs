//! Ctrl-C and similar signals while a class is judged: results are kept, running answers are finished, the rest are
//! not judged.
//!
//! A second Ctrl-C ends katas and the programs it runs immediately.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Exit;
use super::failure::Failure;

/// The exit code that a shell reports for a program ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// Returns the flag that is set when katas is asked to stop.
pub(super) fn on_signals() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // The order matters: the first signal finds the flag unset and sets it; the second one ends katas.
        flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .map_err(|error| {
                let message = format!("cannot listen for Ctrl-C: {error}");
                Failure::new(Exit::MissingTool, message)
            })?;
    }
    Ok(stop)
}
