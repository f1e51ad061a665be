//! Forks without end, by every call that forks.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for _ in 0..100 {
        for (number, flags) in [(57_i64, 0_i64), (58, 0), (56, 17), (56, 0x10000 | 17), (435, 0)] {
            let child = unsafe { syscall(number, flags, 0_i64, 0_i64, 0_i64, 0_i64) };
            if child == 0 {
                // A child: keep the pipes open and go on.
                std::thread::sleep(std::time::Duration::from_secs(60));
            }
            assert!(child < 0, "escaped: call {number} made {child}");
        }
        assert!(std::process::Command::new("/bin/true").spawn().is_err(), "escaped: a command ran");
    }
    x.clone()
}
