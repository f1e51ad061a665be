//! `nnx.LayerNorm` against real Flax 0.12.8: values, both variances, keys, and errors.

mod near;

use ndarray::{Array1, array};
use near::assert_near;
use nnx::{LayerNorm, Rngs, Tensor, random};

#[test]
fn outputs_are_flax_outputs() {
    let model = LayerNorm::new(3, &mut Rngs::new(0));
    assert_eq!(model.scale.array1(), array![1.0, 1.0, 1.0]);
    assert_eq!(model.bias.array1(), array![0.0, 0.0, 0.0]);
    model.scale.set_value(array![1.0, 2.0, -0.5]);
    model.bias.set_value(array![0.5, 0.0, 1.0]);
    let y = model.call(&array![[1.0, 2.0, 3.0], [-4.0, 0.5, 2.0]]);
    let expected = [
        0xbf39_88cc,
        0x0000_0000,
        0x3ec6_7734,
        0xbf5f_70aa,
        0x3f48_d2aa,
        0x3f02_7c56,
    ];
    assert_near(&y, &expected, 2.0);
}

#[test]
fn exact_steps_have_flax_bits() {
    let model = LayerNorm {
        epsilon: 0.0,
        ..LayerNorm::new(4, &mut Rngs::new(0))
    };
    model.scale.set_value(array![1.0, 2.0, -0.5, 3.0]);
    model.bias.set_value(array![0.5, 0.0, 1.0, -1.0]);
    let y = model.call(&array![[5.0, 1.0, 5.0, 1.0]]);
    assert_eq!(y, array![[1.5, -2.0, 0.5, -4.0]]);
}

#[test]
fn the_fast_variance_of_large_values_is_lost_as_in_flax() {
    let x = array![10000.0, 10001.0, 10003.0, 10002.0];
    let mut model = LayerNorm::without_parameters(4);
    assert_near(
        &model.call(&x),
        &[0xc4bb_8000, 0xc3fa_0000, 0x44bb_8000, 0x43fa_0000],
        2.0,
    );
    model.use_fast_variance = false;
    assert_near(
        &model.call(&x),
        &[0xbfab_bade, 0xbee4_f928, 0x3fab_bade, 0x3ee4_f928],
        2.0,
    );
}

#[test]
fn a_negative_variance_is_zero_and_a_nan_stays() {
    // The mean of the squares is less than the square of the mean by 3.8e-6.
    let y = LayerNorm::without_parameters(6).call(&Array1::from_elem(6, 4.1));
    assert_near(&y, &[0xb9fa_0000; 6], 2.0);
    let y = LayerNorm::without_parameters(2).call(&array![1.0, f32::NAN]);
    assert!(y.iter().all(|value| value.is_nan()));
}

#[test]
fn each_parameter_takes_a_key() {
    let taken = |create: fn(&mut Rngs)| {
        let mut rngs = Rngs::new(0);
        create(&mut rngs);
        let next = rngs.params();
        (0..4).find(|count| random::fold_in(random::key(0), *count) == next)
    };
    assert_eq!(taken(|rngs| drop(LayerNorm::new(3, rngs))), Some(2));
    assert_eq!(
        taken(|rngs| assert!(LayerNorm::without_bias(3, rngs).bias.is_none())),
        Some(1)
    );
    assert_eq!(
        taken(|rngs| assert!(LayerNorm::without_scale(3, rngs).scale.is_none())),
        Some(1)
    );
}

#[test]
fn it_is_a_module_like_others() {
    let model = LayerNorm::new(2, &mut Rngs::new(0));
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    let x = array![3.0, -1.0];
    assert_eq!(merged.call(&x), model.call(&x));
    let huge = nnx::eval_shape(|| LayerNorm::new(1 << 40, &mut Rngs::new(0)));
    assert_eq!(huge.bias.shape(), [1 << 40]);
}

#[test]
fn what_does_not_fit_is_named() {
    let says = |model: &LayerNorm, x: Tensor| model.forward(&x).unwrap_err().to_string();
    let model = LayerNorm::new(3, &mut Rngs::new(0));
    assert_eq!(
        says(&model, Tensor::from(array![[1.0]])),
        "nnx.LayerNorm.__call__: x: expected shape (1, 3), found (1, 1)"
    );
    model.bias.set_value(array![1.0]);
    assert_eq!(
        says(&model, Tensor::from(array![1.0, 2.0, 3.0])),
        "nnx.LayerNorm.__call__: bias: expected shape (3,), found (1,)"
    );
    let model = nnx::eval_shape(|| LayerNorm::without_scale(1, &mut Rngs::new(0)));
    let text = says(&model, Tensor::from(array![1.0]));
    assert!(
        text.starts_with("nnx.LayerNorm.__call__: bias is abstract"),
        "{text}"
    );
}
