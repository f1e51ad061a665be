//! Finds the toolchain's own rustc and cargo, once, and remembers them.
//!
//! The rustc on `PATH` is often rustup's shim, which costs milliseconds at every call and obeys a `rust-toolchain.toml`
//! beside an answer. So the shim is queried once for the real path of the toolchain, from the cache's own folder; the
//! result is cached until one of the files it depends on changes.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::error;
use crate::files::{self, Cache};
use crate::sandbox::Tool;
use crate::track::stamp::Stamp;
use crate::track::{TrackError, programs};

/// A Rust toolchain, by the paths of its own programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Toolchain {
    /// The folder that contains `bin` and `lib`.
    pub(super) sysroot: PathBuf,
    /// The output of `rustc -vV`.
    pub(super) version: String,
}

/// A toolchain, and what determined it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownToolchain {
    origin: Origin,
    /// The state of the toolchain's own compiler.
    rustc: Option<Stamp>,
    toolchain: Toolchain,
}

/// Everything that determines the toolchain behind a `rustc` on `PATH`.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    shim: PathBuf,
    /// The state of the shim, and of rustup's settings.
    stamps: [Option<Stamp>; 2],
    /// The variables that rustup obeys.
    variables: [String; 2],
}

impl Toolchain {
    /// The compiler.
    pub(super) fn rustc(&self) -> PathBuf {
        self.sysroot.join("bin/rustc")
    }

    /// The build tool.
    pub(super) fn cargo(&self) -> PathBuf {
        self.sysroot.join("bin/cargo")
    }

    /// The platform this compiler compiles for, such as `x86_64-unknown-linux-gnu`.
    pub(super) fn host(&self) -> &str {
        let host = self
            .version
            .lines()
            .find_map(|line| line.strip_prefix("host: "));
        host.unwrap_or("unknown")
    }

    /// The first line of its version, such as `rustc 1.95.0 (…)`.
    pub(super) fn name(&self) -> &str {
        self.version.lines().next().unwrap_or("rustc")
    }

    /// The folder of the standard library's shared and static files.
    pub(super) fn libraries(&self) -> PathBuf {
        self.sysroot
            .join("lib/rustlib")
            .join(self.host())
            .join("lib")
    }
}

/// Finds the toolchain behind the `rustc` on `PATH`.
///
/// # Errors
/// When there is none, or it does not run.
pub(super) fn find(cache: &Cache) -> Result<Toolchain, TrackError> {
    let shim = programs::on_path("rustc").ok_or_else(error::no_compiler)?;
    let origin = Origin::of(&shim);
    let file = cache.folder().join("toolchain.json");
    if let Ok(text) = std::fs::read(&file)
        && let Ok(known) = serde_json::from_slice::<KnownToolchain>(&text)
        && known.origin == origin
        && known.rustc == Stamp::of(&known.toolchain.rustc())
    {
        return Ok(known.toolchain);
    }
    files::make_folder(cache.folder())?;
    let sysroot = ask(&shim, &["--print", "sysroot"], cache.folder())?;
    let toolchain = Toolchain {
        version: ask(
            &PathBuf::from(sysroot.trim()).join("bin/rustc"),
            &["-vV"],
            cache.folder(),
        )?,
        sysroot: PathBuf::from(sysroot.trim()),
    };
    let known = KnownToolchain {
        origin,
        rustc: Stamp::of(&toolchain.rustc()),
        toolchain,
    };
    let text = serde_json::to_vec_pretty(&known).map_err(|error| error::tool("rustc", error))?;
    files::write_whole(&file, &text)?;
    Ok(known.toolchain)
}

impl Origin {
    fn of(shim: &Path) -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let rustup = std::env::var_os("RUSTUP_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".rustup")));
        let settings = rustup.and_then(|folder| Stamp::of(&folder.join("settings.toml")));
        Self {
            shim: shim.to_owned(),
            stamps: [Stamp::of(shim), settings],
            variables: [variable("RUSTUP_TOOLCHAIN"), variable("RUSTUP_HOME")],
        }
    }
}

fn ask(rustc: &Path, arguments: &[&str], folder: &Path) -> Result<String, TrackError> {
    let mut command = Command::new(rustc);
    command.args(arguments).current_dir(folder);
    let output = Tool::output(&mut command).map_err(|error| error::tool("rustc", error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(error::tool(
            "rustc",
            String::from_utf8_lossy(&output.stderr).trim(),
        ))
    }
}
