use ndarray::Array1;

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

    todo!("rotate {x} by the angles with the cosines {cos} and the sines {sin}")
}
