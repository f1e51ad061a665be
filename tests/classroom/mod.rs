//! Class templates, as those who use them meet them: each is made by the program, laid out as its classroom lays it out, and
//! run by nothing but its own scripts.

mod actions;
mod classroom50;
mod gradescope;
mod leaks;
mod template;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::common::{Course, Output, library, repository};

/// A commit, where the repository is never asked for it.
pub(crate) const REV: &str = "0123456789abcdef0123456789abcdef01234567";

/// An answer to `split_merge` that never ends.
const ENDLESS: &str = "\
use ndarray::Array1;
pub fn split_merge_round_trip(_: i64, _: &Array1<f32>, _: usize) -> Array1<f32> {
    loop {
        std::hint::black_box(());
    }
}
";

/// The program as a release names it: its address and its digest.
pub(crate) fn release() -> String {
    static DIGEST: LazyLock<String> = LazyLock::new(|| {
        let program = std::fs::read(env!("CARGO_BIN_EXE_katas")).expect("it was built");
        let digest = Sha256::digest(program);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    });
    let program = env!("CARGO_BIN_EXE_katas");
    format!(
        "--katas-release file://{program} --katas-sha256 {}",
        *DIGEST
    )
}

/// Makes what a class needs; the words are those after `new`.
pub(crate) fn new(course: &Course, words: &str) -> Output {
    course.katas(&format!("classroom new {words}")).exits(0)
}

/// A command as a grader's machine starts it: with a course's tools, and an environment that holds nothing else.
fn bare(program: &str, folder: &Path) -> Command {
    let mut command = crate::common::bare(program);
    command.current_dir(folder);
    command
}

/// Puts the teaching crate that other tests built into a cache, as if an earlier run had built it there.
fn warm(cache: &Path) {
    std::fs::create_dir_all(cache).expect("a folder");
    std::os::unix::fs::symlink(library().join("nnx"), cache.join("nnx")).expect("a link");
    std::fs::copy(
        library().join("toolchain.json"),
        cache.join("toolchain.json"),
    )
    .expect("a copy");
}

fn finished(command: &mut Command) -> Output {
    // A script that was written just now is busy as long as a child that another test forked meanwhile has not begun.
    let output = loop {
        match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            output => break output.expect("it can be started"),
        }
    };
    Output::new(&output, &[])
}

fn json(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn solution(kata: &str) -> String {
    read(&repository().join(format!("solutions/{kata}/solution.rs")))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: PathBuf, text: &str) {
    std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
    std::fs::write(path, text).expect("it can be written");
}

/// The files below a folder, by their paths from there.
fn listing(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(&inside).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(folder).expect("it lies below");
                found.push(path.to_str().expect("a name").to_owned());
            }
        }
    }
    found.sort();
    found
}
