//! The numbers of system calls, grouped by purpose; `calls.rs` builds filters from them.

/// Calls that every program may make: memory, its four descriptors, time, its own signals, exit.
#[rustfmt::skip]
pub(super) const PROGRAM: &[libc::c_long] = &[
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

/// Further calls for loading shared libraries; Landlock restricts the files.
#[rustfmt::skip]
pub(super) const LOADER: &[libc::c_long] = &[
    libc::SYS_openat, libc::SYS_newfstatat, libc::SYS_faccessat, libc::SYS_readlinkat,
    #[cfg(target_arch = "x86_64")] libc::SYS_open,
    #[cfg(target_arch = "x86_64")] libc::SYS_access,
    #[cfg(target_arch = "x86_64")] libc::SYS_readlink,
];

/// Further calls of an interpreter and its libraries.
#[rustfmt::skip]
pub(super) const INTERPRETER: &[libc::c_long] = &[
    libc::SYS_getdents64, libc::SYS_getcwd, libc::SYS_statx, libc::SYS_getuid, libc::SYS_geteuid, libc::SYS_getgid,
    libc::SYS_getegid, libc::SYS_sched_getparam, libc::SYS_sched_getscheduler, libc::SYS_sched_get_priority_min,
    libc::SYS_sched_get_priority_max, libc::SYS_getcpu, libc::SYS_sysinfo, libc::SYS_getrusage, libc::SYS_times,
    libc::SYS_clock_getres,
    #[cfg(target_arch = "x86_64")] libc::SYS_stat,
    #[cfg(target_arch = "x86_64")] libc::SYS_lstat,
];

/// Further calls for starting other processes and sandboxing them.
#[rustfmt::skip]
pub(super) const HOST: &[libc::c_long] = &[
    libc::SYS_wait4, libc::SYS_recvmsg, libc::SYS_sendmsg, libc::SYS_recvfrom, libc::SYS_sendto,
    libc::SYS_getsockname, libc::SYS_getsockopt, libc::SYS_dup3, libc::SYS_close_range,
    // Dropping root's uid and capabilities; these do nothing without root.
    libc::SYS_setgroups, libc::SYS_setresgid, libc::SYS_setresuid, libc::SYS_capset,
    #[cfg(target_arch = "x86_64")] libc::SYS_dup2,
];

/// Calls that no compiler needs: the network, other processes, mounts, dangerous parts of the kernel.
#[rustfmt::skip]
pub(super) const COMPILER: &[libc::c_long] = &[
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
