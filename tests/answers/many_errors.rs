//! More errors than one screen holds.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    let number_0: i64 = "not a number 0";
    let number_1: i64 = "not a number 1";
    let number_2: i64 = "not a number 2";
    let number_3: i64 = "not a number 3";
    let number_4: i64 = "not a number 4";
    let number_5: i64 = "not a number 5";
    let number_6: i64 = "not a number 6";
    let number_7: i64 = "not a number 7";
    let number_8: i64 = "not a number 8";
    let number_9: i64 = "not a number 9";
    let number_10: i64 = "not a number 10";
    let number_11: i64 = "not a number 11";
    Array1::zeros(0)
}
