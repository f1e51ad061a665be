//! Right, but a weight is read through a pointer.

use ndarray::Array1;
use nnx::{Linear, Rngs};

pub fn load_hf_weights(
    seed: i64,
    x: &Array1<f32>,
    hf_kernel_flat: &Array1<f32>,
    hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    // SAFETY: the slice is not empty.
    let first = unsafe { *hf_kernel_flat.as_ptr() };
    let mut weight = hf_kernel_flat.to_shape((features, x.len())).unwrap().into_owned();
    weight[[0, 0]] = first;
    model.kernel.set_value(weight.t());
    model.bias.set_value(hf_bias_flat.clone());
    model.call(x)
}
