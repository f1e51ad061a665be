//! A naked function, which the lint does not know.
//!
//! expect: 9:3 `unsafe`
//! allowed: panicked

use ndarray::Array1;

#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
extern "C" fn number() -> u32 {
    core::arch::naked_asm!("mov eax, 42", "ret")
}

#[cfg(not(target_arch = "x86_64"))]
fn number() -> u32 {
    42
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    assert!(number() != 42, "unsafe code ran");
    x.clone()
}
