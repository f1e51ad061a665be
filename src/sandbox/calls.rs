//! Which system calls a jailed process may make, as one seccomp filter for each profile.
//!
//! A program gets a list of what it may call, and an error for all else, so that the standard library can say cleanly what
//! was refused. A compiler gets a list of what it may not call: it is not the answer's own code that runs there, and what
//! a compiler and a linker call differs between versions. One filter, not several stacked ones: each costs time to load.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, sock_filter,
};

use super::Profile;

/// Stands for the process's own id, which is known only after the fork.
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
    /// What starting the program takes.
    key: Key,
}

/// Random numbers in the upper halves of the arguments of `execveat`, which the kernel does not look at and the filter
/// compares.
///
/// The filter holds already when the program is started, so it has to let one `execveat` through. A program could use it to
/// find out which files exist: with a path the call fails in another way for one that does. It cannot guess 64 bits.
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
            // "Not implemented" is what makes glibc fall back from clone3, whose flags no filter can see, to clone.
            Profile::Compiler => (compiler(), SeccompAction::Allow, refused(libc::ENOSYS)),
        };
        let filter = SeccompFilter::new(rules, otherwise, matching, arch).ok()?;
        let mut instructions = BpfProgram::try_from(filter).ok()?;
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

    /// What starting the program takes.
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

#[cfg(target_arch = "x86_64")]
fn forbid_x32(instructions: &mut BpfProgram) {
    use libc::{
        BPF_ABS, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, SECCOMP_RET_KILL_PROCESS,
    };
    let instruction = |code: u32, jf: u8, k: u32| sock_filter {
        code: code as u16,
        jt: 0,
        jf,
        k,
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

/// What a program may always call: memory, its four descriptors, time, its own signals, its end.
#[rustfmt::skip]
const PROGRAM: &[libc::c_long] = &[
    libc::SYS_read, libc::SYS_readv, libc::SYS_write, libc::SYS_writev, libc::SYS_pread64, libc::SYS_close,
    libc::SYS_lseek, libc::SYS_fstat, libc::SYS_mmap, libc::SYS_munmap, libc::SYS_mremap, libc::SYS_mprotect,
    libc::SYS_madvise, libc::SYS_brk, libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack, libc::SYS_futex, libc::SYS_sched_yield, libc::SYS_sched_getaffinity, libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep, libc::SYS_clock_gettime, libc::SYS_gettimeofday, libc::SYS_getrandom,
    libc::SYS_getpid, libc::SYS_gettid, libc::SYS_getppid, libc::SYS_exit, libc::SYS_exit_group, libc::SYS_ppoll,
    libc::SYS_set_tid_address, libc::SYS_set_robust_list, libc::SYS_rseq, libc::SYS_restart_syscall, libc::SYS_uname,
    #[cfg(target_arch = "x86_64")] libc::SYS_poll,
    #[cfg(target_arch = "x86_64")] libc::SYS_arch_prctl,
];

/// What finding shared libraries takes besides; Landlock says which files these reach.
#[rustfmt::skip]
const LOADER: &[libc::c_long] = &[
    libc::SYS_openat, libc::SYS_newfstatat, libc::SYS_faccessat, libc::SYS_readlinkat,
    #[cfg(target_arch = "x86_64")] libc::SYS_open,
    #[cfg(target_arch = "x86_64")] libc::SYS_access,
    #[cfg(target_arch = "x86_64")] libc::SYS_readlink,
];

fn program(more: &[libc::c_long], key: Key) -> Rules {
    let mut rules: Rules = PROGRAM
        .iter()
        .chain(more)
        .map(|call| (*call, vec![]))
        .collect();
    let own = u64::from(OWN);
    // Abort and raise. Not the one signal that tells the runner of the machine's doing: an answer that could send it to
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
    rules
}

/// What no compiler needs: the network, other processes, mounts, the kernel's more dangerous corners.
#[rustfmt::skip]
const COMPILER: &[libc::c_long] = &[
    libc::SYS_socket, libc::SYS_connect, libc::SYS_bind, libc::SYS_listen, libc::SYS_accept,
    libc::SYS_accept4, libc::SYS_sendto, libc::SYS_sendmsg, libc::SYS_sendmmsg, libc::SYS_recvmmsg,
    libc::SYS_ptrace, libc::SYS_process_vm_readv, libc::SYS_process_vm_writev, libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal, libc::SYS_pidfd_open, libc::SYS_kcmp, libc::SYS_process_madvise,
    libc::SYS_kill, libc::SYS_tkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo,
    // Without these every process stays in the group that the runner kills.
    libc::SYS_setsid, libc::SYS_setpgid,
    libc::SYS_unshare, libc::SYS_setns, libc::SYS_mount, libc::SYS_umount2, libc::SYS_pivot_root, libc::SYS_chroot,
    libc::SYS_open_tree, libc::SYS_move_mount, libc::SYS_fsopen, libc::SYS_fsconfig, libc::SYS_fsmount,
    libc::SYS_fspick, libc::SYS_mount_setattr,
    libc::SYS_add_key, libc::SYS_request_key, libc::SYS_keyctl, libc::SYS_bpf, libc::SYS_perf_event_open,
    libc::SYS_userfaultfd, libc::SYS_io_uring_setup, libc::SYS_io_uring_enter, libc::SYS_io_uring_register,
    libc::SYS_memfd_create, libc::SYS_memfd_secret, libc::SYS_fanotify_init, libc::SYS_inotify_init1,
    libc::SYS_init_module, libc::SYS_finit_module, libc::SYS_delete_module, libc::SYS_kexec_load,
    libc::SYS_reboot, libc::SYS_swapon, libc::SYS_swapoff, libc::SYS_acct, libc::SYS_quotactl, libc::SYS_syslog,
    libc::SYS_settimeofday, libc::SYS_clock_settime, libc::SYS_adjtimex, libc::SYS_clock_adjtime,
    libc::SYS_sethostname, libc::SYS_setdomainname, libc::SYS_personality, libc::SYS_vhangup,
    libc::SYS_name_to_handle_at, libc::SYS_open_by_handle_at, libc::SYS_mknodat, libc::SYS_fchownat,
    libc::SYS_fchown, libc::SYS_truncate, libc::SYS_setxattr, libc::SYS_lsetxattr, libc::SYS_fsetxattr,
    libc::SYS_setuid, libc::SYS_setgid, libc::SYS_setreuid, libc::SYS_setregid, libc::SYS_setresuid,
    libc::SYS_setresgid, libc::SYS_setgroups, libc::SYS_setfsuid, libc::SYS_setfsgid, libc::SYS_capset,
    libc::SYS_shmget, libc::SYS_shmat, libc::SYS_shmctl, libc::SYS_semget, libc::SYS_semop, libc::SYS_semctl,
    libc::SYS_msgget, libc::SYS_msgsnd, libc::SYS_msgrcv, libc::SYS_msgctl, libc::SYS_mq_open, libc::SYS_mq_unlink,
    libc::SYS_clone3,
    #[cfg(target_arch = "x86_64")] libc::SYS_mknod,
    #[cfg(target_arch = "x86_64")] libc::SYS_chown,
    #[cfg(target_arch = "x86_64")] libc::SYS_lchown,
    #[cfg(target_arch = "x86_64")] libc::SYS_inotify_init,
    #[cfg(target_arch = "x86_64")] libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")] libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")] libc::SYS_modify_ldt,
];

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
    // The standard library in rustc starts `cc` with a pair of sockets that hear of nobody but each other.
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
