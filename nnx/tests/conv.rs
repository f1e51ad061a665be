//! `nnx.Conv`: initial bits of real Flax 0.12.8, windows with sums that are easy to check, and errors.

use ndarray::{Array2, Array3, Array4, array};
use nnx::{Conv, Padding, Rngs, Tensor, random};

/// A kernel whose three places can be told apart in a decimal sum.
fn line() -> Conv {
    let conv = Conv::without_bias(1, 1, &[3], &mut Rngs::new(0));
    conv.kernel.set_value(array![[[1.0]], [[10.0]], [[100.0]]]);
    conv
}

fn outputs(conv: &Conv, x: &[f32]) -> Vec<f32> {
    let x = Array2::from_shape_vec((x.len(), 1), x.to_vec()).expect("a row for each number");
    conv.call(&x).into_iter().collect()
}

#[test]
fn initial_values_have_flax_bits() {
    let ends = |conv: &Conv| {
        let bits: Vec<u32> = conv.kernel.value().iter().map(|w| w.to_bits()).collect();
        (bits[..3].to_vec(), bits[bits.len() - 2..].to_vec())
    };
    let mut rngs = Rngs::new(0);
    let conv = Conv::new(4, 6, &[3], &mut rngs);
    assert_eq!(conv.kernel.shape(), [3, 4, 6]);
    let first = vec![0x3e9e_2c8f, 0xbe8f_53c8, 0xbe6d_cc7e];
    assert_eq!(ends(&conv), (first, vec![0xbec5_0591, 0xbee5_0a8a]));
    assert_eq!(conv.bias.array1(), ndarray::Array1::zeros(6));
    assert_eq!(rngs.params(), random::fold_in(random::key(0), 2));
    let conv = Conv::grouped(4, 6, &[2, 3], 2, &mut Rngs::new(7));
    assert_eq!(conv.kernel.shape(), [2, 3, 2, 6]);
    let first = vec![0x3eae_9f5a, 0x3d35_aad1, 0xbe26_e007];
    assert_eq!(ends(&conv), (first, vec![0x3e8d_bc9f, 0x3e8e_2569]));
}

#[test]
fn padding_and_strides_place_the_windows() {
    let same = line();
    let five = [1.0, 2.0, 3.0, 4.0, 5.0];
    assert_eq!(outputs(&same, &five), [210.0, 321.0, 432.0, 543.0, 54.0]);
    let every_second = Conv {
        strides: vec![2],
        ..line()
    };
    assert_eq!(outputs(&every_second, &five), [210.0, 432.0, 54.0]);
    // Of an even size, the only zero comes after the inputs. PyTorch's padding=1 is another.
    assert_eq!(outputs(&every_second, &five[..4]), [321.0, 43.0]);
    let torch = Conv {
        padding: Padding::Explicit(vec![(1, 1)]),
        ..every_second
    };
    assert_eq!(outputs(&torch, &five[..4]), [210.0, 432.0]);
    let valid = Conv {
        padding: Padding::Valid,
        ..line()
    };
    assert_eq!(outputs(&valid, &five), [321.0, 432.0, 543.0]);
    assert_eq!(outputs(&valid, &five[..2]), []);
    let dilated = Conv {
        kernel_dilation: vec![2],
        ..valid
    };
    assert_eq!(outputs(&dilated, &five), [531.0]);
    let before = Conv {
        padding: Padding::Explicit(vec![(2, 0)]),
        ..line()
    };
    assert_eq!(outputs(&before, &five[..2]), [100.0, 210.0]);
}

#[test]
fn two_dimensions_batches_and_biases() {
    let conv = Conv {
        padding: Padding::Valid,
        ..Conv::new(1, 2, &[2, 2], &mut Rngs::new(0))
    };
    let kernel = array![
        [[[1.0, 0.0]], [[10.0, 0.0]]],
        [[[100.0, 0.0]], [[1000.0, 1.0]]]
    ];
    conv.kernel.set_value(kernel);
    conv.bias.set_value(array![0.5, -1.0]);
    let image = array![[[1.0], [2.0]], [[3.0], [4.0]]];
    assert_eq!(conv.call(&image), array![[[4321.5, 3.0]]]);
    let twice = ndarray::stack![ndarray::Axis(0), image, &image * 2.0];
    let expected: Array4<f32> = array![[[[4321.5, 3.0]]], [[[8642.5, 7.0]]]];
    assert_eq!(conv.call(&twice), expected);
}

#[test]
fn groups_do_not_see_each_other() {
    let conv = Conv::grouped_without_bias(4, 2, &[1], 2, &mut Rngs::new(0));
    conv.kernel
        .set_value(array![[[1.0, 100.0], [10.0, 1000.0]]]);
    let y = conv.call(&array![[1.0, 2.0, 3.0, 4.0]]);
    assert_eq!(y, array![[21.0, 4300.0]]);
}

#[test]
fn it_is_a_module_like_others() {
    let conv = line();
    let (graphdef, state) = nnx::split(&conv);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    assert_eq!(outputs(&merged, &[1.0, 2.0]), outputs(&conv, &[1.0, 2.0]));
    let other = Conv {
        strides: vec![2],
        ..line()
    };
    assert!(graphdef != nnx::split(&other).0);
    let huge = nnx::eval_shape(|| Conv::new(1 << 30, 1 << 30, &[3, 3], &mut Rngs::new(0)));
    assert_eq!(huge.kernel.shape(), [3, 3, 1 << 30, 1 << 30]);
    assert!(huge.kernel.is_abstract());
}

#[test]
fn what_does_not_fit_is_named() {
    let says = |conv: &Conv, x: Tensor| conv.forward(&x).unwrap_err().to_string();
    let conv = line();
    assert_eq!(
        says(&conv, Tensor::from(array![1.0])),
        "nnx.Conv.__call__: x: expected 2 dimensions, found shape (1,)"
    );
    let x = Tensor::from(Array3::zeros((1, 5, 2)));
    assert_eq!(
        says(&conv, x.clone()),
        "nnx.Conv.__call__: x: expected shape (1, 5, 1), found (1, 5, 2)"
    );
    conv.kernel.set_value(Array3::zeros((1, 1, 3))); // PyTorch's order
    assert_eq!(
        says(&conv, x),
        "nnx.Conv.__call__: kernel: expected shape (3, 2, 1), found (1, 1, 3)"
    );
    let x = Tensor::from(Array2::zeros((5, 1)));
    let two = Conv {
        strides: vec![1, 1],
        ..line()
    };
    assert_eq!(
        says(&two, x.clone()),
        "nnx.Conv.__call__: strides: expected shape (1,), found (2,)"
    );
    let none = Conv {
        kernel_dilation: vec![0],
        ..line()
    };
    assert_eq!(
        says(&none, x),
        "nnx.Conv.__call__: kernel_dilation: expected sizes of 1 or more, found shape (0,)"
    );
    let panic = std::panic::catch_unwind(|| Conv::grouped(4, 3, &[1], 2, &mut Rngs::new(0)));
    let text = panic.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(
        *text,
        "nnx.Conv: out_features: 3 features cannot be divided into 2 equal parts"
    );
}
