//! Sends signals to the runner, by every call that sends one.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let parent = i64::from(std::os::unix::process::parent_id());
    let mut about = [0_u8; 128];
    about[8] = 0xff;
    for (name, result) in [
        ("kill", unsafe { syscall(62, parent, 9_i64) }),
        ("kill all", unsafe { syscall(62, -1_i64, 9_i64) }),
        ("tkill", unsafe { syscall(200, parent, 9_i64) }),
        ("tgkill", unsafe { syscall(234, parent, parent, 9_i64) }),
        ("rt_sigqueueinfo", unsafe { syscall(129, parent, 9_i64, about.as_ptr()) }),
        ("rt_tgsigqueueinfo", unsafe { syscall(297, parent, parent, 9_i64, about.as_ptr()) }),
        ("pidfd_open", unsafe { syscall(434, parent, 0_i64) }),
        ("pidfd_send_signal", unsafe { syscall(424, 3_i64, 9_i64, 0_i64, 0_i64) }),
        // Signals by way of the pipe: F_SETOWN, F_SETSIG, O_ASYNC.
        ("fcntl F_SETOWN", unsafe { syscall(72, 3_i64, 8_i64, parent) }),
        ("fcntl F_SETSIG", unsafe { syscall(72, 3_i64, 10_i64, 9_i64) }),
        ("fcntl F_SETFL", unsafe { syscall(72, 3_i64, 4_i64, 0o20000_i64) }),
        // Not to die with the runner.
        ("prctl PR_SET_PDEATHSIG", unsafe { syscall(157, 1_i64, 0_i64) }),
    ] {
        assert!(result < 0, "escaped: {name} gave {result}");
    }
    x.clone()
}
