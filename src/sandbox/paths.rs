//! Which files a sandboxed process may access, as Landlock rules created before the fork.
//!
//! Everything else is refused, also through links: a rule applies to a file, not to one of its names. Landlock does
//! not depend on root's privileges, so it restricts root too.

use std::error::Error;
use std::os::fd::OwnedFd;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, Ruleset,
    RulesetAttr, RulesetCreated, RulesetCreatedAttr, Scope,
};
use rustix::fs::{Mode, OFlags};

use super::{Confinement, retry};

type Failure = Box<dyn Error + Send + Sync>;

/// The newest ABI version that the rules below cover. An older kernel enforces what it supports.
const KNOWN: ABI = ABI::V6;

/// Creates the rules; `None` on a kernel without Landlock.
pub(super) fn rules(
    confinement: &Confinement,
    program: &OwnedFd,
) -> Result<Option<OwnedFd>, Failure> {
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(KNOWN))?
        .handle_access(AccessNet::from_all(KNOWN))?
        .scope(Scope::from_all(KNOWN))?
        .create()?;
    let file = AccessFs::ReadFile | AccessFs::Execute;
    rules = rules.add_rule(PathBeneath::new(program, file))?;
    for path in &confinement.execute {
        rules = allow(rules, path, file | AccessFs::ReadDir)?;
    }
    for path in &confinement.read {
        rules = allow(rules, path, AccessFs::ReadFile | AccessFs::ReadDir)?;
    }
    for path in &confinement.look_up {
        rules = allow(rules, path, AccessFs::ReadFile.into())?;
    }
    if let Some(path) = &confinement.write {
        let ordinary = AccessFs::ReadFile
            | AccessFs::ReadDir
            | AccessFs::WriteFile
            | AccessFs::Truncate
            | AccessFs::MakeReg
            | AccessFs::MakeDir
            | AccessFs::RemoveFile
            | AccessFs::RemoveDir
            | AccessFs::Refer;
        rules = allow(rules, path, ordinary)?;
    }
    Ok(rules.into())
}

/// Allows this access to a file, or to a folder and its contents; a missing path is skipped.
fn allow(
    rules: RulesetCreated,
    path: &Path,
    rights: BitFlags<AccessFs>,
) -> Result<RulesetCreated, Failure> {
    let descriptor = match rustix::fs::open(path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty()) {
        Ok(descriptor) => descriptor,
        // Without this rule, an answer would be blamed for a file that it cannot read.
        Err(error) if retry::is_shortage(error.raw_os_error()) => return Err(error.into()),
        Err(_) => return Ok(rules),
    };
    let rights = if path.is_dir() {
        rights
    } else {
        rights & AccessFs::from_file(KNOWN)
    };
    Ok(rules.add_rule(PathBeneath::new(descriptor, rights))?)
}
