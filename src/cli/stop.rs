//! Ctrl-C and its like while a class is judged: what is done is kept, what is running is finished, the rest is left.
//!
//! A second Ctrl-C ends katas at once; the programs it runs are ended with it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::exit::Exit;
use super::failure::Failure;

/// What a shell says of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Gives what is set once someone asks katas to stop.
pub(super) fn on_signals() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds the flag unset, sets it, and the second ends.
        flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .map_err(|error| {
                let message = format!("cannot listen for Ctrl-C: {error}");
                Failure::new(Exit::MissingTool, message)
            })?;
    }
    Ok(stop)
}
