//! `nnx.LinearGeneral`: initial bits of real Flax 0.12.8, multiplied dimensions, and errors.

use ndarray::{Array, Array2, Array3, array};
use nnx::{LinearGeneral, Rngs, Tensor};

#[test]
fn initial_values_have_flax_bits() {
    let model = LinearGeneral::new(&[2, 3], &[4, 5], &mut Rngs::new(3));
    assert_eq!(model.kernel.shape(), [2, 3, 4, 5]);
    let bits: Vec<u32> = model.kernel.value().iter().map(|w| w.to_bits()).collect();
    assert_eq!(bits[..3], [0xbf5d_a824, 0xbf34_248c, 0xbe5e_14d7]);
    assert_eq!(bits.iter().fold(0, |all, bits| all ^ bits), 0x862e_050b);
    assert_eq!(model.bias.value(), Array2::zeros((4, 5)).into_dyn());
}

#[test]
fn several_dimensions_are_multiplied_at_once() {
    let model = LinearGeneral::new(&[2, 2], &[1, 2], &mut Rngs::new(0));
    let kernel = array![
        [[[1.0, 0.0]], [[10.0, 0.0]]],
        [[[100.0, 0.0]], [[1000.0, 1.0]]]
    ];
    model.kernel.set_value(kernel);
    model.bias.set_value(array![[0.5, -1.0]]);
    let x = array![[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]];
    let expected = array![[[4321.5, 3.0]], [[8765.5, 7.0]]];
    assert_eq!(model.call(&x), expected.into_dyn());
    // The first and the last dimension, in either order.
    for axis in [vec![0, -1], vec![2, 0]] {
        let (kernel, bias) = (model.kernel.clone(), model.bias.clone());
        let (in_features, out_features) = (vec![2, 2], vec![1, 2]);
        let across = LinearGeneral {
            kernel,
            bias,
            in_features,
            out_features,
            axis,
        };
        let expected = array![[[6521.5, 5.0]], [[8743.5, 7.0]]];
        assert_eq!(across.call(&x), expected.into_dyn());
    }
}

#[test]
fn it_is_a_module_like_others() {
    let model = LinearGeneral::without_bias(&[2], &[2, 3], &mut Rngs::new(0));
    assert!(model.bias.is_none());
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    let x: Array3<f32> = Array::ones((1, 4, 2));
    assert_eq!(model.call(&x).shape(), [1, 4, 2, 3]);
    assert_eq!(merged.call(&x), model.call(&x));
    let create = || LinearGeneral::new(&[1 << 20, 1 << 10], &[1 << 30], &mut Rngs::new(0));
    assert!(nnx::eval_shape(create).kernel.is_abstract());
}

#[test]
fn what_does_not_fit_is_named() {
    let says = |model: &LinearGeneral, x: Tensor| model.forward(&x).unwrap_err().to_string();
    let model = LinearGeneral::new(&[2, 3], &[4], &mut Rngs::new(0));
    assert_eq!(
        says(&model, Tensor::from(array![1.0])),
        "nnx.LinearGeneral.__call__: x: expected 3 dimensions, found shape (1,)"
    );
    let x = Tensor::from(Array3::zeros((5, 2, 2)));
    assert_eq!(
        says(&model, x.clone()),
        "nnx.LinearGeneral.__call__: x: expected shape (5, 2, 3), found (5, 2, 2)"
    );
    model.kernel.set_value(Array2::zeros((4, 6)));
    assert_eq!(
        says(&model, x),
        "nnx.LinearGeneral.__call__: kernel: expected shape (2, 3, 4), found (4, 6)"
    );
    let empty = || LinearGeneral::new(&[0], &[4], &mut Rngs::new(0));
    let text = std::panic::catch_unwind(empty).unwrap_err();
    assert_eq!(
        *text.downcast::<String>().unwrap(),
        "nnx.LinearGeneral: kernel: expected sizes of 1 or more, found shape (0, 4)"
    );
}
