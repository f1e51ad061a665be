//! The texts of the forward pass's errors: the path, the operation, the expected and the found shape.

use ndarray::{Array1, Array2, Array3, array};
use nnx::{Error, Linear, Path, Rngs, Tensor};

use crate::panics::panic_of;

fn linear() -> Linear {
    Linear::new(3, 4, &mut Rngs::new(0))
}

#[test]
fn a_kernel_that_does_not_fit_is_named() {
    let model = linear();
    model.kernel.set_value(Array2::zeros((4, 3)));
    let text = panic_of(|| model.call(&array![1.0, 2.0, 3.0]));
    assert_eq!(
        text,
        "nnx.Linear.__call__: kernel: expected shape (3, 4), found (4, 3)"
    );

    model.kernel.set_value(Array3::zeros((1, 3, 4)));
    let text = model
        .try_call(&array![1.0, 2.0, 3.0])
        .unwrap_err()
        .to_string();
    assert_eq!(
        text,
        "nnx.Linear.__call__: kernel: expected shape (3, 4), found (1, 3, 4)"
    );
}

#[test]
fn an_input_that_does_not_fit_is_named() {
    let refusal = linear().try_call(&Array1::zeros(5)).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "nnx.Linear.__call__: x: expected shape (3,), found (5,)"
    );
    let expected = Error::Shape {
        operation: "nnx.Linear.__call__",
        path: Path::from("x"),
        expected: vec![2, 3],
        found: vec![2, 4],
    };
    assert_eq!(linear().try_call(&Array2::zeros((2, 4))), Err(expected));
}

#[test]
fn a_bias_that_does_not_fit_is_named() {
    for wrong in [3, 1] {
        let model = linear();
        model.bias.set_value(Array1::zeros(wrong));
        let text = model
            .try_call(&array![1.0, 2.0, 3.0])
            .unwrap_err()
            .to_string();
        assert_eq!(
            text,
            format!("nnx.Linear.__call__: bias: expected shape (4,), found ({wrong},)")
        );
    }
}

#[test]
fn what_unwrap_shows_is_the_text() {
    let error = linear().try_call(&Array1::zeros(5)).unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    let text = panic_of(|| linear().try_call(&Array1::zeros(5)).unwrap());
    assert!(
        text.ends_with("nnx.Linear.__call__: x: expected shape (3,), found (5,)"),
        "{text}"
    );
    let file = nnx::safetensors::SafeTensors::deserialize(b"").unwrap_err();
    assert_eq!(format!("{file:?}"), file.to_string());
}

/// Flax divides by zero there, even if only shapes are needed.
#[test]
fn a_layer_without_inputs_or_outputs_is_refused() {
    let text = panic_of(|| Linear::new(0, 4, &mut Rngs::new(0)));
    assert_eq!(
        text,
        "nnx.Linear: kernel: expected sizes of 1 or more, found shape (0, 4)"
    );
    let text = panic_of(|| Linear::without_bias(3, 0, &mut Rngs::new(0)));
    assert_eq!(
        text,
        "nnx.Linear: kernel: expected sizes of 1 or more, found shape (3, 0)"
    );
    let text = panic_of(|| nnx::eval_shape(|| Linear::new(0, 0, &mut Rngs::new(0))));
    assert_eq!(
        text,
        "nnx.Linear: kernel: expected sizes of 1 or more, found shape (0, 0)"
    );
}

#[test]
fn only_the_arrays_count() {
    let model = linear();
    model
        .kernel
        .set_value(array![[1.0], [2.0], [3.0], [4.0], [5.0]]);
    model.bias.set_value(array![0.5]);
    assert_eq!(model.call(&Array1::ones(5)), array![15.5]);
}

#[test]
fn words_are_no_floats() {
    let model = linear();
    let words = Tensor::from_array(Array2::<u32>::zeros((3, 4)));
    model.kernel.set_value(words);
    let text = model
        .try_call(&array![1.0, 2.0, 3.0])
        .unwrap_err()
        .to_string();
    assert_eq!(
        text,
        "nnx.Linear.__call__: kernel: expected dtype float32, found uint32"
    );
}
