//! The wire between the runner and a learner's program in any language: exact bits, length-framed, versioned, bounded.
//!
//! This one file is compiled twice: as a module of the runner, and as a module of the driver that every Rust answer
//! is linked with. So it uses only `std`. It knows bytes and type codes, not katas, and never decides anything about
//! an answer.
//!
//! To the program, on its standard input: one [`Request`]. From the program, on descriptor 3: a stream of [`Record`]s,
//! the last of which is [`Record::Done`] with the request's nonce. All integers are little-endian.

/// The protocol version. The runner builds the program it talks to, so both sides normally have the same version.
pub const VERSION: u16 = 3;

const MAGIC: [u8; 4] = *b"KATA";

/// Length in bytes of the nonce that a completion record carries.
pub const NONCE: usize = 16;

/// The maximum number of bytes of a failure's text, and of its file's name, that are sent and read.
pub const MESSAGE: usize = 4096;

/// The maximum number of operations in one record of calls that are read, and the maximum number of bytes of a name:
/// the teaching crate has fewer.
pub const CALLS: usize = 256;
const CALL: usize = 64;

/// The maximum number of records that are read of one program: a case has three.
pub const RECORDS: usize = 1 << 16;

/// The names of the element types, by their code on the wire.
pub const DTYPES: [&str; 10] = [
    "f32", "f64", "bf16", "i32", "i64", "u8", "u16", "u32", "u64", "bool",
];

/// What a [`Datum`] is, apart from its element type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A flat array of elements.
    Array,
    /// One number.
    Scalar,
    /// Bytes.
    Bytes,
    /// UTF-8 text.
    Text,
}

/// One input or output: little-endian element bytes, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datum {
    /// What it is.
    pub kind: Kind,
    /// The element type's index in [`DTYPES`]; 0 for bytes and text.
    pub dtype: u8,
    /// The elements.
    pub bytes: Vec<u8>,
}

/// The inputs of some cases, and the nonce that proves the program came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Sent back in [`Record::Done`].
    pub nonce: [u8; NONCE],
    /// The inputs of each case, in the order of the parameters.
    pub cases: Vec<Vec<Datum>>,
}

/// A panic or an exception and where it happened, as reported by the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    /// Its text.
    pub message: String,
    /// The file, as the compiler wrote it into the program; empty when unknown.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// What the program reports: `Ready` first, then in this order for each case `Started`, `Calls`, and one of `Returned`,
/// `Panicked`, `Raised` and `Unusable`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// The case with this index began.
    Started(u32),
    /// How often the answer called each operation of the teaching crate.
    Calls(Vec<(String, u64)>),
    /// The case's output.
    Returned(Datum),
    /// The case panicked.
    Panicked(Panic),
    /// The case raised an exception.
    Raised(Panic),
    /// The case returned something that is not a value of the kata's type; this says what.
    Unusable(String),
    /// Every case was run.
    Done([u8; NONCE]),
    /// The program was loaded, came to its `main` and understood the request; nothing of the answer has run yet.
    Ready,
}

/// Writes a request as bytes.
#[must_use]
pub fn encode_request(request: &Request) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend(request.nonce);
    put_len(&mut out, request.cases.len());
    for case in &request.cases {
        put_len(&mut out, case.len());
        for datum in case {
            put_datum(&mut out, datum);
        }
    }
    out
}

/// Reads a request; `None` when the bytes are not one.
#[must_use]
pub fn decode_request(bytes: &[u8]) -> Option<Request> {
    let mut reader = Reader { bytes };
    if reader.array()? != MAGIC || u16::from_le_bytes(reader.array()?) != VERSION {
        return None;
    }
    let nonce = reader.array()?;
    let mut cases = Vec::new();
    for _ in 0..reader.len()? {
        let mut case = Vec::new();
        for _ in 0..reader.len()? {
            case.push(reader.datum()?);
        }
        cases.push(case);
    }
    reader.bytes.is_empty().then_some(Request { nonce, cases })
}

/// Writes one record as bytes: its length (u32), its kind (u8), its contents.
#[must_use]
pub fn encode_record(record: &Record) -> Vec<u8> {
    let mut body = Vec::new();
    match record {
        Record::Started(case) => {
            body.push(1);
            body.extend(case.to_le_bytes());
        }
        Record::Calls(calls) => {
            body.push(2);
            put_len(&mut body, calls.len());
            for (name, count) in calls {
                put_bytes(&mut body, name.as_bytes());
                body.extend(count.to_le_bytes());
            }
        }
        Record::Returned(datum) => {
            body.push(3);
            put_datum(&mut body, datum);
        }
        Record::Panicked(panic) | Record::Raised(panic) => {
            body.push(match record {
                Record::Panicked(_) => 4,
                _ => 7,
            });
            put_bytes(&mut body, panic.message.as_bytes());
            put_bytes(&mut body, panic.file.as_bytes());
            body.extend(panic.line.to_le_bytes());
            body.extend(panic.column.to_le_bytes());
        }
        Record::Done(nonce) => {
            body.push(5);
            body.extend(nonce);
        }
        Record::Ready => body.push(6),
        Record::Unusable(says) => {
            body.push(8);
            put_bytes(&mut body, says.as_bytes());
        }
    }
    let mut out = Vec::with_capacity(body.len() + 4);
    put_len(&mut out, body.len());
    out.extend(body);
    out
}

/// Reads records until the end or the first malformed one; the flag says whether every byte was part of a record.
///
/// The bytes come from an untrusted program: nothing in them is trusted, and no memory is allocated for bytes that
/// have not arrived.
#[must_use]
pub fn decode_records(bytes: &[u8]) -> (Vec<Record>, bool) {
    let mut reader = Reader { bytes };
    let mut records = Vec::new();
    while !reader.bytes.is_empty() {
        match reader.bytes().and_then(decode_record) {
            Some(record) if records.len() < RECORDS => records.push(record),
            _ => return (records, false),
        }
    }
    (records, true)
}

fn decode_record(body: &[u8]) -> Option<Record> {
    let mut reader = Reader { bytes: body };
    let [kind] = reader.array()?;
    let record = match kind {
        1 => Record::Started(u32::from_le_bytes(reader.array()?)),
        2 => {
            let mut calls = Vec::new();
            for _ in 0..reader.len()? {
                let name = std::str::from_utf8(reader.bytes()?).ok()?;
                let count = u64::from_le_bytes(reader.array()?);
                if calls.len() < CALLS && name.len() <= CALL {
                    calls.push((name.to_owned(), count));
                }
            }
            Record::Calls(calls)
        }
        3 => Record::Returned(reader.datum()?),
        4 => Record::Panicked(reader.panic()?),
        5 => Record::Done(reader.array()?),
        6 => Record::Ready,
        7 => Record::Raised(reader.panic()?),
        8 => Record::Unusable(text(reader.bytes()?)),
        _ => return None,
    };
    reader.bytes.is_empty().then_some(record)
}

/// A text of a failure, or as much of it as is read.
fn text(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(&bytes[..bytes.len().min(MESSAGE)]).into_owned();
    let mut end = text.len().min(MESSAGE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

fn put_len(out: &mut Vec<u8>, len: usize) {
    // A frame never comes near 4 GiB: the runner bounds inputs and outputs to megabytes.
    out.extend(u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_len(out, bytes.len());
    out.extend(bytes);
}

fn put_datum(out: &mut Vec<u8>, datum: &Datum) {
    out.push(match datum.kind {
        Kind::Array => 0,
        Kind::Scalar => 1,
        Kind::Bytes => 2,
        Kind::Text => 3,
    });
    out.push(datum.dtype);
    put_bytes(out, &datum.bytes);
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn len(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.array()?)).ok()
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = self.len()?;
        self.take(len)
    }

    fn panic(&mut self) -> Option<Panic> {
        Some(Panic {
            message: text(self.bytes()?),
            file: text(self.bytes()?),
            line: u32::from_le_bytes(self.array()?),
            column: u32::from_le_bytes(self.array()?),
        })
    }

    fn datum(&mut self) -> Option<Datum> {
        let [kind, dtype] = self.array()?;
        let kind = match kind {
            0 => Kind::Array,
            1 => Kind::Scalar,
            2 => Kind::Bytes,
            3 => Kind::Text,
            _ => return None,
        };
        if usize::from(dtype) >= DTYPES.len() {
            return None;
        }
        let bytes = self.bytes()?.to_vec();
        Some(Datum { kind, dtype, bytes })
    }
}

/// The bytes that the driver prints on standard output when a case has ended, so that prints can be distinguished by
/// case.
#[must_use]
pub fn end_of_prints(nonce: &[u8; NONCE], case: u32) -> Vec<u8> {
    let mut mark = vec![0x1e];
    for byte in nonce {
        mark.extend(format!("{byte:02x}").into_bytes());
    }
    mark.extend(format!(":{case}\n").into_bytes());
    mark
}
