//! Parses cargo's messages about the crates of the library, which editors need.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A crate of the library, with what an editor needs to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceCrate {
    package: String,
    pub(super) name: String,
    pub(super) root: PathBuf,
    pub(super) edition: String,
    pub(super) features: Vec<String>,
    pub(super) cfgs: Vec<String>,
    pub(super) environment: BTreeMap<String, String>,
}

/// A line of cargo's `--message-format=json`: only the fields that matter here.
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

    /// The library that was just compiled, if this message is about one.
    pub(super) fn crate_name(&self) -> Option<&str> {
        self.library().map(|target| target.name.as_str())
    }

    fn library(&self) -> Option<&Target> {
        let target = self.target.as_ref()?;
        let is_library = target.kind.iter().any(|kind| kind == "lib");
        (self.reason == "compiler-artifact" && is_library).then_some(target)
    }

    /// The files that contain it.
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

    /// Adds the crate, or the result of its build script, to the list. Cargo lists dependencies before their
    /// dependents.
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

/// The same crates after their folder was renamed, without crates that were only needed for building.
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
