//! A byte store that starts in memory and spills to an unnamed file, which disappears with the process.

use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::SpooledTempFile;

/// The maximum number of bytes that stay in memory.
const IN_MEMORY: usize = 1 << 20;

/// The size of the write buffer in bytes.
const BUFFER: usize = 1 << 16;

/// A store of byte pieces, which can be read back in any order.
#[derive(Debug)]
pub struct Spill {
    folder: PathBuf,
    file: SpooledTempFile,
    /// The number of bytes in the file.
    written: u64,
    /// The bytes after those in the file.
    buffer: Vec<u8>,
}

/// The location of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    start: u64,
    length: u32,
}

impl Spill {
    /// Creates an empty spill; large contents go to a file in this folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            file: tempfile::spooled_tempfile_in(IN_MEMORY, folder),
            written: 0,
            buffer: Vec::new(),
        }
    }

    /// Creates an empty spill in the same folder.
    #[must_use]
    pub fn another(&self) -> Self {
        Self::in_folder(&self.folder)
    }

    /// The number of bytes in it.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.written + self.buffer.len() as u64
    }

    /// Stores a piece.
    ///
    /// # Errors
    /// When the file cannot be written; earlier pieces can still be read.
    pub fn put(&mut self, bytes: &[u8]) -> Result<Piece> {
        let length = u32::try_from(bytes.len()).map_err(std::io::Error::other)?;
        let start = self.length();
        self.write_all(bytes)?;
        Ok(Piece { start, length })
    }

    /// Reads a piece.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn get(&mut self, piece: Piece) -> Result<Vec<u8>> {
        if piece.start + u64::from(piece.length) > self.written {
            self.flush()?;
        }
        let mut bytes = vec![0; piece.length as usize];
        self.file.seek(SeekFrom::Start(piece.start))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes all of it to a stream, in order.
    ///
    /// # Errors
    /// When the file cannot be read or written, or writing to the stream fails.
    pub fn copy_to(&mut self, out: &mut dyn Write) -> Result<()> {
        self.flush()?;
        self.file.rewind()?;
        std::io::copy(&mut self.file, out)?;
        Ok(())
    }

    /// Removes all pieces.
    ///
    /// # Errors
    /// When the file cannot be truncated.
    pub fn clear(&mut self) -> Result<()> {
        self.buffer.clear();
        self.written = 0;
        self.file.set_len(0)
    }
}

impl Write for Spill {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        // A write that failed halfway is repeated at the same position.
        self.file.seek(SeekFrom::Start(self.written))?;
        self.file.write_all(&self.buffer)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_back_in_any_order_whether_in_memory_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = Spill::in_folder(folder.path());
        let bytes = |number: usize| format!("{number} ").repeat(number % 7 * 100).into_bytes();
        let mut pieces = Vec::new();
        for number in 0..2000 {
            pieces.push(spill.put(&bytes(number)).unwrap());
            // Reading between writes changes nothing.
            let other = number * 7 % (number + 1);
            assert_eq!(spill.get(pieces[other]).unwrap(), bytes(other));
        }
        assert!(spill.length() > 2 * IN_MEMORY as u64);
        let mut all = Vec::new();
        spill.copy_to(&mut all).unwrap();
        assert_eq!(all, (0..2000).flat_map(bytes).collect::<Vec<_>>());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        spill.clear().unwrap();
        assert_eq!(spill.length(), 0);
        let piece = spill.put(b"anew").unwrap();
        assert_eq!(spill.get(piece).unwrap(), b"anew");
    }
}
