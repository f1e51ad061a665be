//! Ctrl-C and similar signals: while a class is judged, results are kept, running answers are finished, and the rest are
//! not judged. While an answer is watched, the terminal is restored first.
//!
//! A second Ctrl-C ends the judging of a class, with the programs that it runs, immediately.

use std::io::Read;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

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
            .map_err(cannot_listen)?;
    }
    Ok(stop)
}

/// Calls a function, in another thread, when katas is asked to end.
pub(super) fn when_asked(mut call: impl FnMut() + Send + 'static) -> Result<(), Failure> {
    let (mut read, write) = UnixStream::pair().map_err(cannot_listen)?;
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        let write = write.try_clone().map_err(cannot_listen)?;
        low_level::pipe::register(signal, write).map_err(cannot_listen)?;
    }
    let wait = move || {
        while matches!(read.read(&mut [0]), Ok(1)) {
            call();
        }
    };
    let thread = std::thread::Builder::new().name("signals".to_owned());
    thread.spawn(wait).map_err(cannot_listen)?;
    Ok(())
}

fn cannot_listen(error: std::io::Error) -> Failure {
    let message = format!("cannot listen for Ctrl-C: {error}");
    Failure::new(Exit::MissingTool, message)
}
