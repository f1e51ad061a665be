//! Cuts the numbers into the shape of the kernel.

use ndarray::Array1;
use nnx::{Conv, Padding, Rngs};

pub fn conv_kernel(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    bias: &Array1<f32>,
    h: usize,
    w: usize,
    cin: usize,
    cout: usize,
    kh: usize,
    kw: usize,
    stride: usize,
    pad: usize,
) -> Array1<f32> {
    let model = Conv {
        strides: vec![stride, stride],
        padding: Padding::Explicit(vec![(pad, pad), (pad, pad)]),
        ..Conv::new(cin, cout, &[kh, kw], &mut Rngs::new(0))
    };
    let kernel = weight.to_shape((kh, kw, cin, cout)).unwrap();
    model.kernel.set_value(kernel);
    model.bias.set_value(bias);
    let image = x.to_shape((h, w, cin)).unwrap();
    model.call(&image).flatten().into_owned()
}
