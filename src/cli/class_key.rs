//! Where the class key comes from: a file, or the environment, which is emptied of it before anything else is started.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::files;
use crate::seal::{ClassKey, KEY_VARIABLE, LARGEST_KEY, SealError, Zeroizing};

/// What the variable says when the key is on standard input.
const ON_INPUT: &str = "-";

/// What the environment gave, before it is known whether anyone needs it.
pub(super) type Given = Option<Zeroizing<Vec<u8>>>;

/// Reads the class key from the file if one is named, else from what the environment gave.
pub(super) fn class_key(file: Option<&PathBuf>, given: Given) -> Result<Option<ClassKey>, Failure> {
    let bytes = match file {
        Some(file) => Some(from_file(file)?),
        None => given,
    };
    bytes.map(ClassKey::new).transpose().map_err(wrong)
}

/// Takes the class key out of the environment, and wherever it came to be held on the way.
///
/// Another program's environment can be read, and every child would inherit it. So the key is moved to standard input by
/// starting this program anew, with the same arguments, and read from there at once, whichever command was given. After
/// that nothing this program starts can find it: not in its own environment, not in that of its parent, not on its input.
///
/// # Errors
/// When the program cannot be started anew, or its input not be read.
pub(super) fn of_environment() -> Result<Given, Failure> {
    match std::env::var_os(KEY_VARIABLE) {
        None => Ok(None),
        Some(value) if value.is_empty() => Ok(None),
        Some(value) if value == ON_INPUT => from_input().map(Some),
        Some(value) => Err(start_anew(value)),
    }
}

fn from_file(file: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let bytes = files::read_bounded(&here::behind_links(file)?, LARGEST_KEY)?;
    bytes
        .map(Zeroizing::new)
        .ok_or_else(|| wrong(SealError::LongKey))
}

fn from_input() -> Result<Zeroizing<Vec<u8>>, Failure> {
    use std::io::Read;
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST_KEY as usize + 1));
    std::io::stdin()
        .take(LARGEST_KEY + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| cannot_move(&error.to_string()))?;
    Ok(bytes)
}

/// Starts this program anew with the key on standard input; returns only if that failed.
#[cfg(unix)]
fn start_anew(value: std::ffi::OsString) -> Failure {
    use std::io::Write;
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::process::CommandExt;

    let key = Zeroizing::new(value.into_vec());
    if key.len() as u64 > LARGEST_KEY {
        // A pipe takes this much without anyone reading it.
        return wrong(SealError::LongKey);
    }
    let start = || {
        let (reader, mut writer) = std::io::pipe()?;
        writer.write_all(&key)?;
        drop(writer);
        let error = std::process::Command::new(std::env::current_exe()?)
            .args(std::env::args_os().skip(1))
            .env(KEY_VARIABLE, ON_INPUT)
            .stdin(reader)
            .exec();
        Err::<std::convert::Infallible, _>(error)
    };
    match start() {
        Ok(never) => match never {},
        Err(error) => cannot_move(&error.to_string()),
    }
}

#[cfg(not(unix))]
fn start_anew(_value: std::ffi::OsString) -> Failure {
    cannot_move("this system does not support it")
}

fn cannot_move(says: &str) -> Failure {
    Failure::new(
        Exit::MissingTool,
        format!("cannot remove the class key from the environment: {says}"),
    )
    .hinted("put it in a file instead: --key-file FILE")
}

fn wrong(error: SealError) -> Failure {
    Failure::new(Exit::Usage, error.to_string())
        .hinted("six random words make a good key, and so does `head -c 32 /dev/urandom | base64`")
}
