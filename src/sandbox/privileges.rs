//! What becomes of root's powers in a jail: most are given up, and an untrusted program loses its uid as well.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::process::{Gid, Uid, geteuid, getpid};
use rustix::thread::{
    CapabilitySet, CapabilitySets, configure_capability_in_ambient_set, set_capabilities,
    set_keep_capabilities, set_thread_groups, set_thread_res_gid, set_thread_res_uid,
};

use super::{Author, Confinement, Profile};

/// What becomes of root's powers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Privileges {
    /// They stay as they are.
    #[default]
    Kept,
    /// The uid stays, so that its files can be reached; of its powers only reading does.
    Reading,
    /// The uid stays, and with it the powers to read and to give a child another uid.
    Hosting,
    /// The uid becomes one of these, by process id, which owns nothing.
    Nobody {
        /// The uids.
        uids: Uids,
        /// What of root's powers stays: that of reading, where others may not read what the program needs.
        kept: CapabilitySet,
    },
}

/// Uids that no system gives to anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Uids {
    pub(super) first: u32,
    pub(super) count: u32,
}

/// What a process under a uid of its own may have of threads: XLA takes 20, and whatever else it starts counts too.
const THREADS: u64 = 64;

/// One for each process id that Linux can have, so that no two programs share one, whichever katas started them; systemd
/// knows this range as unused.
const ONE_EACH: Uids = Uids {
    first: 0x7000_0000,
    count: 1 << 22,
};

/// In a user namespace that lacks those: the gap between what systemd has for people and for services. Two programs may
/// meet on one uid; what keeps them apart then is the filter of system calls, as it is without root.
const SHARED: Uids = Uids {
    first: 61001,
    count: 128,
};

/// What becomes of root's powers when this program runs under this confinement.
pub(super) fn of(confinement: &Confinement, program: &Path) -> Privileges {
    if !geteuid().is_root() {
        return Privileges::Kept;
    }
    let Some(uids) = nobody().filter(|_| confinement.author == Author::Untrusted) else {
        return Privileges::Reading;
    };
    let nobody = |kept| Privileges::Nobody { uids, kept };
    let nothing = CapabilitySet::empty();
    match confinement.profile {
        Profile::Program => nobody(nothing),
        Profile::InterpreterHost => Privileges::Hosting,
        Profile::Interpreter if !is_open(program, ALL) => Privileges::Reading,
        Profile::Interpreter if are_open(confinement, program) => nobody(nothing),
        Profile::Interpreter if powers().contains(READING) => nobody(READING),
        // A compiler, and a program that loads libraries, could not reach their files as nobody.
        _ => Privileges::Reading,
    }
}

/// What reading all files takes.
const READING: CapabilitySet = CapabilitySet::DAC_READ_SEARCH;

/// What changing one's uid takes.
const CHANGING: CapabilitySet = CapabilitySet::SETUID.union(CapabilitySet::SETGID);

/// What everybody may do with a file or a folder: pass through it; pass and read.
const PASS: u32 = 0o1;
const ALL: u32 = 0o5;

/// Whether everybody can read what an interpreter needs. Of a folder this looks at the first level, where packages lie.
fn are_open(confinement: &Confinement, program: &Path) -> bool {
    /// The kernel's own tables have files that are only root's, and that no program needs.
    const KERNEL: [&str; 2] = ["/sys", "/proc"];
    let named = confinement.read.iter().chain(&confinement.look_up);
    let mut named = named.map(PathBuf::as_path).chain([program]);
    named.all(|path| {
        let Ok(real) = path.canonicalize() else {
            // What is not there is not needed.
            return true;
        };
        let mut on_the_way = path.ancestors().skip(1).chain(real.ancestors().skip(1));
        let is_kernel = KERNEL.iter().any(|own| real.starts_with(own));
        on_the_way.all(|folder| is_open(folder, PASS))
            && (is_kernel || is_readable(&real) && entries(&real).all(|entry| is_readable(&entry)))
    })
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

fn is_readable(path: &Path) -> bool {
    is_open(path, if path.is_dir() { ALL } else { ALL & !PASS })
}

/// Whether everybody may do this with a file or a folder. A link that leads nowhere is nothing that anybody needs.
fn is_open(path: &Path, bits: u32) -> bool {
    std::fs::metadata(path).map_or(true, |about| about.mode() & bits == bits)
}

/// The powers that this process has now.
fn powers() -> CapabilitySet {
    rustix::thread::capabilities(None).map_or(CapabilitySet::empty(), |sets| sets.effective)
}

/// The uids for untrusted programs, if this is root with the powers that a change of uid takes.
pub(super) fn nobody() -> Option<Uids> {
    if !geteuid().is_root() {
        return None;
    }
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let maps = [read("/proc/self/uid_map"), read("/proc/self/gid_map")];
    // Rootless containers map few uids, or none.
    let is_mapped = |uids: &Uids| maps.iter().all(|map| uids.are_in(map));
    powers()
        .contains(CHANGING)
        .then(|| [ONE_EACH, SHARED].into_iter().find(is_mapped))
        .flatten()
}

impl Uids {
    /// Whether a map of a user namespace has all of them.
    fn are_in(self, map: &str) -> bool {
        map.lines().any(|line| {
            let mut numbers = line.split_whitespace().map(str::parse::<u64>);
            let (Some(Ok(first)), Some(Ok(_)), Some(Ok(count))) =
                (numbers.next(), numbers.next(), numbers.next())
            else {
                return false;
            };
            let wanted = u64::from(self.first);
            first <= wanted && wanted + u64::from(self.count) <= first + count
        })
    }

    /// The one for this process.
    fn own(self) -> u32 {
        self.first + getpid().as_raw_pid().unsigned_abs() % self.count
    }
}

impl Privileges {
    /// Gives them up. It is called between fork and exec: it allocates nothing, and changes this one thread, where glibc's
    /// own calls would signal the parent's others.
    pub(super) fn give_up(self) -> io::Result<()> {
        let nothing = CapabilitySet::empty();
        match self {
            Self::Kept => {}
            // A container may have withheld the right to read; then it is not there to be kept.
            Self::Reading => keep(READING, nothing).or_else(|_| keep(nothing, nothing))?,
            Self::Hosting => {
                keep(READING | CHANGING, nothing).or_else(|_| keep(CHANGING, nothing))?
            }
            Self::Nobody { uids, kept } => {
                let id = uids.own();
                set_keep_capabilities(true)?;
                set_thread_groups(&[])?;
                let gid = Gid::from_raw(id);
                set_thread_res_gid(gid, gid, gid)?;
                let uid = Uid::from_raw(id);
                set_thread_res_uid(uid, uid, uid)?;
                keep(kept, kept)?;
                if !kept.is_empty() {
                    // Else it would not outlast the exec.
                    configure_capability_in_ambient_set(kept, true)?;
                }
            }
        }
        Ok(())
    }

    /// How many threads the system lets it have, where it counts those of this program alone: nobody else has its uid.
    pub(super) fn threads(self) -> Option<u64> {
        match self {
            Self::Nobody { uids, .. } if uids == ONE_EACH => Some(THREADS),
            _ => None,
        }
    }
}

/// Keeps these powers, and no others.
fn keep(powers: CapabilitySet, inheritable: CapabilitySet) -> io::Result<()> {
    let only = CapabilitySets {
        effective: powers,
        permitted: powers,
        inheritable,
    };
    Ok(set_capabilities(None, only)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_are_taken_only_where_all_of_them_are_mapped() {
        let whole = "         0          0 4294967295\n";
        // What rootless containers have.
        let small = "         0       1000          1\n         1     100000      65536\n";
        for (map, one_each, shared) in [
            (whole, true, true),
            (small, false, true),
            ("0 1000 1\n", false, false),
            ("0 100000 61128\n", false, false),
            ("0 100000 61129\n", false, true),
            ("", false, false),
        ] {
            assert_eq!(ONE_EACH.are_in(map), one_each, "{map}");
            assert_eq!(SHARED.are_in(map), shared, "{map}");
        }
    }

    #[test]
    fn what_only_root_can_read_is_not_open() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir_in("/tmp").unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("lib/package")).unwrap();
        std::fs::write(at("lib/module.py"), "").unwrap();
        std::os::unix::fs::symlink(at("nothing"), at("lib/broken")).unwrap();
        let confinement = Confinement {
            read: vec![
                at("lib"),
                at("gone"),
                PathBuf::from("/sys/devices/system/cpu"),
            ],
            ..Confinement::none()
        };
        let program = Path::new("/bin/sh");
        let set = |name: &str, mode| {
            std::fs::set_permissions(at(name), std::fs::Permissions::from_mode(mode)).unwrap();
        };
        for (name, usual) in [
            ("", 0o755),
            ("lib", 0o755),
            ("lib/package", 0o755),
            ("lib/module.py", 0o644),
        ] {
            set(name, usual);
        }
        assert!(are_open(&confinement, program));
        // To pass through a folder is enough on the way, and is not enough at its end.
        set("", 0o711);
        assert!(are_open(&confinement, program));
        for (name, closed, usual) in [
            ("", 0o700, 0o755),
            ("lib", 0o711, 0o755),
            ("lib/package", 0o750, 0o755),
            ("lib/module.py", 0o640, 0o644),
        ] {
            set(name, closed);
            assert!(!are_open(&confinement, program), "{name}");
            set(name, usual);
        }
        assert!(are_open(&confinement, program));
    }

    /// Linux has at most 2^22 processes at a time, so no two living ones have the same remainder.
    #[test]
    fn no_two_programs_share_a_uid() {
        let most: u32 = std::fs::read_to_string("/proc/sys/kernel/pid_max")
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        assert!(most <= ONE_EACH.count, "{most}");
    }
}
