//! The files that the compiler, the linker and a built program need on this machine, for their confinement.
//!
//! They are determined once, when the library is built, by querying the tools, and stored with it. They never include
//! home folders, unless the toolchain is in one.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::toolchain::Toolchain;
use crate::sandbox::Tool;
use crate::track::programs;

/// Files and folders that a program needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reach {
    /// To read and to execute.
    pub(super) execute: Vec<PathBuf>,
    /// Only to read.
    pub(super) read: Vec<PathBuf>,
}

/// The kernel's memory settings. rustc's allocator reads them; without them, it takes 10% longer.
const MEMORY: &[&str] = &[
    "/proc/sys/vm/overcommit_memory",
    "/sys/kernel/mm/transparent_hugepage/enabled",
];

/// The folders of system software.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/lib",
    "/lib64",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/etc/alternatives",
    "/etc/ld.so.cache",
];

impl Reach {
    /// What rustc needs to compile, without a linker.
    pub(super) fn of_rustc(toolchain: &Toolchain) -> Self {
        let mut reach = Self::of_program(&toolchain.rustc());
        if let Some(tools) = toolchain.libraries().parent().map(|host| host.join("bin")) {
            reach.add(Self::of_program(&tools.join("rust-lld")));
            reach.execute.push(tools);
        }
        // Not all of `lib/rustlib`: an answer could include its sources, if they are installed.
        reach
            .read
            .push(toolchain.sysroot.join("lib/rustlib").join(toolchain.host()));
        reach.read.extend(MEMORY.iter().map(PathBuf::from));
        reach
    }

    /// What `cc` needs to link: itself, the programs it calls, and the folders they look in.
    pub(super) fn of_cc() -> Self {
        let mut reach = Self::default();
        let Some(cc) = programs::on_path("cc") else {
            return reach;
        };
        let ask = |question: &str| says(Command::new(&cc).arg(question)).unwrap_or_default();
        let mut programs = vec![cc.clone()];
        for name in ["collect2", "ld", "ld.bfd", "ld.lld"] {
            let path = PathBuf::from(ask(&format!("-print-prog-name={name}")).trim());
            programs.extend(if path.is_absolute() {
                Some(path)
            } else {
                programs::on_path(name)
            });
        }
        for program in programs.iter().filter_map(|path| path.canonicalize().ok()) {
            reach.add(Self::of_program(&program));
            reach.execute.push(program);
        }
        for line in ask("-print-search-dirs").lines() {
            let (name, folders) = line.split_once(": ").unwrap_or_default();
            let folders = folders
                .trim_start_matches('=')
                .split(':')
                .map(PathBuf::from);
            let folders = folders.filter_map(|folder| folder.canonicalize().ok());
            if name == "programs" || name == "install" {
                reach.execute.extend(folders);
            } else {
                reach.read.extend(folders);
            }
        }
        reach
    }

    /// All system software, for machines whose `cc` needs more than these lists contain.
    pub(super) fn of_system() -> Self {
        Self {
            execute: SYSTEM.iter().map(PathBuf::from).collect(),
            read: Vec::new(),
        }
    }

    /// What a built program loads: its loader and its shared libraries. For trusted programs only.
    pub(super) fn of_program(program: &Path) -> Self {
        let mut reach = Self::default();
        if !cfg!(target_os = "linux") {
            return reach;
        }
        // The loader prints what it would load, and exits.
        let said = says(Command::new(program).env("LD_TRACE_LOADED_OBJECTS", "1"));
        for line in said.unwrap_or_default().lines() {
            let line = line.trim();
            let path = line.split_once(" => ").map_or(line, |(_, path)| path);
            let path = path.split(" (0x").next().unwrap_or_default();
            if !path.starts_with('/') {
                continue;
            }
            if line.contains(" => ") {
                reach.read.push(path.into());
            } else {
                reach.execute.push(path.into());
            }
        }
        reach.read.push("/etc/ld.so.cache".into());
        reach
    }

    /// The same files after a folder was renamed.
    pub(super) fn moved(&mut self, from: &Path, to: &Path) {
        for path in self.execute.iter_mut().chain(&mut self.read) {
            if let Ok(rest) = path.strip_prefix(from) {
                *path = to.join(rest);
            }
        }
    }

    /// Adds the files that something else needs.
    pub(super) fn add(&mut self, other: Self) {
        self.execute.extend(other.execute);
        self.read.extend(other.read);
    }

    /// Without duplicates and missing files.
    pub(super) fn tidied(mut self) -> Self {
        for paths in [&mut self.execute, &mut self.read] {
            paths.retain(|path| path.exists());
            paths.sort();
            paths.dedup();
        }
        let within = |path: &PathBuf| self.execute.iter().any(|other| path.starts_with(other));
        self.read.retain(|path| !within(path));
        self
    }
}

/// The output of a tool, if it succeeds.
fn says(command: &mut Command) -> Option<String> {
    let output = Tool::output(command.current_dir("/")).ok()?;
    String::from_utf8(output.stdout).ok()
}
