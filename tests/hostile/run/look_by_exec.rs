//! Tells by the errors of an exec which files exist.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let here = looked("@SPEC@\0");
    assert_eq!(here, looked("@ROOT@/nothing\0"), "escaped: what exists has an error of its own");
    // EPERM: the call itself is refused.
    assert_eq!(here, 1, "escaped: the kernel looked for the path");
    x.clone()
}

/// The error of an exec by path, with the flag that an exec by descriptor has.
fn looked(path: &str) -> i32 {
    #[cfg(target_arch = "x86_64")]
    const EXECVEAT: i64 = 322;
    #[cfg(not(target_arch = "x86_64"))]
    const EXECVEAT: i64 = 281;
    let none = [std::ptr::null::<u8>()];
    unsafe { syscall(EXECVEAT, -100_i64, path.as_ptr(), none.as_ptr(), none.as_ptr(), 0x1000_i64) };
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}
