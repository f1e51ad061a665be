//! Opens a zip with a limit on its central directory, which is read into memory.
//!
//! A zip may have several end records, each with a different central directory. The zip crate decides which one
//! counts, and this module limits whatever the crate reads.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Error, Read, Result, Seek, SeekFrom};
use std::rc::Rc;

use zip::ZipArchive;

/// The bytes that an entry may take in the central directory: a fixed part of 46, its name, and extra fields.
const BYTES_EACH: u64 = 400;

/// An open zip.
pub(super) type Archive = ZipArchive<BufReader<Bounded>>;

/// A file with an optional limit on the bytes that are read.
pub(super) struct Bounded {
    file: File,
    left: Rc<Cell<u64>>,
}

/// Opens a zip that has at most `most` entries.
///
/// # Errors
/// When it cannot be opened, with the reason as a clause.
pub(super) fn open(file: File, most: usize) -> std::result::Result<Archive, String> {
    let too_many = || format!("it has more than {most} files");
    let left = Rc::new(Cell::new((1 << 20) + most as u64 * BYTES_EACH));
    let reader = Bounded {
        file,
        left: Rc::clone(&left),
    };
    let archive = ZipArchive::new(BufReader::new(reader)).map_err(|error| match left.get() {
        0 => format!("{}, or is damaged", too_many()),
        _ => error.to_string(),
    })?;
    left.set(u64::MAX);
    match archive.len() > most {
        true => Err(too_many()),
        false => Ok(archive),
    }
}

impl Read for Bounded {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        let read = self.file.read(bytes)?;
        let left = self.left.get().saturating_sub(read as u64);
        self.left.set(left);
        match left {
            0 => Err(Error::other("its list of contents is too long")),
            _ => Ok(read),
        }
    }
}

impl Seek for Bounded {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.file.seek(to)
    }
}
