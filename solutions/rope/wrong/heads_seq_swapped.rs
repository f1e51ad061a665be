//! Reads x as (seq, heads, head_dim).

use ndarray::{Array1, Array3};

pub fn rope(
    x: &Array1<f32>,
    cos: &Array1<f32>,
    sin: &Array1<f32>,
    heads: usize,
    seq: usize,
    head_dim: usize,
) -> Array1<f32> {
    let x = x.to_shape((seq, heads, head_dim)).unwrap();
    let cos = cos.to_shape((seq, head_dim)).unwrap();
    let sin = sin.to_shape((seq, head_dim)).unwrap();
    let half = head_dim / 2;
    let rotated = Array3::from_shape_fn((seq, heads, head_dim), |(s, h, d)| {
        let partner = if d < half {
            -x[[s, h, d + half]]
        } else {
            x[[s, h, d - half]]
        };
        x[[s, h, d]] * cos[[s, d]] + partner * sin[[s, d]]
    });
    rotated.flatten().into_owned()
}
