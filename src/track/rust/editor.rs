//! What an editor needs: a `rust-project.json` in which rust-analyzer finds the learners' files and the teaching crate.
//!
//! Answers belong to no cargo package, so rust-analyzer is told of them by hand: each answer is a crate of its own that
//! may name `nnx` and `ndarray`, whose sources lie in the cache and in cargo's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::library::Library;
use super::toolchain::Toolchain;

/// A crate that was compiled into the library, as an editor wants to know it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceCrate {
    package: String,
    name: String,
    root: PathBuf,
    edition: String,
    features: Vec<String>,
    cfgs: Vec<String>,
    environment: BTreeMap<String, String>,
}

/// One line of what cargo says with `--message-format=json`: only the parts that matter here.
#[derive(Deserialize)]
pub(super) struct CargoMessage {
    reason: String,
    #[serde(default)]
    package_id: String,
    target: Option<Target>,
    #[serde(default)]
    features: Vec<String>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    #[serde(default)]
    cfgs: Vec<String>,
    out_dir: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    name: String,
    src_path: PathBuf,
    edition: String,
}

impl CargoMessage {
    pub(super) fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// The library that was just compiled, if this says so.
    pub(super) fn crate_name(&self) -> Option<&str> {
        self.library().map(|target| target.name.as_str())
    }

    fn library(&self) -> Option<&Target> {
        let target = self.target.as_ref()?;
        let is_library = target.kind.iter().any(|kind| kind == "lib");
        (self.reason == "compiler-artifact" && is_library).then_some(target)
    }

    /// The files that hold it.
    pub(super) fn libraries(&self) -> impl Iterator<Item = PathBuf> {
        let is_library = self.library().is_some();
        let files = self.filenames.iter().filter(move |file| {
            is_library
                && file
                    .extension()
                    .is_some_and(|extension| extension == "rlib")
        });
        files.cloned()
    }

    /// Adds the crate, or what its build script decided, to the list. Cargo names dependencies before their users.
    pub(super) fn record(&self, crates: &mut Vec<SourceCrate>) {
        if let Some(target) = self.library() {
            let decided = crates
                .iter()
                .position(|known| known.package == self.package_id);
            let mut source = match decided {
                Some(index) => crates.remove(index),
                None => SourceCrate::unknown(&self.package_id),
            };
            source.name.clone_from(&target.name);
            source.root.clone_from(&target.src_path);
            source.edition.clone_from(&target.edition);
            source.features.clone_from(&self.features);
            crates.push(source);
        } else if self.reason == "build-script-executed" {
            let mut source = SourceCrate::unknown(&self.package_id);
            source.cfgs.clone_from(&self.cfgs);
            if let Some(out) = &self.out_dir {
                source
                    .environment
                    .insert("OUT_DIR".to_owned(), out.display().to_string());
            }
            crates.push(source);
        }
    }
}

impl SourceCrate {
    fn unknown(package: &str) -> Self {
        Self {
            package: package.to_owned(),
            name: String::new(),
            root: PathBuf::new(),
            edition: String::new(),
            features: Vec::new(),
            cfgs: Vec::new(),
            environment: BTreeMap::new(),
        }
    }
}

/// The same crates after the folder they were built in was renamed; without crates that only helped to build.
pub(super) fn moved(crates: Vec<SourceCrate>, from: &Path, to: &Path) -> Vec<SourceCrate> {
    let mut moved: Vec<_> = crates
        .into_iter()
        .filter(|known| !known.name.is_empty())
        .collect();
    for known in &mut moved {
        if let Ok(rest) = known.root.strip_prefix(from) {
            known.root = to.join(rest);
        }
    }
    moved
}

#[derive(Serialize)]
struct Project<'a> {
    sysroot: &'a Path,
    #[serde(skip_serializing_if = "Option::is_none")]
    sysroot_src: Option<PathBuf>,
    crates: Vec<ProjectCrate<'a>>,
}

#[derive(Serialize)]
struct ProjectCrate<'a> {
    display_name: &'a str,
    root_module: &'a Path,
    edition: &'a str,
    deps: Vec<Dependency<'a>>,
    cfg: Vec<String>,
    env: BTreeMap<String, String>,
    is_workspace_member: bool,
}

#[derive(Serialize)]
struct Dependency<'a> {
    #[serde(rename = "crate")]
    index: usize,
    name: &'a str,
}

/// The text of a `rust-project.json` for these answers, each with a name of its own.
pub(super) fn project(
    library: &Library,
    toolchain: &Toolchain,
    answers: &[(String, PathBuf)],
) -> serde_json::Result<Vec<u8>> {
    let before = |count: usize| -> Vec<Dependency<'_>> {
        let known = library.crates.iter().enumerate().take(count);
        known
            .map(|(index, known)| Dependency {
                index,
                name: &known.name,
            })
            .collect()
    };
    let mut crates: Vec<_> = library
        .crates
        .iter()
        .enumerate()
        .map(|(index, known)| ProjectCrate {
            display_name: &known.name,
            root_module: &known.root,
            edition: &known.edition,
            // Any crate may name those compiled before it; that is more than it does name, and free of cycles.
            deps: before(index),
            cfg: features(&known.features, &known.cfgs),
            env: known.environment.clone(),
            is_workspace_member: false,
        })
        .collect();
    crates.extend(answers.iter().map(|(name, file)| {
        ProjectCrate {
            display_name: name,
            root_module: file,
            edition: "2024",
            deps: before(library.crates.len())
                .into_iter()
                .filter(|dependency| ["nnx", "ndarray"].contains(&dependency.name))
                .collect(),
            cfg: Vec::new(),
            env: BTreeMap::new(),
            is_workspace_member: true,
        }
    }));
    let mut text = serde_json::to_vec_pretty(&Project {
        sysroot: &toolchain.sysroot,
        sysroot_src: standard_library(toolchain),
        crates,
    })?;
    text.push(b'\n');
    Ok(text)
}

/// The standard library's sources, where rustup's component `rust-src` is installed.
pub(super) fn standard_library(toolchain: &Toolchain) -> Option<PathBuf> {
    let source = toolchain.sysroot.join("lib/rustlib/src/rust/library");
    source.is_dir().then_some(source)
}

fn features(features: &[String], cfgs: &[String]) -> Vec<String> {
    let features = features
        .iter()
        .map(|feature| format!("feature={feature:?}"));
    features.chain(cfgs.iter().cloned()).collect()
}

/// The files to write into a course, with their text.
///
/// A course of a learner's own gets `rust-project.json` at its top, where editors look for it, and VS Code's settings. A
/// folder that is a cargo package, as the repository of `katas` is, keeps its own: there the file goes into `.katas/`.
pub(super) fn files(course: &Path, project: Vec<u8>) -> Vec<(PathBuf, Vec<u8>)> {
    if course.join("Cargo.toml").exists() {
        return vec![(course.join(".katas/rust-project.json"), project)];
    }
    let mut files = vec![(course.join("rust-project.json"), project)];
    let settings = course.join(SETTINGS);
    if !settings.exists() {
        files.push((settings, VSCODE.as_bytes().to_vec()));
    }
    files
}

/// Where VS Code looks for its settings.
pub(super) const SETTINGS: &str = ".vscode/settings.json";

/// VS Code's settings for a course. There is no cargo package to check on saving; `katas run` does that.
pub(super) const VSCODE: &str = r#"{
  "rust-analyzer.linkedProjects": ["rust-project.json"],
  "rust-analyzer.checkOnSave": false
}
"#;
