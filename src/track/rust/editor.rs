//! Files for editors: a `rust-project.json` with which rust-analyzer finds the learners' files and the teaching
//! crate.
//!
//! Answers belong to no cargo package, so the file lists them: each answer is a separate crate that depends on `nnx`
//! and `ndarray`, whose sources are in katas' cache and in cargo's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::library::Library;
use super::toolchain::Toolchain;

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

/// The text of a `rust-project.json` for these answers, each with a unique name.
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
            // Each crate depends on all crates compiled before it, which is more than necessary but free of cycles.
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
/// A learner's own course gets `rust-project.json` at its top, where editors look for it, and VS Code's settings. A
/// folder that is a cargo package, such as the repository of `katas`, keeps its settings: there the file goes into
/// `.katas/`.
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
