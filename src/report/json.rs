//! `json`: the complete record, for `katas merge` and for programs.

use std::fmt;
use std::io::{self, Read, Write};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Format, Renderer, escaped};
use crate::record::{AnyRecord, FORMAT, Record, Submission};

/// The complete record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json;

/// A file is not a record that this program reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It has a different version.
    #[error("its format is {found:?}, but this version of katas reads {FORMAT:?}")]
    OtherVersion {
        /// The version that was found.
        found: String,
    },
    /// It is not a record.
    #[error("it is not a katas record: {says}")]
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
        "the complete record, for programs and for `katas merge`"
    }

    fn renderer(&self) -> Renderer {
        Renderer::Class(Self::write)
    }
}

impl Json {
    fn write(record: &AnyRecord, out: &mut dyn Write) -> io::Result<()> {
        escaped::write(out, record)?;
        out.write_all(b"\n")
    }
}

/// A callback for each submission.
pub type Each<'a> = dyn FnMut(Submission) -> io::Result<()> + 'a;

/// Parses a `json` report; its texts are made printable, because the file is untrusted.
///
/// # Errors
/// When the bytes are not a record, or one of a different version.
pub fn read(bytes: &[u8]) -> Result<Record, ReadError> {
    let mut submissions = Vec::new();
    let record = read_each(bytes, &mut |submission| {
        submissions.push(submission);
        Ok(())
    })?;
    Ok(record.with(submissions))
}

/// Parses a `json` report one submission at a time; returns the record without them. Texts are made printable,
/// because the file is untrusted.
///
/// # Errors
/// When the bytes are not a record, or one of a different version, or the callback fails.
pub fn read_each(from: impl Read, each: &mut Each<'_>) -> Result<Record<()>, ReadError> {
    let mut other = None;
    let found = &mut other;
    let mut json = serde_json::Deserializer::from_reader(from);
    let read = Reader { each, found }.deserialize(&mut json);
    let read = read.and_then(|record| json.end().map(|()| record));
    let mut record = read.map_err(|error| match other {
        Some(found) => ReadError::OtherVersion { found },
        None => ReadError::NoRecord {
            says: error.to_string(),
        },
    })?;
    record.make_printable();
    Ok(record)
}

/// Deserializes a record and passes its submissions on.
struct Reader<'a, 'b> {
    each: &'a mut Each<'b>,
    /// Set to the version of a record with a different version.
    found: &'a mut Option<String>,
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Format,
    Judge,
    Course,
    Part,
    Submissions,
}

impl<'de> DeserializeSeed<'de> for Reader<'_, '_> {
    type Value = Record<()>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        const KEYS: &[&str] = &["format", "judge", "course", "part", "submissions"];
        json.deserialize_struct("Record", KEYS, self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, '_> {
    type Value = Record<()>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut format, mut judge, mut course, mut part) = (None, None, None, None);
        let mut submissions = None;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Format => {
                    let found: String = map.next_value()?;
                    if found != FORMAT {
                        *self.found = Some(found);
                        return Err(A::Error::custom("another version"));
                    }
                    once(&mut format, "format", found)?;
                }
                Key::Judge => once(&mut judge, "judge", map.next_value()?)?,
                Key::Course => once(&mut course, "course", map.next_value()?)?,
                Key::Part => once(&mut part, "part", map.next_value()?)?,
                Key::Submissions => {
                    once(
                        &mut submissions,
                        "submissions",
                        map.next_value_seed(List(self.each))?,
                    )?;
                }
            }
        }
        Ok(Record {
            format: format.ok_or_else(|| A::Error::missing_field("format"))?,
            judge: judge.ok_or_else(|| A::Error::missing_field("judge"))?,
            course: course.ok_or_else(|| A::Error::missing_field("course"))?,
            part: part.flatten(),
            submissions: submissions.ok_or_else(|| A::Error::missing_field("submissions"))?,
        })
    }
}

/// Takes the value of a key, which must not appear twice.
fn once<T, E: Error>(place: &mut Option<T>, key: &'static str, value: T) -> Result<(), E> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::duplicate_field(key)),
    }
}

/// Deserializes the list of submissions and passes each one on.
struct List<'a, 'b>(&'a mut Each<'b>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of submissions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(mut submission) = list.next_element::<Submission>()? {
            submission.make_printable();
            (self.0)(submission).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
