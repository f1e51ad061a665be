//! Which system calls a sandboxed process may make, as one seccomp filter for each profile.
//!
//! A program gets an allowlist, and an error for everything else, so that the standard library can report what was
//! refused. A compiler gets a denylist: the answer's own code does not run there, and the calls of compilers and
//! linkers differ between versions. There is one filter, not several stacked ones, because each costs time to load.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, sock_filter,
};

use super::Profile;
use super::numbers::{COMPILER, HOST, INTERPRETER, LOADER, PROGRAM};

/// A placeholder for the process's own id, which is known only after the fork.
const OWN: u32 = 0x6b61_7461;

/// From here on a number names a call of the x32 interface, which no list here knows.
#[cfg(target_arch = "x86_64")]
const X32: u32 = 0x4000_0000;

/// A filter in the kernel's form, made before the fork.
#[derive(Default)]
pub(super) struct Filter {
    instructions: BpfProgram,
    /// Where the process's own id goes.
    own: Vec<usize>,
    /// The key for starting the program.
    key: Key,
}

/// Random numbers in the upper halves of the arguments of `execveat`, which the kernel does not look at and the filter
/// compares.
///
/// The filter is already active when the program is started, so it must allow one `execveat`. A program could use it
/// to find out which files exist, because the error for a path depends on that. It cannot guess 64 bits.
#[derive(Clone, Copy, Default)]
pub(super) struct Key {
    descriptor: u32,
    flags: u32,
}

impl Key {
    /// The key for one program.
    pub(super) fn of(random: [u8; 8]) -> Self {
        let [a, b, c, d, e, f, g, h] = random;
        Self {
            descriptor: u32::from_ne_bytes([a, b, c, d]),
            flags: u32::from_ne_bytes([e, f, g, h]),
        }
    }

    /// The arguments of `execveat` for an open file and no path: the descriptor, and the flags.
    pub(super) fn arguments(self, descriptor: libc::c_int) -> [libc::c_long; 2] {
        let halves = [
            (self.descriptor, descriptor),
            (self.flags, libc::AT_EMPTY_PATH),
        ];
        halves.map(|(upper, lower)| wide_of(upper, lower.unsigned_abs()) as libc::c_long)
    }
}

fn wide_of(upper: u32, lower: u32) -> u64 {
    u64::from(upper) << 32 | u64::from(lower)
}

impl Filter {
    /// The filter for a profile; `None` on a processor that seccompiler does not know.
    pub(super) fn of(profile: Profile, key: Key) -> Option<Self> {
        let arch = TargetArch::try_from(std::env::consts::ARCH).ok()?;
        let refused = |errno: i32| SeccompAction::Errno(errno.unsigned_abs());
        let (rules, otherwise, matching) = match profile {
            Profile::Unconfined => return Some(Self::default()),
            Profile::Program => (
                program(&[], key),
                refused(libc::EPERM),
                SeccompAction::Allow,
            ),
            Profile::LinkedProgram => (
                program(LOADER, key),
                refused(libc::EPERM),
                SeccompAction::Allow,
            ),
            Profile::Interpreter => (interpreter(key), refused(libc::EPERM), SeccompAction::Allow),
            Profile::InterpreterHost => (host(key), refused(libc::EPERM), SeccompAction::Allow),
            // "Not implemented" is what makes glibc fall back from clone3, whose flags no filter can see, to clone.
            Profile::Compiler => (compiler(), SeccompAction::Allow, refused(libc::ENOSYS)),
        };
        let filter = SeccompFilter::new(rules, otherwise, matching, arch).ok()?;
        let mut instructions = BpfProgram::try_from(filter).ok()?;
        if matches!(profile, Profile::Interpreter | Profile::InterpreterHost) {
            answer_otherwise(&mut instructions);
        }
        forbid_x32(&mut instructions);
        let own = (0..instructions.len())
            .filter(|index| instructions[*index].k == OWN)
            .collect();
        Some(Self {
            instructions,
            own,
            key,
        })
    }

    /// The instructions, in the kernel's own layout.
    pub(super) fn instructions(&self) -> &[sock_filter] {
        &self.instructions
    }

    /// Where the process's own id goes, in bytes from the first instruction.
    pub(super) fn own_offsets(&self) -> impl ExactSizeIterator<Item = u32> {
        let size = size_of::<sock_filter>();
        let last_field = size - size_of::<u32>();
        let own = self.own.iter();
        own.map(move |index| (index * size + last_field) as u32)
    }

    /// The key for starting the program.
    pub(super) fn key(&self) -> Key {
        self.key
    }

    /// Puts the process's own id in its places. Allocates nothing: it is called between fork and exec.
    pub(super) fn own_process(&mut self, pid: i32) {
        for index in &self.own {
            self.instructions[*index].k = pid.unsigned_abs();
        }
    }
}

/// Calls that are refused with a specific error in an interpreter, so that its libraries use their fallbacks: glibc
/// falls back from clone3, whose flags no filter can see, to clone, and Python concludes that a descriptor is not a
/// terminal.
const OTHERWISE: [(libc::c_long, libc::c_int); 2] = [
    (libc::SYS_clone3, libc::ENOSYS),
    (libc::SYS_ioctl, libc::ENOTTY),
];

/// Inserts these errors before the rules, which all share one error.
fn answer_otherwise(instructions: &mut BpfProgram) {
    use libc::{BPF_ABS, BPF_JEQ, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, SECCOMP_RET_ERRNO};
    let mut before = vec![instruction(BPF_LD | BPF_W | BPF_ABS, 0, 0)];
    for (call, errno) in OTHERWISE {
        let number = u32::try_from(call).unwrap_or(u32::MAX);
        before.push(instruction(BPF_JMP | BPF_JEQ | BPF_K, 1, number));
        let error = SECCOMP_RET_ERRNO | errno.unsigned_abs();
        before.push(instruction(BPF_RET | BPF_K, 0, error));
    }
    // The architecture is checked later; until then, a number of another architecture can only be refused.
    instructions.splice(0..0, before);
}

/// One instruction, which continues with the next one, or skips `jf` instructions if its condition is false.
fn instruction(code: u32, jf: u8, k: u32) -> sock_filter {
    sock_filter {
        code: code as u16,
        jt: 0,
        jf,
        k,
    }
}

#[cfg(target_arch = "x86_64")]
fn forbid_x32(instructions: &mut BpfProgram) {
    use libc::{
        BPF_ABS, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, SECCOMP_RET_KILL_PROCESS,
    };
    let before = [
        // The call's number is the first word.
        instruction(BPF_LD | BPF_W | BPF_ABS, 0, 0),
        instruction(BPF_JMP | BPF_JGE | BPF_K, 1, X32),
        instruction(BPF_RET | BPF_K, 0, SECCOMP_RET_KILL_PROCESS),
    ];
    instructions.splice(0..0, before);
}

#[cfg(not(target_arch = "x86_64"))]
fn forbid_x32(_instructions: &mut BpfProgram) {}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

fn program(more: &[libc::c_long], key: Key) -> Rules {
    let mut rules: Rules = PROGRAM
        .iter()
        .chain(more)
        .map(|call| (*call, vec![]))
        .collect();
    let own = u64::from(OWN);
    // Abort and raise. Not SIGKILL, which the runner attributes to the machine: an answer that could send it to
    // itself could choose not to be judged.
    let kill = u64::from(libc::SIGKILL.unsigned_abs());
    rules.insert(
        libc::SYS_tgkill,
        when([all([equal(0, own), other(2, kill)])]),
    );
    // Reading one's own limits.
    rules.insert(libc::SYS_prlimit64, when([all([equal(0, 0), wide(2, 0)])]));
    let commands = [
        libc::F_GETFD,
        libc::F_SETFD,
        libc::F_GETFL,
        libc::F_DUPFD_CLOEXEC,
    ];
    rules.insert(
        libc::SYS_fcntl,
        when(commands.map(|command| equal(1, u64::from(command.unsigned_abs())))),
    );
    // Once, by the runner: this is how the program itself is started.
    let flags = wide_of(key.flags, libc::AT_EMPTY_PATH.unsigned_abs());
    let by_runner = all([
        compare(
            0,
            SeccompCmpArgLen::Qword,
            SeccompCmpOp::MaskedEq(wide_of(u32::MAX, 0)),
            wide_of(key.descriptor, 0),
        ),
        wide(4, flags),
    ]);
    rules.insert(libc::SYS_execveat, when([by_runner]));
    rules.insert(libc::SYS_mmap, when([no_stack()]));
    rules
}

/// Memory that grows like a stack is refused: the limit on a process's own memory does not count it.
fn no_stack() -> Vec<SeccompCondition> {
    lacks(3, u64::from(libc::MAP_GROWSDOWN.unsigned_abs()))
}

/// What glibc starts a thread with. A process of its own would lack most of these flags.
const THREAD: libc::c_int = libc::CLONE_VM
    | libc::CLONE_FS
    | libc::CLONE_FILES
    | libc::CLONE_SIGHAND
    | libc::CLONE_THREAD
    | libc::CLONE_SYSVSEM
    | libc::CLONE_SETTLS
    | libc::CLONE_PARENT_SETTID
    | libc::CLONE_CHILD_CLEARTID;

fn interpreter(key: Key) -> Rules {
    let more: Vec<_> = LOADER.iter().chain(INTERPRETER).copied().collect();
    let mut rules = program(&more, key);
    let thread = u64::from(THREAD.unsigned_abs());
    rules.insert(libc::SYS_clone, when([wide(0, thread)]));
    let name = u64::from(libc::PR_SET_NAME.unsigned_abs());
    rules.insert(libc::SYS_prctl, when([equal(0, name)]));
    // Shared anonymous memory: no limit counts it as the process's own.
    let either = [libc::MAP_SHARED, libc::MAP_ANONYMOUS];
    rules.insert(
        libc::SYS_mmap,
        when(either.map(|flag| all([no_stack(), lacks(3, u64::from(flag.unsigned_abs()))]))),
    );
    rules
}

/// What glibc starts a process with.
const FORK: libc::c_int = libc::CLONE_CHILD_SETTID | libc::CLONE_CHILD_CLEARTID | libc::SIGCHLD;

/// This also allows what a child of the host does before it enters its own sandbox.
fn host(key: Key) -> Rules {
    let mut rules = interpreter(key);
    rules.extend(HOST.iter().map(|call| (*call, vec![])));
    let flags = [THREAD, FORK].map(|flags| u64::from(flags.unsigned_abs()));
    rules.insert(libc::SYS_clone, when(flags.map(|flags| wide(0, flags))));
    let options = [
        libc::PR_SET_NAME,
        libc::PR_SET_PDEATHSIG,
        libc::PR_SET_KEEPCAPS,
        libc::PR_SET_DUMPABLE,
    ];
    rules.insert(
        libc::SYS_prctl,
        when(options.map(|option| equal(0, u64::from(option.unsigned_abs())))),
    );
    let filter = u64::from(libc::SECCOMP_SET_MODE_FILTER);
    rules.insert(libc::SYS_seccomp, when([equal(0, filter)]));
    // Its own limits, and those of a child that it has just become.
    rules.insert(libc::SYS_prlimit64, when([equal(0, 0)]));
    // A child that aborts: its id is not known here, and its own sandbox lets it signal nobody else.
    let aborts = u64::from(libc::SIGABRT.unsigned_abs());
    rules.insert(libc::SYS_tgkill, when([equal(2, aborts)]));
    rules
}

/// New namespaces, of any kind.
#[rustfmt::skip]
const NAMESPACES: [libc::c_int; 8] = [
    libc::CLONE_NEWNS, libc::CLONE_NEWCGROUP, libc::CLONE_NEWUTS, libc::CLONE_NEWIPC, libc::CLONE_NEWUSER,
    libc::CLONE_NEWPID, libc::CLONE_NEWNET, libc::CLONE_PTRACE,
];

fn compiler() -> Rules {
    let mut rules: Rules = COMPILER.iter().map(|call| (*call, vec![])).collect();
    let aborts = u64::from(libc::SIGABRT.unsigned_abs());
    rules.insert(libc::SYS_tgkill, when([other(2, aborts)]));
    rules.insert(
        libc::SYS_clone,
        when(NAMESPACES.map(|flag| has(0, u64::from(flag.unsigned_abs())))),
    );
    let options = [
        libc::PR_SET_PDEATHSIG,
        libc::PR_SET_DUMPABLE,
        libc::PR_SET_MM,
        libc::PR_SET_PTRACER,
    ];
    rules.insert(
        libc::SYS_prctl,
        when(options.map(|option| equal(0, u64::from(option.unsigned_abs())))),
    );
    // Signals by way of a descriptor.
    let commands = [libc::F_SETOWN, F_SETSIG, F_SETOWN_EX];
    rules.insert(
        libc::SYS_fcntl,
        when(commands.map(|command| equal(1, u64::from(command.unsigned_abs())))),
    );
    // Typing into the terminal that the runner was started from.
    let requests = [
        libc::TIOCSTI,
        libc::TIOCLINUX,
        libc::TIOCSCTTY,
        FIOSETOWN,
        SIOCSPGRP,
    ];
    rules.insert(
        libc::SYS_ioctl,
        when(requests.map(|request| equal(1, request))),
    );
    // The standard library in rustc starts `cc` with a pair of sockets that are connected only to each other.
    let local = u64::from(libc::AF_UNIX.unsigned_abs());
    rules.insert(libc::SYS_socketpair, when([other(0, local)]));
    // Limits may be read, of oneself only.
    rules.insert(libc::SYS_prlimit64, when([other(0, 0)]));
    rules
}

const F_SETSIG: libc::c_int = 10;
const F_SETOWN_EX: libc::c_int = 15;
const FIOSETOWN: u64 = 0x8901;
const SIOCSPGRP: u64 = 0x8902;

/// The rules that hold when any of the conditions does.
fn when<const N: usize>(conditions: [Vec<SeccompCondition>; N]) -> Vec<SeccompRule> {
    conditions
        .into_iter()
        .map(|conditions| SeccompRule::new(conditions).expect("no list here is empty"))
        .collect()
}

fn all<const N: usize>(conditions: [Vec<SeccompCondition>; N]) -> Vec<SeccompCondition> {
    conditions.into_iter().flatten().collect()
}

fn equal(argument: u8, value: u64) -> Vec<SeccompCondition> {
    compare(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)
}

fn other(argument: u8, value: u64) -> Vec<SeccompCondition> {
    compare(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, value)
}

fn has(argument: u8, flag: u64) -> Vec<SeccompCondition> {
    compare(
        argument,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::MaskedEq(flag),
        flag,
    )
}

fn lacks(argument: u8, flag: u64) -> Vec<SeccompCondition> {
    compare(
        argument,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::MaskedEq(flag),
        0,
    )
}

fn wide(argument: u8, value: u64) -> Vec<SeccompCondition> {
    compare(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, value)
}

fn compare(
    argument: u8,
    length: SeccompCmpArgLen,
    operation: SeccompCmpOp,
    value: u64,
) -> Vec<SeccompCondition> {
    let condition = SeccompCondition::new(argument, length, operation, value);
    vec![condition.expect("a call has six arguments, counted from 0")]
}
