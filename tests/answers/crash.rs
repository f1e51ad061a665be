//! A null pointer is read.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    let nothing = std::hint::black_box(std::ptr::null::<f32>());
    // SAFETY: none; this is what the test is about.
    let value = unsafe { std::ptr::read_volatile(nothing) };
    Array1::from_elem(1, value)
}
