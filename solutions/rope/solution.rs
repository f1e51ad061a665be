use ndarray::{Array1, Array3};

/// Rotates the queries or keys of every head by the angles of their positions, in Hugging Face's order.
///
/// `x` is (heads, seq, head_dim), `cos` and `sin` are (seq, head_dim), each as a flat array; the result is like `x`.
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
    let half = head_dim / 2;

    let rotated = Array3::from_shape_fn((heads, seq, head_dim), |(h, s, d)| {
        // The number of the partner, half a head away. (a, b) becomes (a cos - b sin, b cos + a sin): only the first half gets
        // the minus sign.
        let partner = if d < half {
            -x[[h, s, d + half]]
        } else {
            x[[h, s, d - half]]
        };

        // The tables contain each angle for both partners, and all heads use the same row.
        x[[h, s, d]] * cos[[s, d]] + partner * sin[[s, d]]
    });
    rotated.flatten().into_owned()
}
