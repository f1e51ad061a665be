//! `nnx.RMSNorm` against real Flax 0.12.8: values, keys, and errors.

mod near;

use ndarray::{Array1, Array2, array};
use near::assert_near;
use nnx::{RMSNorm, Rngs, Tensor, random};

#[test]
fn outputs_are_flax_outputs() {
    let model = RMSNorm::new(3, &mut Rngs::new(0));
    assert_eq!(model.scale.array1(), array![1.0, 1.0, 1.0]);
    model.scale.set_value(array![1.0, 2.0, -0.5]);
    let y = model.call(&array![[1.0, 2.0, 3.0], [-4.0, 0.5, 2.0]]);
    let expected = [
        0x3eed_028a,
        0x3fed_028a,
        0xbf31_c1e8,
        0xbfc5_11a2,
        0x3ec5_11a2,
        0xbec5_11a2,
    ];
    assert_near(&y, &expected, 2.0);
}

#[test]
fn exact_steps_have_flax_bits() {
    let model = RMSNorm {
        epsilon: 0.0,
        ..RMSNorm::new(4, &mut Rngs::new(0))
    };
    model.scale.set_value(array![1.0, 2.0, -0.5, 3.0]);
    let y = model.call(&array![2.0, -2.0, 2.0, 2.0]);
    assert_eq!(y, array![1.0, -2.0, -0.5, 3.0]);
    let plain = RMSNorm {
        epsilon: 3.0,
        ..RMSNorm::without_scale(2)
    };
    assert_eq!(plain.call(&array![1.0, -1.0]), array![0.5, -0.5]);
}

#[test]
fn a_scale_takes_a_key_and_draws_nothing() {
    let mut rngs = Rngs::new(0);
    RMSNorm::new(3, &mut rngs);
    assert_eq!(rngs.params(), random::fold_in(random::key(0), 1));
    assert!(RMSNorm::without_scale(3).scale.is_none());
}

#[test]
fn it_is_a_module_like_others() {
    let model = RMSNorm::new(2, &mut Rngs::new(0));
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    let x = array![3.0, -1.0];
    assert_eq!(merged.call(&x), model.call(&x));
    let huge = nnx::eval_shape(|| RMSNorm::new(1 << 40, &mut Rngs::new(0)));
    assert_eq!(huge.scale.shape(), [1 << 40]);
    huge.scale.set_value(Tensor::from(array![1.0, 1.0]));
    assert_eq!(huge.call(&x), model.call(&x)); // only the arrays count
}

#[test]
fn what_does_not_fit_is_named() {
    let says = |model: &RMSNorm, x: Tensor| model.forward(&x).unwrap_err().to_string();
    let model = RMSNorm::new(3, &mut Rngs::new(0));
    assert_eq!(
        says(&model, Tensor::from(Array2::zeros((2, 4)))),
        "nnx.RMSNorm.__call__: x: expected shape (2, 3), found (2, 4)"
    );
    assert_eq!(
        says(&model, Tensor::from(ndarray::arr0(1.0))),
        "nnx.RMSNorm.__call__: x: expected 1 dimensions, found shape ()"
    );
    model.scale.set_value(Array2::ones((1, 3)));
    assert_eq!(
        says(&model, Tensor::from(Array1::zeros(3))),
        "nnx.RMSNorm.__call__: scale: expected shape (3,), found (1, 3)"
    );
    let model = nnx::eval_shape(|| RMSNorm::new(3, &mut Rngs::new(0)));
    let text = says(&model, Tensor::from(Array1::zeros(3)));
    assert!(
        text.starts_with("nnx.RMSNorm.__call__: scale is abstract"),
        "{text}"
    );
}
