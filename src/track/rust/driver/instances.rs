//! Precompiled instances of generic operations that answers often use.
//!
//! rustc reuses an upstream crate's instance of a generic function instead of compiling it again with every answer;
//! for an answer of a few lines, such functions are most of its code. Only *operations* are here, never a kata's
//! solution. The functions are public, since the compiler emits no code for unreachable functions; they are never
//! called.

use ndarray::{Array1, Array2, ArrayD, Axis, CowArray, Ix1, Ix2, s};
use nnx::{GraphDef, Linear, Param, PureDict, Rngs, State};

/// What answers do with `ndarray`.
pub fn arrays(flat: &Array1<f32>, rows: usize, columns: usize) -> Option<Array1<f32>> {
    let matrix = Array2::from_shape_vec((rows, columns), flat.to_vec()).expect("it fits");
    let cow: CowArray<'_, f32, Ix2> = flat.to_shape((rows, columns)).expect("it fits");
    let shaped = cow.to_owned();
    let turned = flat.to_shape((rows, columns)).unwrap().t().to_owned();
    let flat_again = turned.to_shape(rows * columns).unwrap().to_owned();
    let reshaped = flat.clone().into_shape_with_order((rows, columns)).unwrap();
    let viewed = flat.view().into_shape_with_order((rows, columns)).ok()?;
    let transposed = matrix.t().to_owned();
    let reversed = shaped.clone().reversed_axes();
    let standard = matrix.t().as_standard_layout().to_owned();
    let product = reshaped.dot(&transposed);
    let vector = flat.dot(&transposed);
    let left = matrix.dot(flat) + flat;
    let sums = &product + &matrix - &reversed * &standard;
    let by_column = sums.sum_axis(Axis(0)) + &matrix.row(0) + &matrix.column(0);
    let row: Array1<f32> = viewed.row(0).iter().map(|value| value.abs()).collect();
    let largest = (&vector - &left).mapv(f32::abs).fold(0.0_f32, |most, value| most.max(*value));
    let mut zeros = Array2::<f32>::zeros((rows, columns));
    zeros.assign(&matrix);
    for ((row, column), value) in matrix.indexed_iter() {
        zeros[[column, row]] = *value;
    }
    let part = matrix.slice(s![.., ..1]).to_owned();
    let mut tail = flat.slice(s![1..]).to_vec();
    tail.reverse();
    let from_function = Array2::from_shape_fn((rows, columns), |(row, column)| flat[row + column]);
    let total = zeros.sum() + part.sum() + from_function.sum() + by_column.sum() + row.sum() + largest;
    let joined = ndarray::concatenate(Axis(0), &[flat.view(), row.view()]).ok()?;
    println!("{flat:?} {flat} {matrix:?} {matrix} {:?}", joined.shape());
    Some(ndarray::array![total, flat_again[0], tail.len() as f32, flat.sum(), flat[0], matrix[[0, 0]]])
}

/// What answers do with the teaching crate.
pub fn modules(model: &Linear, flat: &Array1<f32>, matrix: &Array2<f32>) -> Option<f32> {
    let other = Linear::new(flat.len(), 2, &mut Rngs::new(0));
    let cow = flat.to_shape((1, flat.len())).ok()?;
    let set = |kernel: &Param, bias: &Param| {
        kernel.set_value(matrix.clone());
        kernel.set_value(matrix);
        kernel.set_value(matrix.t());
        kernel.set_value(cow.t());
        kernel.set_value(flat.to_shape((1, 1)).expect("it fits"));
        bias.set_value(flat.clone());
        bias.set_value(flat);
        bias.set_value(flat.view());
    };
    set(&model.kernel, &model.bias);
    let (graphdef, state): (GraphDef<Linear>, State) = nnx::split(model);
    let merged: Linear = nnx::merge(&graphdef, &state).expect("it was split");
    let moved: Linear = nnx::merge(&graphdef, state).ok()?;
    let state = nnx::state(&moved);
    nnx::update(model, &state).ok()?;
    let copy = nnx::clone(&other);
    let dict = state.to_pure_dict();
    let parts = PureDict::from([("kernel", model.kernel.value()), ("bias", model.bias.value())]);
    let variables = PureDict::from([("params", dict)]);
    let nested = PureDict::from([("params", parts)]);
    let dense = nnx::linen::Dense::new(flat.len());
    let one = merged.call(flat) + dense.apply(&variables, flat) + dense.apply(&nested, flat);
    let two = copy.call(matrix) + dense.apply(&variables, matrix);
    let leaves: Vec<_> = state.flat_state();
    let rebuilt = State::from_flat_path(leaves).ok()?;
    let kernel: Array2<f32> = model.kernel.array2();
    let bias: Array1<f32> = model.bias.array1();
    let dynamic: ArrayD<f32> = model.kernel.value();
    let back = dynamic.into_dimensionality::<Ix2>().ok()?;
    let line = model.bias.value().into_dimensionality::<Ix1>().ok()?;
    let abstracted = nnx::eval_shape(|| Linear::new(1, 1, &mut Rngs::new(0)));
    let largest = one.iter().zip(&line).map(|(a, b)| (a - b).abs()).fold(0.0_f32, f32::max);
    let differences = (&one - &line).mapv(f32::abs);
    let most = differences.iter().copied().fold(0.0_f32, f32::max);
    let total: f32 = one.iter().sum();
    println!("{:?} {:?}", rebuilt.len(), abstracted.kernel.shape());
    Some(kernel[[0, 0]] + bias[0] + back.sum() + two.sum() + nnx::sum(&one) + largest + most + total)
}
