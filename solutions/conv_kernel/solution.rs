use ndarray::Array1;
use nnx::{Conv, Padding, Rngs};

/// Applies a convolution of a PyTorch checkpoint to one picture.
///
/// `x` is (h, w, cin), with the channels last; `weight` is PyTorch's (cout, cin, kh, kw). The result is flat, channels last.
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
    // The padding is given as numbers, before and after the rows and the columns. `Padding::Same` would choose it by
    // another rule.
    let model = Conv {
        strides: vec![stride, stride],
        padding: Padding::Explicit(vec![(pad, pad), (pad, pad)]),
        ..Conv::new(cin, cout, &[kh, kw], &mut Rngs::new(0))
    };

    // The axes as PyTorch stores them ...
    let kernel = weight.to_shape((cout, cin, kh, kw)).unwrap();

    // ... and in Flax's order: height and width first, then what the layer reads, then what it makes.
    // Nothing is flipped: both libraries put the first weight on the first pixel of a window.
    model.kernel.set_value(kernel.permuted_axes([2, 3, 1, 0]));

    // One number for each output channel.
    model.bias.set_value(bias);

    // The picture has its channels last already.
    let image = x.to_shape((h, w, cin)).unwrap();
    model.call(&image).flatten().into_owned()
}
