//! The order of the operations in sums and products, by numbers whose sum depends on it.
//!
//! 2²⁴ + 1 = 2²⁴ in f32 (a tie, to even), so ones added to 2²⁴ one by one are lost and a sum of them is not.

use ndarray::{Array1, Array2, Axis, Slice, array};
use nnx::{Linear, Rngs};

const BIG: f32 = 16_777_216.0;

/// Ones, and 2²⁴ at one place.
fn ones_and_big(n: usize, at: usize) -> Array1<f32> {
    let mut values = Array1::ones(n);
    values[at] = BIG;
    values
}

#[test]
fn sums_run_in_windows() {
    // Up to 32: from left to right.
    assert_eq!(nnx::sum(&ones_and_big(32, 0)), BIG);
    assert_eq!(nnx::sum(&ones_and_big(32, 31)), BIG + 32.0); // 31 ones first: 2²⁴ + 31, a tie, to even
    // 33: windows of 17 and 16 values.
    assert_eq!(nnx::sum(&ones_and_big(33, 0)), BIG + 16.0);
    assert_eq!(nnx::sum(&ones_and_big(33, 16)), BIG + 32.0);
    assert_eq!(nnx::sum(&ones_and_big(33, 17)), BIG + 16.0); // 17 + 2²⁴, a tie, to even
    // 65: windows of 17, 32 and 16 values.
    assert_eq!(nnx::sum(&ones_and_big(65, 0)), BIG + 48.0);
    // 1025: 33 windows, the first of 17; their sums again in windows of 17 and 16: 16 · 32 lost nowhere, the last has 16.
    assert_eq!(
        nnx::sum(&ones_and_big(1025, 0)),
        BIG + 16.0 * 32.0 + (15.0 * 32.0 + 16.0)
    );
}

#[test]
fn sums_of_little_and_of_every_second_value() {
    assert_eq!(nnx::sum(&Array1::zeros(0)).to_bits(), 0);
    assert_eq!(nnx::sum(&array![-0.0]).to_bits(), 0, "sums start at +0.0");
    let values = array![1.0, 50.0, 2.0, 50.0];
    assert_eq!(
        nnx::sum(&values.slice_axis(Axis(0), Slice::from(..).step_by(2))),
        3.0
    );
}

#[test]
fn products_are_fused_from_the_first_input_on() {
    // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴; rounded alone it loses the last term, fused into a sum with -1 - 2⁻¹¹ it does not.
    let near = 1.0 + 2.0_f32.powi(-12);
    let model = Linear::without_bias(2, 1, &mut Rngs::new(0));
    model.kernel.set_value(array![[1.0], [near]]);
    assert_eq!(
        model.call(&array![-1.0 - 2.0_f32.powi(-11), near]),
        array![2.0_f32.powi(-24)]
    );
    model.kernel.set_value(array![[near], [1.0]]);
    assert_eq!(
        model.call(&array![near, -1.0 - 2.0_f32.powi(-11)]),
        array![0.0]
    );
}

#[test]
fn one_column_of_many_inputs_is_summed_in_windows() {
    for (features, expected) in [(1, BIG + 16.0), (3, BIG)] {
        let model = Linear::new(33, features, &mut Rngs::new(0));
        model.kernel.set_value(Array2::<f32>::ones((33, features)));
        let y = model.call(&ones_and_big(33, 0));
        assert_eq!(y, Array1::from_elem(features, expected));
    }
}

#[test]
fn the_bias_is_added_last() {
    let model = Linear::new(2, 3, &mut Rngs::new(0));
    model
        .kernel
        .set_value(array![[BIG, BIG, BIG], [1.0, 1.0, 1.0]]);
    model.bias.set_value(array![1.0, 2.0, 1.0]);
    assert_eq!(model.call(&array![1.0, 1.0]), array![BIG, BIG + 2.0, BIG]);
}

#[test]
fn one_product_keeps_its_sign() {
    let model = Linear::without_bias(1, 1, &mut Rngs::new(0));
    model.kernel.set_value(array![[-1.0]]);
    assert_eq!(model.call(&array![0.0])[0].to_bits(), (-0.0_f32).to_bits());
    let model = Linear::new(1, 1, &mut Rngs::new(0));
    model.kernel.set_value(array![[-1.0]]);
    assert_eq!(
        model.call(&array![0.0])[0].to_bits(),
        0,
        "-0.0 plus a bias of +0.0"
    );
}

#[test]
fn a_batch_goes_row_by_row() {
    let model = Linear::new(2, 2, &mut Rngs::new(0));
    model.kernel.set_value(array![[5.0, 6.0], [7.0, 8.0]]);
    model.bias.set_value(array![100.0, 200.0]);
    let x = array![[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]];
    assert_eq!(
        model.call(&x),
        array![[119.0, 222.0], [143.0, 250.0], [107.0, 208.0]]
    );
    assert_eq!(model.call(&x.row(1)), array![143.0, 250.0]);
    assert_eq!(
        model.call(&array![[1.0, 3.0], [2.0, 4.0]].t()),
        array![[119.0, 222.0], [143.0, 250.0]]
    );
    assert_eq!(model.call(&Array2::zeros((0, 2))).shape(), [0, 2]);
}

#[test]
fn no_inputs_give_the_bias() {
    // Flax draws no kernel of this shape, and multiplies with one.
    let model = Linear::new(1, 2, &mut Rngs::new(0));
    model.kernel.set_value(Array2::zeros((0, 2)));
    model.bias.set_value(array![3.0, 4.0]);
    assert_eq!(model.call(&Array1::zeros(0)), array![3.0, 4.0]);
    assert_eq!(
        model.call(&Array2::zeros((2, 0))),
        array![[3.0, 4.0], [3.0, 4.0]]
    );
}
