//! Makes a system call by the 32-bit door.
//!
//! expect: crashed 31
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let mut result: i64 = 2;
    // fork, by its number there; a register that is not the compiler's to give is saved by hand.
    unsafe { std::arch::asm!("int 0x80", inlateout("rax") result) };
    assert!(result < 0, "escaped: {result}");
    x.clone()
}
