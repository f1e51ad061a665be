//! Sends itself the signal by which a machine without memory ends programs: such an answer is not judged.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let own = i64::from(std::process::id());
    let mut about = [0_u8; 128];
    about[8] = 0xff;
    for (name, result) in [
        ("kill", unsafe { syscall(62, own, 9_i64) }),
        ("kill its group", unsafe { syscall(62, 0_i64, 9_i64) }),
        ("tkill", unsafe { syscall(200, own, 9_i64) }),
        ("tgkill", unsafe { syscall(234, own, own, 9_i64) }),
        ("rt_sigqueueinfo", unsafe { syscall(129, own, 9_i64, about.as_ptr()) }),
        ("rt_tgsigqueueinfo", unsafe { syscall(297, own, own, 9_i64, about.as_ptr()) }),
        // A limit that kills at once.
        ("setrlimit RLIMIT_CPU", unsafe { syscall(160, 0_i64, [0_u64, 0].as_ptr()) }),
        ("prlimit RLIMIT_CPU", unsafe { syscall(302, 0_i64, 0_i64, [0_u64, 0].as_ptr(), 0_i64) }),
        ("timer_create", unsafe { syscall(222, 1_i64, about.as_ptr(), about.as_ptr()) }),
    ] {
        assert!(result < 0, "escaped: {name} gave {result}");
    }
    x.clone()
}
