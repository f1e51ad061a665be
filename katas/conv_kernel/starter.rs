use ndarray::Array1;
use nnx::{Conv, Rngs};

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
    let image = x.to_shape((h, w, cin)).unwrap();
    let model = Conv {
        strides: vec![stride, stride],
        ..Conv::new(cin, cout, &[kh, kw], &mut Rngs::new(0))
    };

    todo!(
        "pad by {pad} and not by {:?}, load {} weights into a kernel of shape {:?}, load {} biases, and call the model for {image}",
        model.padding,
        weight.len(),
        model.kernel.shape(),
        bias.len(),
    )
}
