//! An instruction that no processor has.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: none; this is what the test is about.
    unsafe {
        std::arch::asm!("ud2")
    };
    Array1::zeros(0)
}
