//! Detects changes in the packages that answers compute with: a file can change while the version stays the same.
//!
//! The cache has a stamp for each of their folders, which is compared at every use in microseconds, and a digest of
//! its files, which is recomputed if the stamp differs.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::interpreter::Interpreter;
use crate::digest::{self, PartsDigest};
use crate::files::{self, Cache};
use crate::parallel;
use crate::seal::hex::encode;

/// The folders of packages that affect an answer's numbers, in addition to the single files in `site-packages`.
const PACKAGES: &[&str] = &[
    "flax",
    "jax",
    "jaxlib",
    "ml_dtypes",
    "numpy",
    "numpy.libs",
    "opt_einsum",
    "optax",
    "safetensors",
    "scipy",
    "scipy.libs",
];

/// Packages' tests are never run, and compiled modules follow their sources.
const SKIPPED: &[&str] = &["tests", "test", "__pycache__"];

/// The number of threads: the time is spent in system calls.
const THREADS: usize = 4;

/// The state of a folder when its files were last read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Folder {
    path: PathBuf,
    /// The names of its files that Python loads, and of its folders.
    files: Vec<String>,
    folders: Vec<String>,
    stamp: String,
    digest: String,
}

/// The digest of the contents of an interpreter's packages.
pub(super) fn digest(cache: &Cache, interpreter: &Interpreter) -> io::Result<String> {
    let executable = interpreter.executable.as_os_str().as_encoded_bytes();
    let name = encode(&digest::of_parts([executable])[..12]);
    let memory = cache
        .folder()
        .join("python")
        .join(format!("contents-{name}.json"));
    let known = std::fs::read(&memory).ok();
    let known: Vec<Folder> = known
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default();
    let now = look(&known, &roots(interpreter))?;
    if now != known
        && let Ok(text) = serde_json::to_vec(&now)
        && files::make_folder(&cache.folder().join("python")).is_ok()
    {
        // If this cannot be written, everything is read again next time.
        let _ = files::write_whole(&memory, &text);
    }
    let parts = now.iter().flat_map(|folder| {
        let path = folder.path.as_os_str().as_encoded_bytes();
        [path, folder.digest.as_bytes()]
    });
    Ok(encode(&digest::of_parts(parts)[..16]))
}

/// The folders of the packages, each with whether only its single files count.
fn roots(interpreter: &Interpreter) -> Vec<(PathBuf, bool)> {
    let mut roots = Vec::new();
    for path in &interpreter.path {
        // The others are Python's own modules, which are covered by its version.
        if path.ends_with("site-packages") || path.ends_with("dist-packages") {
            roots.push((path.clone(), true));
            let packages = PACKAGES.iter().map(|name| (path.join(name), false));
            roots.extend(packages.filter(|(path, _)| path.is_dir()));
        }
    }
    roots
}

/// The current state of the folders, in a fixed order; known digests are reused if the stamp is the same.
fn look(known: &[Folder], roots: &[(PathBuf, bool)]) -> io::Result<Vec<Folder>> {
    let fresh = parallel::map(known, THREADS, |folder| -> io::Result<Option<Folder>> {
        let is_same = stamp_of(&folder.path, &folder.files).is_some_and(|now| now == folder.stamp);
        Ok(is_same.then(|| folder.clone()))
    })?;
    let fresh: BTreeMap<_, _> = fresh
        .into_iter()
        .flatten()
        .map(|folder| (folder.path.clone(), folder))
        .collect();
    let mut found = Vec::new();
    let mut left = roots.to_vec();
    while let Some((path, only_files)) = left.pop() {
        let folder = match fresh.get(&path) {
            Some(folder) => folder.clone(),
            None => Folder::read(&path)?,
        };
        if !only_files {
            left.extend(folder.folders.iter().map(|name| (path.join(name), false)));
        }
        found.push(folder);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn stamp_of(path: &Path, names: &[String]) -> Option<String> {
    files::stamp(path, names).map(|stamp| encode(&stamp[..16]))
}

impl Folder {
    fn read(path: &Path) -> io::Result<Self> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let about = std::fs::metadata(entry.path());
            match about {
                Ok(about) if about.is_dir() && !SKIPPED.contains(&name.as_str()) => {
                    folders.push(name)
                }
                Ok(about) if about.is_file() && is_loaded(&name) => files.push(name),
                _ => {}
            }
        }
        files.sort();
        folders.sort();
        // The stamp comes first: if a file is written in between, the stamp is older, and the file is read again.
        let stamp = stamp_of(path, &files).ok_or(io::ErrorKind::NotFound)?;
        let digests = parallel::map(&files, THREADS, |name| of_file(&path.join(name)))?;
        let parts = files.iter().zip(&digests);
        let parts = parts.flat_map(|(name, digest)| [name.as_bytes(), digest]);
        Ok(Self {
            path: path.to_owned(),
            stamp,
            digest: encode(&digest::of_parts(parts)[..16]),
            files,
            folders,
        })
    }
}

/// Whether Python loads a file of this name, or a library that Python loads does.
fn is_loaded(name: &str) -> bool {
    let ending = Path::new(name).extension().unwrap_or_default();
    ["py", "pth", "so", "dylib"]
        .iter()
        .any(|own| ending == *own)
        || name.contains(".so.")
}

fn of_file(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut digest = PartsDigest::default();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(digest.finish()),
            count => digest.add(&buffer[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An interpreter with one package, in a folder.
    fn interpreter(folder: &Path) -> Interpreter {
        let packages = folder.join("site-packages");
        std::fs::create_dir_all(packages.join("jax/inner/tests")).unwrap();
        for file in [
            "one.py",
            "jax/two.py",
            "jax/inner/three.so",
            "jax/inner/data.txt",
        ] {
            std::fs::write(packages.join(file), file).unwrap();
        }
        Interpreter {
            executable: folder.join("bin/python"),
            prefix: folder.to_owned(),
            base: folder.join("bin/python"),
            base_prefix: folder.to_owned(),
            version: [3, 11, 0],
            path: vec![packages],
            packages: BTreeMap::new(),
        }
    }

    #[test]
    fn a_changed_file_changes_the_digest_and_a_touched_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(&folder.path().join("cache"));
        let interpreter = interpreter(folder.path());
        let at = |name: &str| folder.path().join("site-packages").join(name);
        let now = || digest(&cache, &interpreter).unwrap();
        let first = now();
        assert_eq!(now(), first);
        // Files that are never loaded, and unchanged files.
        std::fs::write(at("jax/inner/data.txt"), "other").unwrap();
        std::fs::write(at("jax/inner/tests/test_a.py"), "other").unwrap();
        std::fs::write(at("jax/two.py"), "jax/two.py").unwrap();
        assert_eq!(now(), first);
        let mut seen = vec![first.clone()];
        for (file, text) in [
            ("one.py", "changed"),
            ("jax/two.py", "changed"),
            ("jax/inner/three.so", "changed"),
            ("jax/inner/new.py", ""),
            ("sitecustomize.py", ""),
        ] {
            std::fs::write(at(file), text).unwrap();
            let digest = now();
            assert!(!seen.contains(&digest), "{file}");
            seen.push(digest);
        }
        for file in ["jax/inner/new.py", "sitecustomize.py"] {
            std::fs::remove_file(at(file)).unwrap();
        }
        for file in ["one.py", "jax/two.py", "jax/inner/three.so"] {
            std::fs::write(at(file), file).unwrap();
        }
        assert_eq!(now(), first);
    }
}
