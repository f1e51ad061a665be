//! The programs of a grader's machine: a folder that is its whole PATH, in which every program that could change the
//! test machine is replaced by a fake that records its arguments.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::write;
use crate::common::toolchain;

/// The tools of a grader's image.
const THERE: &[&str] = &[
    "as",
    "base64",
    "basename",
    "bash",
    "cat",
    "cc",
    "chmod",
    "cp",
    "cut",
    "dirname",
    "env",
    "find",
    "grep",
    "gzip",
    "head",
    "id",
    "install",
    "ld",
    "ln",
    "mkdir",
    "mktemp",
    "mv",
    "rm",
    "sed",
    "sh",
    "sha256sum",
    "sleep",
    "tar",
    "timeout",
    "tr",
    "uname",
];

/// The tools that `setup.sh` installs if they are missing.
const INSTALLED: &[&str] = &["git", "rustc", "cargo"];

/// Programs that change a machine. The real ones must never run.
const INSTALLERS: &[&str] = &[
    "apk", "apt", "apt-get", "aptitude", "brew", "doas", "dnf", "dpkg", "npm", "pacman", "pip",
    "pip3", "rustup", "snap", "su", "sudo", "yum", "zypper",
];

/// The folder in a machine's PATH.
pub(crate) struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// A machine with all tools, including `git` and Rust.
    pub(crate) fn all(folder: PathBuf) -> Self {
        let tools = Self::few(folder);
        for name in INSTALLED {
            tools.link(name, &found(name));
        }
        tools
    }

    /// A machine without the tools that `setup.sh` installs. Its package manager installs a fake git, and the rustup
    /// installer that `curl` downloads creates a toolchain at the required path.
    pub(crate) fn few(folder: PathBuf) -> Self {
        let tools = Self { folder };
        for name in THERE {
            tools.link(name, &found(name));
        }
        for name in INSTALLERS {
            tools.stand_in(name, "");
        }
        let git = found("git");
        tools.stand_in(
            "apt-get",
            &format!(
                "case \"$1\" in install) ln -s '{}' '{}' ;; esac",
                git.display(),
                tools.folder.join("git").display()
            ),
        );
        let toolchain = toolchain().join("bin");
        let installer = tools.folder.join("../rustup.sh");
        write(
            installer.clone(),
            &format!(
                "mkdir -p \"$CARGO_HOME/bin\" \"$RUSTUP_HOME\"\necho \"rustup-init $*\" >> '{}'\n\
                 for tool in rustc cargo; do ln -s '{}'/$tool \"$CARGO_HOME/bin/$tool\"; done\n",
                tools.record().display(),
                toolchain.display()
            ),
        );
        // Local files are real; this is the only URL that exists.
        tools.stand_in(
            "curl",
            &format!(
                "case \"$*\" in\n*\" https://sh.rustup.rs\") exec cat '{}' ;;\n*\" file://\"*) exec '{}' \"$@\" ;;\nesac\nexit 7",
                installer.display(),
                found("curl").display()
            ),
        );
        tools
    }

    /// The PATH of this machine.
    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// The arguments of each call of a fake, one line each, except files that `curl` copied.
    pub(crate) fn asked(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.record()).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.contains(" file://"));
        lines.map(str::to_owned).collect()
    }

    fn record(&self) -> PathBuf {
        self.folder.with_extension("asked")
    }

    fn link(&self, name: &str, program: &Path) {
        std::fs::create_dir_all(&self.folder).expect("a folder");
        symlink(program, self.folder.join(name)).expect("a link");
    }

    fn stand_in(&self, name: &str, script: &str) {
        let path = self.folder.join(name);
        write(
            path.clone(),
            &format!(
                "#!/bin/sh\necho \"{name} $*\" >> '{}'\n{script}\n",
                self.record().display()
            ),
        );
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    }
}

/// The path of a program on the PATH of the tests.
fn found(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").expect("a path");
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
        .unwrap_or_else(|| panic!("{name} is not here; scripts/with_tools installs what is needed"))
}
