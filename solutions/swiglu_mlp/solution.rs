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

    // Each weight gets the shape in which PyTorch stored it, (out, in). Down maps `inter` to `dim`, so its shape is reversed.
    let w_gate = w_gate.to_shape((inter, dim)).unwrap();
    let w_up = w_up.to_shape((inter, dim)).unwrap();
    let w_down = w_down.to_shape((dim, inter)).unwrap();

    // A PyTorch linear layer multiplies by the transposed weight: (rows, dim) times (dim, inter).
    let gate = x.dot(&w_gate.t());
    let up = x.dot(&w_up.t());

    // silu is applied only to the gate. The result is multiplied by up, number by number.
    let units = gate.mapv(silu) * up;
    units.dot(&w_down.t()).flatten().into_owned()
}

/// z times the sigmoid of z. For a very negative z, exp(-z) is infinite and the quotient is -0, not NaN.
fn silu(z: f32) -> f32 {
    z / (1.0 + (-z).exp())
}
