//! Becomes a shell, by path, by descriptor, and with a library before all others.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let arguments = [c"sh".as_ptr(), c"-c".as_ptr(), c"echo escaped".as_ptr(), std::ptr::null()];
    let environment = [c"LD_PRELOAD=@ROOT@/evil.so".as_ptr(), std::ptr::null()];
    for path in [c"/bin/sh", c"/usr/bin/env", c"/proc/self/exe"] {
        let result = unsafe { syscall(59, path.as_ptr(), arguments.as_ptr(), environment.as_ptr()) };
        assert!(result < 0, "escaped: {path:?} gave {result}");
    }
    let shell = unsafe { syscall(257, -100_i64, c"/bin/sh".as_ptr(), 0x20_0000_i64) };
    assert!(
        shell < 0 || unsafe { syscall(322, shell, c"".as_ptr(), arguments.as_ptr(), environment.as_ptr(), 0x1000_i64) } < 0
    );
    x.clone()
}
