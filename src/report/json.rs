//! `json`: the record itself, for `katas merge` and for programs that want everything.

use std::io::Write;

use serde::Deserialize;

use super::{Format, Surroundings, escaped};
use crate::record::{FORMAT, Record};

/// The record itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json;

/// A file is no record that this program reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is of another version.
    #[error("it says it is {found:?}, and this katas reads {FORMAT:?}")]
    OtherVersion {
        /// What it says it is.
        found: String,
    },
    /// It is no record.
    #[error("it is not a record of katas: {says}")]
    NoRecord {
        /// What is wrong, with line and column.
        says: String,
    },
}

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "everything there is to know, for programs and for `katas merge`"
    }

    fn holds_class(&self) -> bool {
        true
    }

    fn render(&self, record: &Record) -> Vec<u8> {
        // Plain fields always have a JSON form.
        let mut text = Vec::new();
        let _ = escaped::write(&mut text, record);
        text.push(b'\n');
        text
    }

    /// Writes it without ever holding the whole text: that of a large class is larger than the record.
    fn write(
        &self,
        record: &Record,
        _place: &Surroundings,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        escaped::write(out, record)?;
        out.write_all(b"\n")
    }
}

#[derive(Deserialize)]
struct Version {
    format: String,
}

/// Reads what the format `json` wrote; its texts are made printable, since anyone may have written it.
///
/// # Errors
/// When the bytes are no record, or one of another version.
pub fn read(bytes: &[u8]) -> Result<Record, ReadError> {
    if let Ok(Version { format }) = serde_json::from_slice(bytes)
        && format != FORMAT
    {
        return Err(ReadError::OtherVersion { found: format });
    }
    let read: Result<Record, _> = serde_json::from_slice(bytes);
    let mut record = read.map_err(|error| ReadError::NoRecord {
        says: error.to_string(),
    })?;
    record.make_printable();
    Ok(record)
}
