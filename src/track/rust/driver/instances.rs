//! The operations of ndarray that answers usually instantiate, instantiated here once.
//!
//! rustc reuses an upstream crate's instance of a generic function instead of compiling it again with every answer; for
//! an answer of some lines that is most of its code. Only *operations* stand here, never a kata's solution.

use ndarray::{Array1, Array2, Axis, s};

/// Never called: its body is what makes the compiler emit the instances.
pub fn instances(flat: &Array1<f32>, rows: usize, columns: usize) -> Option<Array1<f32>> {
    let matrix = Array2::from_shape_vec((rows, columns), flat.to_vec()).ok()?;
    let shaped = flat.to_shape((rows, columns)).ok()?.to_owned();
    let reshaped = flat.clone().into_shape_with_order((rows, columns)).ok()?;
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
    Some(ndarray::array![total, tail.len() as f32, flat.sum(), flat[0], matrix[[0, 0]]])
}
