use ndarray::Array1;

/// Applies the gated MLP of Llama to each row of `x`.
///
/// `x` is (rows, dim), `w_gate` and `w_up` are (inter, dim) and `w_down` is (dim, inter), each as a flat array; the result
/// is (rows, dim), flat as well.
pub fn swiglu_mlp(
    x: &Array1<f32>,
    w_gate: &Array1<f32>,
    w_up: &Array1<f32>,
    w_down: &Array1<f32>,
    rows: usize,
    dim: usize,
    inter: usize,
) -> Array1<f32> {
    let x = x.to_shape((rows, dim)).unwrap();

    todo!("apply {w_gate}, {w_up} and {w_down} with {inter} units to {x}")
}
