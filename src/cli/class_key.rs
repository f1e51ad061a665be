//! Reads the class key from a file or the environment, and removes it from the environment before anything else is
//! started.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::failure::Failure;
use super::here;
use crate::files;
use crate::seal::{ClassKey, KEY_VARIABLE, LARGEST_KEY, SealError, Zeroizing};

/// The value of the variable when the key is on standard input.
const ON_INPUT: &str = "-";

/// The key from the environment, before it is known whether the command needs it.
pub(super) type EnvironmentKey = Option<Zeroizing<Vec<u8>>>;

/// Reads the class key from the file if one is named, and otherwise takes the one from the environment.
pub(super) fn class_key(
    file: Option<&PathBuf>,
    given: EnvironmentKey,
) -> Result<Option<ClassKey>, Failure> {
    let bytes = match file {
        Some(file) => Some(from_file(file)?),
        None => given,
    };
    bytes.map(ClassKey::new).transpose().map_err(wrong)
}

/// Removes the class key from the environment and from every place it passes through.
///
/// Other processes can read an environment, and every child would inherit it. So this program re-executes itself with
/// the same arguments and the key on standard input, and reads it from there immediately, whatever the command. After
/// that, no child can find it: not in its own environment, not in its parent's, not on its input.
///
/// # Errors
/// When the program cannot re-execute itself, or its input cannot be read.
pub(super) fn of_environment() -> Result<EnvironmentKey, Failure> {
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

/// Re-executes this program with the key on standard input; returns only on failure.
#[cfg(unix)]
fn start_anew(value: std::ffi::OsString) -> Failure {
    use std::io::Write;
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::process::CommandExt;

    let key = Zeroizing::new(value.into_vec());
    if key.len() as u64 > LARGEST_KEY {
        // A pipe can buffer this much without a reader.
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
