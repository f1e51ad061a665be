//! Helpers for tests of classrooms: a generated template and its files.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Course, Output, repository};

/// A commit, for tests that never contact its repository.
pub(crate) const REV: &str = "0123456789abcdef0123456789abcdef01234567";

/// The URL and the digest of the program in a release.
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

/// Runs `katas classroom new` with these arguments.
pub(crate) fn new(course: &Course, words: &str) -> Output {
    course.katas(&format!("classroom new {words}")).exits(0)
}

/// Unpacks a zip with the modes stored in it.
pub(crate) fn unpack(zip: &Path, folder: &Path) {
    let file = std::fs::File::open(zip).expect("the zip was made");
    let mut archive = zip::ZipArchive::new(file).expect("a zip");
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let path = folder.join(entry.name().expect("a name").as_ref());
        let mode = entry.unix_mode().expect("a mode");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("it can be unpacked");
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("it can be written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode & 0o777))
            .expect("a mode");
    }
}

/// The text of the reference answer to a kata.
pub(crate) fn solution(kata: &str) -> String {
    read(&repository().join(format!("solutions/{kata}/solution.rs")))
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The paths of the files below a folder, relative to it.
pub(crate) fn listing(folder: &Path) -> Vec<String> {
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

/// A file as JSON.
pub(crate) fn json(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Checks what Gradescope requires of results.
pub(crate) fn check_gradescope(results: &Value) {
    let tests = results["tests"].as_array().expect("tests");
    let sum = |key: &str| -> f64 {
        let numbers = tests
            .iter()
            .map(|test| test[key].as_f64().expect("a number"));
        numbers.sum()
    };
    assert!((sum("max_score") - 9.0).abs() < 1e-9, "{results}");
    let score = results["score"].as_f64().expect("a score");
    assert!((sum("score") - score).abs() < 1e-9, "{results}");
    assert!(tests.iter().all(|test| test["visibility"] == "visible"));
}
