//! Uses the sigmoid of the gate.

use ndarray::Array1;

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
    let w_gate = w_gate.to_shape((inter, dim)).unwrap();
    let w_up = w_up.to_shape((inter, dim)).unwrap();
    let w_down = w_down.to_shape((dim, inter)).unwrap();
    let gate = x.dot(&w_gate.t());
    let up = x.dot(&w_up.t());
    let units = gate.mapv(sigmoid) * up;
    units.dot(&w_down.t()).flatten().into_owned()
}

fn sigmoid(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}
