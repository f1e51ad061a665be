//! The environment of a course: the repository, the binary, the toolchain, and the library that all tests share.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The folder of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program, with a minimal environment.
pub(crate) fn katas() -> Command {
    let mut command = bare(env!("CARGO_BIN_EXE_katas"));
    command.env("COLUMNS", "80");
    command
}

/// A program, with only a toolchain in its environment.
pub(crate) fn bare(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    for name in [
        "PATH",
        "HOME",
        "RUSTUP_HOME",
        "RUSTUP_TOOLCHAIN",
        "CARGO_HOME",
    ] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
}

/// A cache that contains the built library; each test's own cache shares it.
///
/// Building it takes seconds, so it stays in the target folder between test runs.
pub(crate) fn library() -> &'static Path {
    static CACHE: LazyLock<PathBuf> = LazyLock::new(|| {
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
        let course = tempfile::tempdir().expect("a folder can be made");
        // Only this step may need the network, so it keeps the variables for that.
        let output = Command::new(env!("CARGO_BIN_EXE_katas"))
            .arg("init")
            .arg(course.path())
            .env("KATAS_CACHE", &cache)
            .output()
            .expect("katas can be started");
        assert!(
            output.status.success(),
            "the library does not build:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        cache
    });
    &CACHE
}

/// The folder of the toolchain that `rustc` on the path belongs to.
pub(crate) fn toolchain() -> PathBuf {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .expect("rustc can be started");
    PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
}
