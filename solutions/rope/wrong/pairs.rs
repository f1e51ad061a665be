//! Turns neighbors, each pair by its own angle: Meta's order.

use ndarray::{Array1, Array3};

pub fn rope(
    x: &Array1<f32>,
    cos: &Array1<f32>,
    sin: &Array1<f32>,
    heads: usize,
    seq: usize,
    head_dim: usize,
) -> Array1<f32> {
    let x = x.to_shape((heads, seq, head_dim)).unwrap();
    let cos = cos.to_shape((seq, head_dim)).unwrap();
    let sin = sin.to_shape((seq, head_dim)).unwrap();
    let rotated = Array3::from_shape_fn((heads, seq, head_dim), |(h, s, d)| {
        let partner = if d % 2 == 0 {
            -x[[h, s, d + 1]]
        } else {
            x[[h, s, d - 1]]
        };
        x[[h, s, d]] * cos[[s, d / 2]] + partner * sin[[s, d / 2]]
    });
    rotated.flatten().into_owned()
}
