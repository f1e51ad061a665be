//! Unpacks the zip that a course platform exported, into a folder, within bounds.
//!
//! Only ordinary files with ordinary names come out, none above the folder; sizes are counted as they are written, because
//! what a zip says of itself may be a lie.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};

use zip::ZipArchive;

use super::ClassError;
use crate::files::{self, FileError};

/// The most files, and the most bytes of all of them together.
const MOST_FILES: usize = 100_000;
const MOST_BYTES: u64 = 2 << 30;

pub(super) fn unpack(zip: &Path, folder: &Path) -> Result<(), ClassError> {
    let failed = |says: String| ClassError::Zip {
        path: zip.to_owned(),
        says,
    };
    let file = File::open(zip).map_err(FileError::tag("read", zip))?;
    let mut archive =
        ZipArchive::new(BufReader::new(file)).map_err(|error| failed(error.to_string()))?;
    if archive.len() > MOST_FILES {
        return Err(failed(format!("it has more than {MOST_FILES} files")));
    }
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let entry = archive
            .by_index(index)
            .map_err(|error| failed(error.to_string()))?;
        let Some(inside) = entry.enclosed_name().filter(|_| entry.is_file()) else {
            continue;
        };
        let path = folder.join(plain(&inside));
        files::make_folder(path.parent().unwrap_or(folder))?;
        let mut out = File::create(&path).map_err(FileError::tag("write", &path))?;
        let copied = std::io::copy(&mut entry.take(left + 1), &mut out);
        let copied = copied.map_err(|error| failed(error.to_string()))?;
        left = left
            .checked_sub(copied)
            .ok_or_else(|| failed(format!("it unpacks to more than {} MiB", MOST_BYTES >> 20)))?;
    }
    Ok(())
}

/// The ordinary parts of a path.
fn plain(path: &Path) -> PathBuf {
    let parts = path.components();
    parts
        .filter(|part| matches!(part, Component::Normal(_)))
        .collect()
}
