//! What becomes of root's powers in a jail: most are given up, and an untrusted program loses its uid as well.

use std::io;

use rustix::process::{Gid, Uid, geteuid, getpid};
use rustix::thread::{
    CapabilitySet, CapabilitySets, set_capabilities, set_thread_groups, set_thread_res_gid,
    set_thread_res_uid,
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
    /// The uid becomes one of these, by process id, which owns nothing.
    Nobody(Uids),
}

/// Uids that no system gives to anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Uids {
    first: u32,
    count: u32,
}

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

/// What becomes of root's powers under this confinement.
pub(super) fn of(confinement: &Confinement) -> Privileges {
    // A compiler, and a program that loads libraries, could not reach their files as nobody.
    let alone = confinement.profile == Profile::Program;
    if !geteuid().is_root() {
        return Privileges::Kept;
    }
    nobody()
        .filter(|_| alone && confinement.author == Author::Untrusted)
        .map_or(Privileges::Reading, Privileges::Nobody)
}

/// The uids for untrusted programs, if this is root with the powers that a change of uid takes.
pub(super) fn nobody() -> Option<Uids> {
    const SET_GID_AND_UID: u64 = 1 << 6 | 1 << 7;
    if !geteuid().is_root() {
        return None;
    }
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let status = read("/proc/self/status");
    let powers = status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|powers| u64::from_str_radix(powers.trim(), 16).ok())?;
    let maps = [read("/proc/self/uid_map"), read("/proc/self/gid_map")];
    // Rootless containers map few uids, or none.
    let is_mapped = |uids: &Uids| maps.iter().all(|map| uids.are_in(map));
    (powers & SET_GID_AND_UID == SET_GID_AND_UID)
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
        match self {
            Self::Kept => {}
            Self::Reading => {
                let only = |capability| CapabilitySets {
                    effective: capability,
                    permitted: capability,
                    inheritable: CapabilitySet::empty(),
                };
                // A container may have withheld the right to read; then none stays.
                set_capabilities(None, only(CapabilitySet::DAC_READ_SEARCH))
                    .or_else(|_| set_capabilities(None, only(CapabilitySet::empty())))?;
            }
            Self::Nobody(uids) => {
                let id = uids.own();
                set_thread_groups(&[])?;
                let gid = Gid::from_raw(id);
                set_thread_res_gid(gid, gid, gid)?;
                let uid = Uid::from_raw(id);
                set_thread_res_uid(uid, uid, uid)?;
            }
        }
        Ok(())
    }
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
