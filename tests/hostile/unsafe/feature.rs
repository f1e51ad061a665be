//! Asks for what is not stable, and for no `main`.
//!
//! expect: passed
//! allowed: passed

use ndarray::Array1;

#[allow(unused_attributes)]
mod inner {
    #![feature(concat_idents)]
    #![no_main]
    #![crate_type = "dylib"]
}

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
