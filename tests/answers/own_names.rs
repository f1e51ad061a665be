//! Right, with names of its own that the glue and the driver also have.

use nnx::{Linear, Rngs};

type Array1<T> = ndarray::ArrayBase<ndarray::OwnedRepr<T>, ndarray::Ix1>;

#[derive(Debug)]
pub struct Output;

pub const ANSWER: Output = Output;

pub fn main() {
    println!("{ANSWER:?}");
}

mod katas_driver {}

pub fn load_hf_weights(
    seed: i64,
    x: &Array1<f32>,
    hf_kernel_flat: &Array1<f32>,
    hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let weight = hf_kernel_flat.to_shape((features, x.len())).unwrap();
    model.kernel.set_value(weight.t());
    model.bias.set_value(hf_bias_flat.clone());
    model.call(x)
}
