//! What happens to root's capabilities in a sandbox: most are dropped, and an untrusted program also loses its uid.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::process::{Gid, Uid, geteuid, getpid};
use rustix::thread::{
    CapabilitySet, CapabilitySets, configure_capability_in_ambient_set, set_capabilities,
    set_keep_capabilities, set_thread_groups, set_thread_res_gid, set_thread_res_uid,
};

use super::{Author, Confinement, Profile};

/// What happens to root's capabilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Privileges {
    /// They are kept.
    #[default]
    Kept,
    /// The uid is kept, for access to its files; the only capability kept is that of reading.
    Reading,
    /// The uid is kept, and the capabilities to read and to change a child's uid.
    Hosting,
    /// The uid becomes one of these, chosen by process id, which owns nothing.
    Nobody {
        /// The uids.
        uids: Uids,
        /// The capabilities that are kept: reading, if other users cannot read what the program needs.
        kept: CapabilitySet,
    },
}

/// Uids that no system assigns to anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Uids {
    pub(super) first: u32,
    pub(super) count: u32,
}

/// The maximum number of threads of a process with its own uid: XLA needs 20, and all others count too.
const THREADS: u64 = 64;

/// One for each possible process id on Linux, so that no two programs share one; systemd treats this range as unused.
const ONE_EACH: Uids = Uids {
    first: 0x7000_0000,
    count: 1 << 22,
};

/// For a user namespace without those: the gap between systemd's ranges for people and for services. Two programs may
/// share a uid; then only the system call filter isolates them, as without root.
const SHARED: Uids = Uids {
    first: 61001,
    count: 128,
};

/// What happens to root's capabilities when this program runs under this confinement.
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
        // Without root's uid, a compiler or a program that loads libraries could not access its files.
        _ => Privileges::Reading,
    }
}

/// The capability to read all files.
const READING: CapabilitySet = CapabilitySet::DAC_READ_SEARCH;

/// The capabilities to change the uid.
const CHANGING: CapabilitySet = CapabilitySet::SETUID.union(CapabilitySet::SETGID);

/// Mode bits for other users of a file or a folder: search; search and read.
const PASS: u32 = 0o1;
const ALL: u32 = 0o5;

/// Whether all users can read what an interpreter needs. In a folder, this checks only the first level, where the
/// packages are.
fn are_open(confinement: &Confinement, program: &Path) -> bool {
    /// The kernel's file systems have files for root only, which no program needs.
    const KERNEL: [&str; 2] = ["/sys", "/proc"];
    let named = confinement.read.iter().chain(&confinement.look_up);
    let mut named = named.map(PathBuf::as_path).chain([program]);
    named.all(|path| {
        let Ok(real) = path.canonicalize() else {
            // A missing path is not needed.
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

/// Whether the mode of a file or a folder allows this to all users. A dangling link is not needed.
fn is_open(path: &Path, bits: u32) -> bool {
    std::fs::metadata(path).map_or(true, |about| about.mode() & bits == bits)
}

/// The current capabilities of this process.
fn powers() -> CapabilitySet {
    rustix::thread::capabilities(None).map_or(CapabilitySet::empty(), |sets| sets.effective)
}

/// The uids for untrusted programs, if this process may change its uid.
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
    /// Whether the map of a user namespace contains all of them.
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

    /// The uid for this process.
    fn own(self) -> u32 {
        self.first + getpid().as_raw_pid().unsigned_abs() % self.count
    }
}

impl Privileges {
    /// Drops them. It is called between fork and exec: it allocates nothing and changes only this thread, whereas
    /// glibc's functions would signal other threads.
    pub(super) fn give_up(self) -> io::Result<()> {
        let nothing = CapabilitySet::empty();
        match self {
            Self::Kept => {}
            // In a container, this capability may be missing; then it cannot be kept.
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
                    // Otherwise it would be lost at exec.
                    configure_capability_in_ambient_set(kept, true)?;
                }
            }
        }
        Ok(())
    }

    /// The limit on threads, if the system counts only this program's: no other process has its uid.
    pub(super) fn threads(self) -> Option<u64> {
        match self {
            Self::Nobody { uids, .. } if uids == ONE_EACH => Some(THREADS),
            _ => None,
        }
    }
}

/// Keeps only these capabilities.
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
        // As in rootless containers.
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
        // Search permission is enough for the folders on the way, but not for the last one.
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

    /// Linux has at most 2^22 process ids, so no two live processes have the same remainder.
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
