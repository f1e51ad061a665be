//! Asks the kernel for what no kata needs.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let limit = [1_u64 << 40, 1 << 40];
    for (name, result) in [
        ("unshare", unsafe { syscall(272, 0x1000_0000_i64) }),
        ("setns", unsafe { syscall(308, 3_i64, 0_i64) }),
        ("mount", unsafe { syscall(165, c"none".as_ptr(), c"/tmp".as_ptr(), c"tmpfs".as_ptr(), 0_i64, 0_i64) }),
        ("chroot", unsafe { syscall(161, c"/".as_ptr()) }),
        ("pivot_root", unsafe { syscall(155, c"/".as_ptr(), c"/".as_ptr()) }),
        ("keyctl", unsafe { syscall(250, 0_i64, -3_i64, 1_i64) }),
        ("bpf", unsafe { syscall(321, 0_i64, 0_i64, 0_i64) }),
        ("perf_event_open", unsafe { syscall(298, 0_i64, 0_i64, -1_i64, -1_i64, 0_i64) }),
        ("userfaultfd", unsafe { syscall(323, 0_i64) }),
        ("io_uring_setup", unsafe { syscall(425, 8_i64, [0_u64; 32].as_ptr()) }),
        ("memfd_create", unsafe { syscall(319, c"x".as_ptr(), 0_i64) }),
        ("shmget", unsafe { syscall(29, 0_i64, 4096_i64, 0o1777_i64) }),
        ("msgget", unsafe { syscall(68, 0_i64, 0o1777_i64) }),
        ("mq_open", unsafe { syscall(240, c"x".as_ptr(), 0o102_i64, 0o600_i64, 0_i64) }),
        ("personality", unsafe { syscall(135, 0x0040_0000_i64) }),
        ("setuid", unsafe { syscall(105, 0_i64) }),
        ("setgroups", unsafe { syscall(116, 0_i64, 0_i64) }),
        ("capset", unsafe { syscall(126, 0_i64, 0_i64) }),
        ("setrlimit", unsafe { syscall(160, 9_i64, limit.as_ptr()) }),
        ("prlimit", unsafe { syscall(302, 0_i64, 9_i64, limit.as_ptr(), 0_i64) }),
        ("seccomp", unsafe { syscall(317, 1_i64, 0_i64, 0_i64) }),
        ("landlock", unsafe { syscall(444, 0_i64, 0_i64, 1_i64) }),
        ("open_by_handle_at", unsafe { syscall(304, 3_i64, 0_i64, 0_i64) }),
        ("reboot", unsafe { syscall(169, 0_i64, 0_i64, 0_i64) }),
        ("init_module", unsafe { syscall(175, 0_i64, 0_i64, 0_i64) }),
    ] {
        assert!(result < 0, "escaped: {name} gave {result}");
    }
    x.clone()
}
