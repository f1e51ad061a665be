//! The driver, which every learner's program is linked with: it reads the cases, calls the answer, and sends each
//! result.
//!
//! The runner compiles it once in advance (see `library.rs`), together with the operations that answers often use
//! (`instances.rs`), so that compiling an answer is fast. It has no expected values and judges nothing. A panic is
//! caught for each case, so a panic in one case does not affect the verdicts of the others.

mod case;
pub mod instances;
mod stack;
#[path = "wire.rs"]
mod wire;

pub use case::{Case, Output};

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

/// The location and message of the latest panic, stored by the hook for the loop that catches it.
static PANIC: Mutex<Option<wire::Panic>> = Mutex::new(None);

/// Runs the answer on every case of the request on standard input.
///
/// `answer` is a `dyn` so that this function is compiled here and not again with each answer.
pub fn run(answer: &mut dyn FnMut(&Case) -> Output) {
    let mut bytes = Vec::new();
    let request = match std::io::stdin().read_to_end(&mut bytes) {
        Ok(_) => wire::decode_request(&bytes),
        Err(_) => None,
    };
    let Some(request) = request else { return };
    // SAFETY: the runner opens descriptor 3 for this program before it starts, and nothing else here owns it.
    let mut results = unsafe { File::from_raw_fd(3) };
    let mut send = |record: &wire::Record| {
        // A closed pipe means that the runner no longer reads.
        let _ = results.write_all(&wire::encode_record(record));
    };
    send(&wire::Record::Ready);
    std::panic::set_hook(Box::new(|info| {
        let place = info.location();
        let panic = wire::Panic {
            message: clip(message(info.payload())),
            file: place.map_or_else(String::new, |place| place.file().to_owned()),
            line: place.map_or(0, |place| place.line()),
            column: place.map_or(0, |place| place.column()),
        };
        if let Ok(mut newest) = PANIC.lock() {
            *newest = Some(panic);
        }
    }));
    stack::name_overflows();
    for (index, inputs) in request.cases.into_iter().enumerate() {
        send(&wire::Record::Started(index as u32));
        let case = Case::new(inputs);
        nnx::calls::reset();
        let outcome = catch_unwind(AssertUnwindSafe(|| answer(&case)));
        let calls = nnx::calls::counts()
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        mark_end_of_prints(&request.nonce, index);
        send(&wire::Record::Calls(calls));
        match outcome {
            Ok(output) => send(&wire::Record::Returned(output.0)),
            Err(payload) => {
                let panic = PANIC.lock().ok().and_then(|mut newest| newest.take());
                send(&wire::Record::Panicked(panic.unwrap_or_else(|| wire::Panic {
                    message: clip(message(&*payload)),
                    file: String::new(),
                    line: 0,
                    column: 0,
                })));
                // The payload may be the answer's own type, whose drop may panic again.
                std::mem::forget(payload);
            }
        }
    }
    send(&wire::Record::Done(request.nonce));
}

/// Marks the end of a case's output with a line that no honest answer prints, because it contains the nonce.
fn mark_end_of_prints(nonce: &[u8; wire::NONCE], index: usize) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(&wire::end_of_prints(nonce, index as u32));
    let _ = out.flush();
}

fn message(payload: &(dyn std::any::Any + Send)) -> &str {
    if let Some(text) = payload.downcast_ref::<&str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "a panic without a message"
    }
}

fn clip(text: &str) -> String {
    let mut end = text.len().min(wire::MESSAGE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
