//! Lets the assembler read the spec as its source.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

core::arch::global_asm!(".include \"@SPEC@\"");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
