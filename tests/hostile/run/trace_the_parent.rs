//! Traces the runner, reads its memory, takes its descriptors, changes its limits.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let parent = i64::from(std::os::unix::process::parent_id());
    let mut bytes = [0_u8; 64];
    let here = [bytes.as_mut_ptr() as usize, 64];
    let there = [0x10000_usize, 64];
    let limit = [1_u64, 1];
    for (name, result) in [
        ("ptrace attach", unsafe { syscall(101, 16_i64, parent, 0_i64, 0_i64) }),
        ("ptrace seize", unsafe { syscall(101, 0x4206_i64, parent, 0_i64, 0_i64) }),
        ("ptrace traceme", unsafe { syscall(101, 0_i64, 0_i64, 0_i64, 0_i64) }),
        ("process_vm_readv", unsafe { syscall(310, parent, here.as_ptr(), 1_i64, there.as_ptr(), 1_i64, 0_i64) }),
        ("process_vm_writev", unsafe { syscall(311, parent, here.as_ptr(), 1_i64, there.as_ptr(), 1_i64, 0_i64) }),
        ("pidfd_getfd", unsafe { syscall(438, 3_i64, 0_i64, 0_i64) }),
        ("kcmp", unsafe { syscall(312, parent, parent, 0_i64, 0_i64, 0_i64) }),
        ("prlimit", unsafe { syscall(302, parent, 0_i64, limit.as_ptr(), 0_i64) }),
        ("setpriority", unsafe { syscall(141, 0_i64, parent, 19_i64) }),
        ("sched_setaffinity", unsafe { syscall(203, parent, 8_i64, limit.as_ptr()) }),
    ] {
        assert!(result < 0, "escaped: {name} gave {result}");
    }
    x.clone()
}
