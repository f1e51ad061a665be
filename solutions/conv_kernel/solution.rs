use ndarray::Array1;
use nnx::{Conv, Padding, Rngs};

/// Applies a convolution of a PyTorch checkpoint to an image.
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
    // The padding is given as numbers: before and after the rows, and before and after the columns. `Padding::Same` would
    // compute these numbers by a different rule.
    let model = Conv {
        strides: vec![stride, stride],
        padding: Padding::Explicit(vec![(pad, pad), (pad, pad)]),
        ..Conv::new(cin, cout, &[kh, kw], &mut Rngs::new(0))
    };

    // Name the axes as PyTorch stores them ...
    let kernel = weight.to_shape((cout, cin, kh, kw)).unwrap();

    // ... and put them in Flax's order: height and width first, then the input channels, then the output channels.
    // Nothing is flipped: both libraries multiply the first weight by the first pixel of a window.
    model.kernel.set_value(kernel.permuted_axes([2, 3, 1, 0]));

    // The bias has one number for each output channel.
    model.bias.set_value(bias);

    // The channels of the image are already last.
    let image = x.to_shape((h, w, cin)).unwrap();
    model.call(&image).flatten().into_owned()
}
