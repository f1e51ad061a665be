//! eval_shape: shapes without values, nothing is drawn, and the error when a value is needed.

use ndarray::{Array1, array};
use nnx::{DType, Linear, List, Param, Rngs, random};

use crate::panics::panic_of;

nnx::module! {
    struct Stack { layers: List<Linear>, scale: Param }
}

fn stack(rngs: &mut Rngs) -> Stack {
    let layers = (0..2).map(|_| Linear::new(2, 2, rngs)).collect();
    Stack {
        layers,
        scale: Param::new(array![1.0, 1.0]),
    }
}

#[test]
fn a_huge_model_costs_nothing() {
    // 2^62 elements: no machine could hold them.
    let model = nnx::eval_shape(|| Linear::new(1 << 31, 1 << 31, &mut Rngs::new(0)));
    assert_eq!(
        (model.kernel.shape(), model.kernel.dtype()),
        (vec![1 << 31, 1 << 31], DType::F32)
    );
    assert_eq!((model.kernel.size(), model.bias.size()), (1 << 62, 1 << 31));
    assert!(model.kernel.is_abstract() && model.bias.is_abstract());
}

#[test]
fn nothing_is_drawn_from_a_stream_outside() {
    let mut rngs = Rngs::new(0);
    nnx::eval_shape(|| stack(&mut rngs));
    assert_eq!(rngs.params(), random::fold_in(random::key(0), 0));
}

#[test]
fn it_ends_with_the_closure_even_by_a_panic() {
    nnx::eval_shape(|| Linear::new(1, 1, &mut Rngs::new(0)));
    assert!(!Param::new(array![1.0]).is_abstract());
    let text = panic_of(|| {
        nnx::eval_shape(|| -> Linear { panic!("in between") });
    });
    assert_eq!(text, "in between");
    assert!(!Param::new(array![1.0]).is_abstract());
}

#[test]
fn an_abstract_model_is_filled_through_its_state() {
    let real = stack(&mut Rngs::new(3));
    let (graphdef, state) = nnx::split(&nnx::eval_shape(|| stack(&mut Rngs::new(0))));
    let source = nnx::state(&real);
    let leaves = state.flat_state().into_iter().map(|(path, leaf)| {
        assert_eq!(leaf.shape(), source[&path].shape());
        let filled = leaf.replace(source[&path].value());
        (path, filled)
    });
    let model = nnx::merge(&graphdef, nnx::State::from_flat_path(leaves).unwrap()).unwrap();
    let x = array![1.0, 2.0];
    assert_eq!(model.layers[1].call(&x), real.layers[1].call(&x));
}

#[test]
fn a_leaf_that_was_never_loaded_is_named_by_its_whole_path() {
    let model = nnx::eval_shape(|| stack(&mut Rngs::new(0)));
    model.layers[0]
        .kernel
        .set_value(array![[1.0, 0.0], [0.0, 1.0]]);
    model.layers[0].bias.set_value(array![0.0, 0.0]);
    let y: Array1<f32> = model.layers[0].call(&array![1.0, 2.0]);
    let text = panic_of(|| model.layers[1].call(&y));
    let expected = "nnx.Linear.__call__: layers.1.kernel is abstract: it has the shape (2, 2) but no values; load it before the call";
    assert_eq!(text, expected);
    model.layers[1]
        .kernel
        .set_value(array![[1.0, 0.0], [0.0, 1.0]]);
    let text = model.layers[1].try_call(&y).unwrap_err().to_string();
    assert!(text.contains("layers.1.bias is abstract"), "{text}");
}
