//! Builds the teaching crate with cargo and the driver with rustc, independent of the user's cargo settings.
//!
//! A file `.cargo/config.toml` in the home folder or above the cache may set flags, profiles, wrappers, another target
//! and other folders. Settings that would change the bits of the library, or break its build, are overridden here: by
//! flags after those of the profile, by variables, which take precedence over cargo's files, and by a target on the
//! command line. Settings for access to the registry (proxies, mirrors, a vendored copy) are kept.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::artifacts::{CargoMessage, SourceCrate};
use super::{error, toolchain::Toolchain};
use crate::sandbox::Tool;
use crate::track::{Progress, TrackError};

/// The flags with which the library is compiled; part of its key. They come after the profile's own flags, so they take
/// precedence.
///
/// `-Copt-level=s` keeps generic instances shareable with answers compiled without optimization; level 3 would not.
pub(super) const FLAGS: &[&str] = &[
    "-Copt-level=s",
    "-Cdebuginfo=0",
    "-Ccodegen-units=4",
    "-Cpanic=unwind",
    "-Clto=off",
    "-Clinker-plugin-lto=no",
    "-Cembed-bitcode=no",
    "-Cstrip=none",
    "-Coverflow-checks=off",
    "-Cdebug-assertions=off",
];

/// The user's variables that are kept: they are needed to access the registry.
const KEPT: &[&str] = &[
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTR",
    "CARGO_SOURCE_",
];

/// The result of cargo.
pub(super) struct CargoOutput {
    pub(super) libraries: Vec<PathBuf>,
    pub(super) crates: Vec<SourceCrate>,
}

impl CargoOutput {
    pub(super) fn file(&self, name: &str) -> Result<String, TrackError> {
        // Dependencies have a hash in their file names; the requested package does not.
        let (start, whole) = (format!("lib{name}-"), format!("lib{name}.rlib"));
        let names = self
            .libraries
            .iter()
            .filter_map(|file| file.file_name()?.to_str());
        let mut found = names.filter(|file| file.starts_with(&start) || **file == whole);
        found
            .next()
            .map(str::to_owned)
            .ok_or_else(|| error::library(format!("cargo built no library called {name}")))
    }
}

/// Runs cargo on the teaching crate without any flags or settings of the user that could change its bits.
pub(super) fn build(
    folder: &Path,
    toolchain: &Toolchain,
    progress: &mut dyn FnMut(Progress),
) -> Result<CargoOutput, TrackError> {
    let failed = |error: std::io::Error| error::tool("cargo", error);
    let mut command = Command::new(toolchain.cargo());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let settings =
            name.starts_with("CARGO") || name.starts_with("RUSTC") || name.starts_with("RUSTDOC");
        if settings && !KEPT.iter().any(|kept| name.starts_with(kept)) {
            command.env_remove(&name);
        }
    }
    let host = toolchain.host();
    let target = folder.join("target");
    let linker = host.to_uppercase().replace('-', "_");
    command
        .args([
            "build",
            "--release",
            "--lib",
            "--locked",
            // The compiler's messages go to standard error, from which a failure reads them.
            "--message-format=json-render-diagnostics",
            "--target",
            host,
        ])
        .current_dir(folder.join("nnx"))
        .env("RUSTFLAGS", FLAGS.join(" "))
        .env("RUSTC", toolchain.rustc())
        .env("RUSTC_WRAPPER", "")
        .env("RUSTC_WORKSPACE_WRAPPER", "")
        .env(format!("CARGO_TARGET_{linker}_LINKER"), "cc")
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_BUILD_BUILD_DIR", &target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    let mut tool = Tool::start(&mut command).map_err(failed)?;
    let (stdout, stderr) = tool.pipes();
    let mut built = CargoOutput {
        libraries: Vec::new(),
        crates: Vec::new(),
    };
    let said = std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut text = String::new();
            if let Some(mut stderr) = stderr {
                let _ = stderr.read_to_string(&mut text);
            }
            text
        });
        for line in stdout
            .into_iter()
            .flat_map(|out| BufReader::new(out).lines())
        {
            let Ok(line) = line else { break };
            if let Some(message) = CargoMessage::parse(&line) {
                if let Some(name) = message.crate_name() {
                    progress(Progress::Step(name.to_owned()));
                }
                built.libraries.extend(message.libraries());
                message.record(&mut built.crates);
            }
        }
        reader.join().unwrap_or_default()
    });
    let status = tool.wait().map_err(failed)?;
    if status.success() {
        Ok(built)
    } else {
        Err(why_cargo_failed(&said))
    }
}

fn why_cargo_failed(said: &str) -> TrackError {
    let says = said.trim();
    let network = [
        "failed to download",
        "Could not resolve host",
        "failed to fetch",
        "Unable to update",
        "using offline mode",
    ];
    if network.iter().any(|sign| says.contains(sign)) {
        error::no_network(says)
    } else if says.contains("linker `cc` not found") {
        error::no_linker()
    } else {
        error::library(says)
    }
}

/// Compiles the driver as a shared library, for quick links, and as a static one, for programs that need nothing else: from
/// `driver` into `deps` in the library's folder, with these arguments that name the other crates.
pub(super) fn compile_driver(
    folder: &Path,
    externs: &[String],
    toolchain: &Toolchain,
) -> Result<(), TrackError> {
    let mut command = Command::new(toolchain.rustc());
    command
        .args([
            "--crate-name=katas_driver",
            "--edition=2024",
            "--cap-lints=allow",
        ])
        .args([
            "--crate-type=dylib",
            "--crate-type=rlib",
            "-Cprefer-dynamic",
        ])
        .args(FLAGS)
        .args(externs)
        .arg("--out-dir")
        .arg(folder.join("deps"))
        .arg("lib.rs")
        .current_dir(folder.join("driver"))
        .env_remove("RUSTFLAGS");
    let output = Tool::output(&mut command).map_err(|error| error::tool("rustc", error))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(error::library(
            String::from_utf8_lossy(&output.stderr).trim(),
        ))
    }
}
