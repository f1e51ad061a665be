//! Lists the files that are embedded in the program: the course (without learners' files), the teaching crate, and the
//! course's reference answers, compressed.
//!
//! Nothing else under `solutions/` is ever listed: a distributed program contains no hidden output and no wrong answer.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut code = String::new();
    list(&mut code, &root, "COURSE", "katas", &belongs_to_course)?;
    list(&mut code, &root, "NNX", "nnx", &belongs_to_nnx)?;
    list_solutions(&mut code, &root, &out)?;
    std::fs::write(out.join("embedded.rs"), code)?;
    println!("cargo:rerun-if-changed=Cargo.lock");
    println!("cargo:rustc-env=KATAS_SOURCES={:016x}", sources(&root)?);
    Ok(())
}

/// A digest of the sources of katas, so that cached results of one build are not reused by another.
fn sources(root: &Path) -> Result<u64, Box<dyn std::error::Error>> {
    let mut files = vec!["Cargo.lock".to_owned()];
    for folder in ["src", "nnx/src"] {
        let mut inside = Vec::new();
        walk(&root.join(folder), &root.join(folder), &mut inside)?;
        files.extend(inside.iter().map(|file| format!("{folder}/{file}")));
    }
    files.sort();
    // The standard hasher with fixed keys: it only has to distinguish versions, not to resist attacks.
    let mut digest = DefaultHasher::new();
    for file in files {
        file.hash(&mut digest);
        std::fs::read(root.join(&file))?.hash(&mut digest);
    }
    Ok(digest.finish())
}

/// Writes a constant with the path below `folder` and the bytes of each file.
fn list(
    code: &mut String,
    root: &Path,
    name: &str,
    folder: &str,
    belongs: &dyn Fn(&str) -> bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let base = root.join(folder);
    let mut files = Vec::new();
    walk(&base, &base, &mut files)?;
    files.retain(|file| belongs(file));
    files.sort();
    writeln!(code, "pub(crate) const {name}: &[(&str, &[u8])] = &[")?;
    for file in files {
        let path = base.join(&file);
        writeln!(code, "    ({file:?}, include_bytes!({path:?})),")?;
    }
    writeln!(code, "];")?;
    Ok(())
}

/// Writes a constant with the path below `solutions` and the compressed text of each reference answer: nobody should come
/// upon one by searching the program for text.
fn list_solutions(
    code: &mut String,
    root: &Path,
    out: &Path,
) -> Result<(), Box<dyn std::error::Error>> {
    let base = root.join("solutions");
    let mut files = Vec::new();
    walk(&base, &base, &mut files)?;
    files.retain(|file| {
        let name = file.split_once('/').map_or("", |(_, name)| name);
        name.starts_with("solution.")
    });
    files.sort();
    writeln!(code, "pub(crate) const SOLUTIONS: &[(&str, &[u8])] = &[")?;
    for file in files {
        let path = out.join(file.replace('/', "-"));
        let level = flate2::Compression::best();
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), level);
        encoder.write_all(&std::fs::read(base.join(&file))?)?;
        std::fs::write(&path, encoder.finish()?)?;
        writeln!(code, "    ({file:?}, include_bytes!({path:?})),")?;
    }
    writeln!(code, "];")?;
    Ok(())
}

fn walk(
    base: &Path,
    folder: &Path,
    files: &mut Vec<String>,
) -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(base, &path, files)?;
        } else {
            let name = path.strip_prefix(base)?;
            files.push(
                name.to_str()
                    .ok_or("a file name is not UTF-8")?
                    .replace('\\', "/"),
            );
        }
    }
    Ok(())
}

fn belongs_to_course(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let learners =
        (name.ends_with(".rs") || name.ends_with(".py")) && !name.starts_with("starter.");
    !learners && !file.contains("/.") && !name.starts_with('.') && !name.ends_with('~')
}

fn belongs_to_nnx(file: &str) -> bool {
    file.starts_with("src/") || file == "Cargo.toml" || file == "Cargo.lock"
}
