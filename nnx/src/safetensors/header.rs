//! Reads the header of a safetensors file: the subset of JSON that the format allows, and nothing else.
//!
//! The format's objects are nested two deep, so no recursion has to be bounded. A key that the format does not have,
//! a key given twice and a number that is not a plain integer are errors. The reader does not look at the data.

use std::collections::BTreeSet;

use super::error::Error;
use super::{Dtype, LENGTH};
use crate::json::{Fault, Reader};

/// The key of the metadata.
const METADATA: &str = "__metadata__";

/// The header's entry for one tensor.
pub(super) struct Info {
    /// Where its entry begins in the file.
    pub(super) at: usize,
    pub(super) name: String,
    /// The type, or the name of an unknown type.
    pub(super) dtype: Result<Dtype, String>,
    pub(super) shape: Vec<usize>,
    /// Its bytes, counted from the beginning of the data.
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// Reads the whole header.
pub(super) fn read(header: &[u8]) -> Result<Vec<Info>, Error> {
    let text = std::str::from_utf8(header).map_err(|error| Error::NotUtf8 {
        at: LENGTH + error.valid_up_to(),
    })?;
    let mut reader = Reader::new(text);
    let mut infos = Vec::new();
    let mut seen = BTreeSet::new();
    reader.object(|reader, at, name| {
        let at = LENGTH + at;
        if name == METADATA {
            reader.object::<Fault>(|reader, _, _| reader.string().map(drop))?;
        } else {
            infos.push(info(reader, at, name.clone())?);
        }
        if seen.contains(&name) {
            return Err(Error::Twice { at, name });
        }
        seen.insert(name);
        Ok(())
    })?;
    reader.end("the end of the header")?;
    Ok(infos)
}

/// Reads the entry for the tensor with this name, which begins at this byte of the file.
fn info(reader: &mut Reader<'_>, at: usize, name: String) -> Result<Info, Error> {
    let (mut dtype, mut shape, mut offsets) = (None, None, None);
    let begin = LENGTH + reader.position();
    reader.object(|reader, at, key| {
        let at = LENGTH + at;
        let twice = match key.as_str() {
            "dtype" => dtype.replace(self::dtype(reader)?).is_some(),
            "shape" => shape.replace(integers(reader)?).is_some(),
            "data_offsets" => offsets.replace(integers(reader)?).is_some(),
            _ => return Err(Error::Key { at, found: key }),
        };
        if twice {
            return Err(Error::Twice { at, name: key });
        }
        Ok(())
    })?;
    let missing = |key| Error::NoKey {
        at: begin,
        name: name.clone(),
        key,
    };
    let dtype = dtype.ok_or_else(|| missing("dtype"))?;
    let shape = shape.ok_or_else(|| missing("shape"))?;
    let offsets = offsets.ok_or_else(|| missing("data_offsets"))?;
    let &[begin, end] = offsets.as_slice() else {
        return Err(Error::Offsets {
            at,
            name,
            found: offsets.len(),
        });
    };
    Ok(Info {
        at,
        name,
        dtype,
        shape,
        begin,
        end,
    })
}

fn dtype(reader: &mut Reader<'_>) -> Result<Result<Dtype, String>, Fault> {
    let name = reader.string()?;
    Ok(Dtype::parse(&name).ok_or(name))
}

fn integers(reader: &mut Reader<'_>) -> Result<Vec<usize>, Fault> {
    let mut integers = Vec::new();
    reader.array::<Fault>(|reader| {
        integers.push(integer(reader)?);
        Ok(())
    })?;
    Ok(integers)
}

fn integer(reader: &mut Reader<'_>) -> Result<usize, Fault> {
    reader.space();
    let begin = reader.position();
    let number = reader.digits();
    let plain = number == "0" || !number.starts_with('0');
    match number.parse() {
        Ok(integer) if plain => Ok(integer),
        _ => Err(reader.fault_at(begin, "a non-negative integer that fits in 64 bits")),
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Json {
            at: LENGTH + fault.at,
            expected: fault.expected,
            found: fault.found,
        }
    }
}
