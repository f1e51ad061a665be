//! Interprets the records of a program that ran some cases, as one outcome for each case.
//!
//! The records are untrusted. A case has an output only if its records are in order and the program completed with
//! the right nonce; everything else is a failure of the case that was running.

use super::wire::{self, Datum, Kind, Record};
use crate::array::{Array, Dtype, Scalar, Value};
use crate::printable;
use crate::sandbox::{End, Limits, Outcome};
use crate::signal::Signal;
use crate::track::CaseOutcome;
use crate::verdict::{Failure, Location};
use crate::words::clip;

/// The messages of a language's programs before they abort.
#[derive(Clone, Copy, Debug)]
pub(super) struct LastWords {
    /// The message when memory runs out, then the prefixes of related messages.
    pub(super) no_memory: &'static [&'static str],
    /// The same for the stack.
    pub(super) no_stack: &'static [&'static str],
}

/// The exit status if the program could not be executed, as used by shells and loaders.
const NOT_EXECUTED: i32 = 127;

/// The request for these cases, as bytes.
pub(super) fn request(nonce: [u8; wire::NONCE], cases: &[&[Value]]) -> Vec<u8> {
    let cases = cases
        .iter()
        .map(|inputs| inputs.iter().map(datum).collect())
        .collect();
    wire::encode_request(&wire::Request { nonce, cases })
}

/// Whether the program reached its `main`. Otherwise the loader, the system, or code of the answer that runs before
/// `main` ended it.
pub(super) fn has_begun(ended: &Outcome) -> bool {
    ended
        .results
        .starts_with(&wire::encode_record(&Record::Ready))
}

/// Whether a program without cases completed.
pub(super) fn has_finished(ended: &Outcome, nonce: [u8; wire::NONCE]) -> bool {
    let (records, whole) = wire::decode_records(&ended.results);
    whole && ended.end == End::Exited(0) && records == [Record::Ready, Record::Done(nonce)]
}

/// The outcomes of cases whose program was killed before it began, while other programs start: it does not fit into
/// its memory limit.
pub(super) fn never_started(cases: usize, limits: Limits) -> Vec<CaseOutcome> {
    let outcome = CaseOutcome {
        output: Err(Failure::OutOfMemory {
            limit: limits.memory,
        }),
        calls: Vec::new(),
        printed: String::new(),
        ran: true,
    };
    vec![outcome; cases]
}

/// The outcomes of the first cases of a batch: at least one, and all of them if the program completed.
pub(super) fn read(
    ended: &Outcome,
    nonce: [u8; wire::NONCE],
    cases: usize,
    limits: Limits,
    shown_as: &str,
    last_words: &LastWords,
) -> Vec<CaseOutcome> {
    let (records, whole) = wire::decode_records(&ended.results);
    let mut prints = Prints::new(&ended.printed, nonce);
    let mut outcomes = Vec::new();
    let mut records = records.into_iter().peekable();
    records.next_if_eq(&Record::Ready);
    for case in 0..cases {
        let Some((output, calls)) = next_case(&mut records, case, shown_as) else {
            break;
        };
        outcomes.push(CaseOutcome {
            output,
            calls,
            printed: prints.next_case(case),
            ran: true,
        });
    }
    let finished = outcomes.len() == cases
        && records.next() == Some(Record::Done(nonce))
        && records.next().is_none()
        && whole
        && ended.end == End::Exited(0);
    if finished {
        return outcomes;
    }
    let (printed, came_back) = prints.rest(outcomes.len());
    // A program that continued after the case did not exit in it: its records are missing, whatever its exit status
    // is.
    let failure = match ended.end {
        End::Exited(_) if came_back || !whole => Failure::DidNotFinish,
        _ => failure(ended, &printed, limits, last_words),
    };
    let printed = without_last_words(&printed, &failure, last_words);
    if outcomes.len() == cases {
        // Every case has an output, but the program did not complete: the last case is at fault.
        if let Some(last) = outcomes.last_mut() {
            last.output = Err(failure.clone());
            last.printed.push_str(&printed);
        }
    } else {
        outcomes.push(CaseOutcome {
            output: Err(failure.clone()),
            calls: Vec::new(),
            printed,
            ran: true,
        });
    }
    if matches!(failure, Failure::OutOfTime { .. }) {
        // Each further case could use up the time limit again.
        outcomes.resize(
            cases,
            CaseOutcome {
                output: Err(failure),
                calls: Vec::new(),
                printed: String::new(),
                ran: false,
            },
        );
    }
    outcomes
}

type CaseRecords = (Result<Value, Failure>, Vec<(String, u64)>);

/// The records of one case, if they are complete and in order.
fn next_case(
    records: &mut impl Iterator<Item = Record>,
    case: usize,
    shown_as: &str,
) -> Option<CaseRecords> {
    match records.next()? {
        Record::Started(index) if usize::try_from(index) == Ok(case) => {}
        _ => return None,
    }
    let Record::Calls(calls) = records.next()? else {
        return None;
    };
    let output = match records.next()? {
        Record::Returned(datum) => Ok(value(datum)?),
        Record::Panicked(panic) => {
            let (message, place) = told(&panic, shown_as);
            Err(Failure::Panicked { message, place })
        }
        Record::Raised(error) => {
            let (message, place) = told(&error, shown_as);
            Err(Failure::Raised { message, place })
        }
        Record::Unusable(says) => Err(Failure::Unusable {
            says: clip(printable::lines(&says).into_owned(), wire::MESSAGE),
        }),
        Record::Ready | Record::Started(_) | Record::Calls(_) | Record::Done(_) => return None,
    };
    Some((output, calls))
}

/// The message of a panic or an exception, and where it happened.
fn told(panic: &wire::Panic, shown_as: &str) -> (String, Option<Location>) {
    let message = clip(printable::lines(&panic.message).into_owned(), wire::MESSAGE);
    let place = (panic.line > 0).then(|| Location {
        own: panic.file == shown_as,
        file: clip(printable::line(&panic.file).into_owned(), wire::MESSAGE),
        line: panic.line,
        column: panic.column,
    });
    (message, place)
}

/// Why the program did not complete.
fn failure(ended: &Outcome, printed: &str, limits: Limits, last_words: &LastWords) -> Failure {
    let says = |words: &[&str]| words.first().is_some_and(|words| printed.contains(words));
    match ended.end {
        End::OutOfTime => Failure::OutOfTime { limit: limits.wall },
        End::PrintedTooMuch => Failure::TooMuchOutput {
            limit: limits.printed,
        },
        End::SentTooMuch => Failure::TooLargeResult {
            limit: limits.results,
        },
        End::Signalled(Signal::XCPU) => Failure::OutOfTime {
            limit: limits.processor,
        },
        End::Signalled(Signal::ABORT | Signal::SEGV) if says(last_words.no_stack) => {
            Failure::StackOverflow
        }
        End::Signalled(Signal::ABORT) if says(last_words.no_memory) => Failure::OutOfMemory {
            limit: limits.memory,
        },
        End::Signalled(Signal::ABORT) => Failure::Aborted,
        End::Signalled(signal) => Failure::Crashed { signal },
        End::Exited(status) if ended.results.is_empty() && status == NOT_EXECUTED => {
            Failure::DidNotFinish
        }
        End::Exited(status) => Failure::Exited { status },
    }
}

/// The output without a program's final messages, which the verdict already explains.
fn without_last_words(printed: &str, failure: &Failure, last_words: &LastWords) -> String {
    let last_words = match failure {
        Failure::StackOverflow => last_words.no_stack,
        Failure::OutOfMemory { .. } => last_words.no_memory,
        _ => return printed.to_owned(),
    };
    let own = |line: &&str| !last_words.iter().any(|words| line.contains(words));
    let own_lines = printed.lines().filter(own);
    own_lines.map(|line| format!("{line}\n")).collect()
}

/// The output, split at the marks that the driver prints after each case.
struct Prints<'a> {
    bytes: &'a [u8],
    nonce: [u8; wire::NONCE],
}

impl<'a> Prints<'a> {
    fn new(bytes: &'a [u8], nonce: [u8; wire::NONCE]) -> Self {
        Self { bytes, nonce }
    }

    fn next_case(&mut self, case: usize) -> String {
        let mark = wire::end_of_prints(&self.nonce, u32::try_from(case).unwrap_or(u32::MAX));
        let found = self
            .bytes
            .windows(mark.len())
            .position(|window| window == mark);
        let Some(end) = found else {
            return String::new();
        };
        let own = &self.bytes[..end];
        self.bytes = &self.bytes[end + mark.len()..];
        printable::lines(&String::from_utf8_lossy(own)).into_owned()
    }

    /// The output from this case on, and whether the case returned to the driver.
    fn rest(mut self, case: usize) -> (String, bool) {
        let all = self.bytes.len();
        let mut text = String::new();
        let mut case = case;
        loop {
            let before = self.bytes.len();
            text.push_str(&self.next_case(case));
            if self.bytes.len() == before {
                break;
            }
            case += 1;
        }
        text.push_str(&printable::lines(&String::from_utf8_lossy(self.bytes)));
        (text, self.bytes.len() < all)
    }
}

fn datum(value: &Value) -> Datum {
    let numbers = |kind, array: &Array| Datum {
        kind,
        dtype: code(array.dtype()),
        bytes: array.bytes().to_vec(),
    };
    match value {
        Value::Array(array) => numbers(Kind::Array, array),
        Value::Scalar(scalar) => numbers(Kind::Scalar, &scalar.to_array()),
        Value::Bytes(bytes) => Datum {
            kind: Kind::Bytes,
            dtype: 0,
            bytes: bytes.clone(),
        },
        Value::Str(text) => Datum {
            kind: Kind::Text,
            dtype: 0,
            bytes: text.clone().into_bytes(),
        },
    }
}

/// The value in a record; `None` if its bytes are not valid.
fn value(datum: Datum) -> Option<Value> {
    let dtype = Dtype::parse(wire::DTYPES.get(usize::from(datum.dtype))?)?;
    let count = datum.bytes.len() / dtype.size();
    Some(match datum.kind {
        Kind::Bytes => Value::Bytes(datum.bytes),
        Kind::Text => Value::Str(String::from_utf8(datum.bytes).ok()?),
        Kind::Array => Value::Array(Array::from_bytes(dtype, vec![count], datum.bytes)?),
        Kind::Scalar => {
            let array = Array::from_bytes(dtype, Vec::new(), datum.bytes)?;
            Value::Scalar(Scalar {
                dtype,
                bits: array.bits(0),
            })
        }
    })
}

fn code(dtype: Dtype) -> u8 {
    let index = wire::DTYPES.iter().position(|name| *name == dtype.name());
    // The table has every name; a test compares the two.
    index
        .and_then(|index| u8::try_from(index).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const LIMITS: Limits = Limits {
        wall: Duration::from_secs(10),
        processor: Duration::from_secs(10),
        memory: 1 << 30,
        address: 1 << 30,
        printed: 64 * 1024,
        results: 16 << 20,
        file: 0,
    };

    /// The outcomes of a program that sent these bytes.
    fn outcomes(results: Vec<u8>, cases: usize) -> Vec<CaseOutcome> {
        let ended = Outcome {
            end: End::Exited(0),
            printed: Vec::new(),
            results,
            wall: Duration::ZERO,
        };
        let last_words = LastWords {
            no_memory: &[],
            no_stack: &[],
        };
        read(
            &ended,
            [7; wire::NONCE],
            cases,
            LIMITS,
            "answer",
            &last_words,
        )
    }

    #[test]
    fn forged_records_are_truncated() {
        const LONG: usize = 4 << 20;
        let panic = wire::Panic {
            message: "\u{1b}".repeat(LONG),
            file: "é".repeat(LONG / 2),
            line: 1,
            column: 1,
        };
        let call = |length| ("x".repeat(length), 1);
        let records = [
            Record::Started(0),
            Record::Calls(vec![call(1); LONG / 13]),
            Record::Panicked(panic),
            Record::Started(1),
            Record::Calls(vec![call(LONG)]),
        ];
        let bytes = records.iter().flat_map(wire::encode_record).collect();
        let outcomes = outcomes(bytes, 3);
        let Err(Failure::Panicked {
            message,
            place: Some(place),
        }) = &outcomes[0].output
        else {
            panic!("{:?}", outcomes[0].output);
        };
        // A control character is shown as a code of six bytes; the stored text is limited all the same.
        assert!(message.len() <= wire::MESSAGE, "{}", message.len());
        assert!(place.file.len() <= wire::MESSAGE, "{}", place.file.len());
        assert_eq!(outcomes[0].calls.len(), wire::CALLS);
        assert_eq!(outcomes.len(), 2);
        // The number of messages is limited too.
        let flood = wire::encode_record(&Record::Started(0)).repeat(LONG / 9);
        assert_eq!(wire::decode_records(&flood).0.len(), wire::RECORDS);
    }

    #[test]
    fn the_wire_has_a_code_for_every_element_type() {
        let names: Vec<_> = Dtype::ALL.iter().map(|dtype| dtype.name()).collect();
        assert_eq!(wire::DTYPES.to_vec(), names);
    }
}
