//! The environment for answers: an interpreter with the versions of JAX and Flax that define the bits.
//!
//! `setup.rs` finds or creates one.

use std::path::PathBuf;

use super::driver::Driver;
use super::interpreter::Interpreter;
use crate::digest::PartsDigest;
use crate::seal::hex::encode;

/// The oldest Python that these versions of JAX and Flax support.
pub(super) const OLDEST: [u32; 3] = [3, 11, 0];

/// The required packages, and the prefixes of their versions. The bits of eager code are those of these versions.
const SUPPORTED: &[(&str, &str)] = &[
    ("jax", "0.10."),
    ("jaxlib", "0.10."),
    ("flax", "0.12."),
    ("numpy", "2."),
    ("safetensors", "0."),
];

/// An interpreter with everything that answers need, and our driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Environment {
    pub(super) interpreter: Interpreter,
    pub(super) driver: Driver,
    /// The digest of the packages' files.
    pub(super) contents: String,
    /// The compile cache, if there is one.
    pub(super) compiled: Option<PathBuf>,
}

impl Environment {
    /// Its name for people.
    pub(super) fn name(&self) -> String {
        format!(
            "Python {}, {}",
            self.interpreter.version(),
            versions(&self.interpreter)
        )
    }

    /// The digest of everything that affects an answer's outputs: the interpreter, every distribution and its files,
    /// the driver.
    pub(super) fn digest(&self) -> String {
        let interpreter = &self.interpreter;
        let mut digest = PartsDigest::default();
        digest.add(interpreter.executable.as_os_str().as_encoded_bytes());
        digest.add(interpreter.version());
        for (name, version) in &interpreter.packages {
            digest.add(name);
            digest.add(version);
        }
        digest.add(&self.contents);
        digest.add(&self.driver.digest);
        encode(&digest.finish()[..12])
    }
}

/// The versions that matter for answers.
pub(super) fn versions(interpreter: &Interpreter) -> String {
    let version = |name: &&str| Some(format!("{name} {}", interpreter.package(name)?));
    let known: Vec<_> = ["jax", "flax", "numpy"]
        .iter()
        .filter_map(version)
        .collect();
    known.join(", ")
}

/// Whether an interpreter has supported versions of all packages.
pub(super) fn fits(interpreter: &Interpreter) -> bool {
    let has = |(name, version): &(&str, &str)| {
        interpreter
            .package(name)
            .is_some_and(|found| found.starts_with(version))
    };
    interpreter.version >= OLDEST && SUPPORTED.iter().all(has)
}
