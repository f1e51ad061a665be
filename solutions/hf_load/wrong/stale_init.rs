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
    let weight = hf_kernel_flat.to_shape((features, x.len())).unwrap();
    // The mistake: these are copies, and nobody puts them back. A state made by `replace` and never merged has the same effect.
    let mut kernel = model.kernel.array2();
    let mut bias = model.bias.array1();
    kernel.assign(&weight.t());
    bias.assign(hf_bias_flat);
    model.call(x)
}
