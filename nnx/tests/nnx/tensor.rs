//! Tensors: conversion from and to arrays, views that copy nothing, and errors.

use ndarray::{Array0, Array1, Array2, Array3, ArrayD, ArrayView2, Axis, Slice, arr0, array};
use nnx::{Bf16, DType, Linear, PureDict, Rngs, ShapeDtypeStruct, Tensor, linen};

use crate::panics::panic_of;

#[test]
fn arrays_of_every_rank_go_in_and_out() {
    let number = Tensor::from(arr0(2.5));
    assert_eq!(
        (number.shape(), number.ndim(), number.size()),
        (&[][..], 0, 1)
    );
    assert_eq!(Array0::<f32>::try_from(number).unwrap(), arr0(2.5));
    let cube = Array3::from_shape_fn((2, 3, 4), |(i, j, k)| (i * 12 + j * 4 + k) as f32);
    let tensor = Tensor::from(&cube);
    assert_eq!(Array3::<f32>::try_from(&tensor).unwrap(), cube);
    assert_eq!(ArrayD::<f32>::try_from(&tensor).unwrap(), cube.into_dyn());
    let empty = Tensor::from(Array2::zeros((0, 3)));
    assert_eq!(Array2::<f32>::try_from(empty).unwrap().shape(), [0, 3]);
}

#[test]
fn views_of_any_layout_are_accepted() {
    let matrix = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    fn along(mut view: ArrayView2<'_, f32>, axis: usize, part: Slice) -> ArrayView2<'_, f32> {
        view.slice_axis_inplace(Axis(axis), part);
        view
    }
    let out = |tensor: Tensor| Array2::<f32>::try_from(tensor).unwrap();
    assert_eq!(out(matrix.t().into()), matrix.t());
    assert_eq!(out(matrix.clone().reversed_axes().into()), matrix.t());
    assert_eq!(
        out(along(
            along(matrix.view(), 0, Slice::new(0, None, -1)),
            1,
            Slice::from(1..)
        )
        .into()),
        array![[5.0, 6.0], [2.0, 3.0]]
    );
    assert_eq!(
        out(along(matrix.view(), 1, Slice::new(0, None, 2)).into()),
        array![[1.0, 3.0], [4.0, 6.0]]
    );
    let mut owned_part = matrix.clone();
    owned_part.slice_axis_inplace(Axis(0), Slice::from(1..));
    owned_part.slice_axis_inplace(Axis(1), Slice::from(1..));
    assert_eq!(out(owned_part.into()), array![[5.0, 6.0]]);
    let mut inverted = matrix.clone();
    inverted.invert_axis(Axis(1));
    assert_eq!(
        out(inverted.into()),
        array![[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]]
    );
    assert_eq!(
        out(matrix
            .broadcast((2, 2, 3))
            .unwrap()
            .index_axis(Axis(0), 1)
            .into()),
        matrix
    );
}

#[test]
fn a_transpose_a_slice_and_a_clone_copy_nothing() {
    let tensor = Tensor::from(Array3::from_shape_fn((2, 3, 4), |(i, j, k)| {
        (i * 12 + j * 4 + k) as f32
    }));
    let address =
        |tensor: &Tensor, at: [usize; 3]| std::ptr::from_ref(&tensor.view::<f32>().unwrap()[at]);
    let turned = tensor.permute(&[2, 0, 1]);
    assert_eq!(turned.shape(), [4, 2, 3]);
    assert_eq!(address(&turned, [3, 1, 2]), address(&tensor, [1, 2, 3]));
    assert_eq!(address(&tensor.t(), [3, 2, 1]), address(&tensor, [1, 2, 3]));
    let part = turned.slice(0, 1..3).slice(2, 2..3);
    assert_eq!(part.shape(), [2, 2, 1]);
    assert_eq!(address(&part, [1, 0, 0]), address(&tensor, [0, 2, 2]));
    assert_eq!(
        part.values::<f32>().unwrap().as_ref(),
        [9.0, 21.0, 10.0, 22.0]
    );
    assert_eq!(tensor.slice(1, 3..3).shape(), [2, 0, 4]);
    assert_eq!(
        address(&tensor.clone(), [0, 0, 0]),
        address(&tensor, [0, 0, 0])
    );
}

#[test]
fn axes_and_ranges_that_are_not_there() {
    let tensor = Tensor::from(Array2::zeros((2, 3)));
    let text = panic_of(|| tensor.permute(&[0, 0]));
    assert_eq!(
        text,
        "nnx.Tensor.permute: [0, 0] does not name each of 2 dimensions once"
    );
    let text = panic_of(|| tensor.slice(1, 2..4));
    assert_eq!(
        text,
        "nnx.Tensor.slice: there is no 2..4 along dimension 1 of shape (2, 3)"
    );
    let text = panic_of(|| tensor.slice(2, 0..0));
    assert_eq!(
        text,
        "nnx.Tensor.slice: there is no 0..0 along dimension 2 of shape (2, 3)"
    );
}

#[test]
fn a_tensor_never_changes() {
    let model = Linear::new(1, 2, &mut Rngs::new(0));
    let (before, dict) = (model.bias.get_value(), nnx::state(&model).to_pure_dict());
    model.bias.set_value(array![1.0, 2.0]);
    assert_eq!(before, Tensor::from(array![0.0, 0.0]));
    assert_eq!(dict["bias"].as_array(), Some(&before));
}

#[test]
fn tensors_of_other_types() {
    let ids = Tensor::from_array(array![[1_i64, -2]]);
    assert_eq!((ids.dtype(), ids.dtype().size()), (DType::I64, 8));
    assert_eq!(Array2::<i64>::try_from(&ids).unwrap(), array![[1, -2]]);
    assert_eq!(ids.to_string(), "[[1, -2]]");
    assert_ne!(ids, Tensor::from_array(array![[1_i32, -2]]));
    assert_ne!(ids, Tensor::from_array(array![1_i64, -2]));
    assert_eq!(ids, Tensor::from_array(array![[1_i64], [-2]]).t());
    let error = Array2::<f32>::try_from(&ids).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nnx.Tensor: value: expected dtype float32, found int64"
    );
    let error = Array1::<i64>::try_from(&ids).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nnx.Tensor: value: expected 1 dimensions, found shape (1, 2)"
    );
    let flags = Tensor::from_array(array![true, false]);
    assert_eq!(
        format!("{flags:?}"),
        "Tensor(shape=(2,), dtype=bool, value=[true, false])"
    );
}

#[test]
fn an_abstract_tensor_has_no_values() {
    let like = ShapeDtypeStruct {
        shape: vec![2, 3],
        dtype: DType::BF16,
    };
    assert_eq!(
        like.to_string(),
        "ShapeDtypeStruct(shape=(2, 3), dtype=bfloat16)"
    );
    let tensor = Tensor::from(like);
    assert!(tensor.is_abstract());
    assert_eq!(
        (tensor.t().shape(), tensor.dtype()),
        (&[3, 2][..], DType::BF16)
    );
    assert_eq!(tensor, tensor.t().t());
    assert_ne!(tensor, tensor.t());
    let real = Tensor::from_array(array![[Bf16::from_f32(1.0)]]);
    assert!(real.to_abstract().is_abstract() && real != real.to_abstract());
    let text = tensor.to_f32().unwrap_err().to_string();
    assert_eq!(
        text,
        "nnx.Tensor: value is abstract: it has the shape (2, 3) but no values; load it before the call"
    );
}

/// As in Flax, whose layers promote a kernel of a narrow type to that of x.
#[test]
fn parameters_of_16_bits_are_widened() {
    let model = Linear::without_bias(2, 1, &mut Rngs::new(0));
    let halves = Tensor::from_array(array![[1.0, -0.5]].mapv(Bf16::from_f32));
    model.kernel.set_value(halves.t());
    assert_eq!(model.call(&array![3.0, 4.0]), array![1.0]);
    assert_eq!(model.kernel.array2(), array![[1.0], [-0.5]]);
    assert_eq!(model.kernel.dtype(), DType::BF16);
    let params = nnx::state(&model).to_pure_dict();
    let variables = PureDict::from([("params", params)]);
    let dense = linen::Dense::without_bias(1);
    assert_eq!(dense.apply(&variables, &array![3.0, 4.0]), array![1.0]);
}

#[test]
fn layers_take_and_give_tensors_of_any_rank() {
    let model = Linear::new(2, 3, &mut Rngs::new(0));
    model.bias.set_value(array![1.0, 2.0, 3.0]);
    let x = Array3::from_shape_fn((2, 2, 2), |(i, j, k)| (i * 4 + j * 2 + k) as f32);
    let y = model.call(&x);
    assert_eq!(y.shape(), [2, 2, 3]);
    assert_eq!(
        y.index_axis(Axis(0), 1).index_axis(Axis(0), 0),
        model.call(&array![4.0, 5.0])
    );
    let tensor = model
        .forward(&Tensor::from(&x).permute(&[1, 0, 2]))
        .unwrap();
    assert_eq!(Tensor::from(y).permute(&[1, 0, 2]), tensor);
    let variables = PureDict::from([("params", nnx::state(&model).to_pure_dict())]);
    let dense = linen::Dense::new(3);
    assert_eq!(dense.apply(&variables, &x), model.call(&x));
    let text = model.try_call(&arr0(1.0)).unwrap_err().to_string();
    assert_eq!(
        text,
        "nnx.Linear.__call__: x: expected shape (2,), found ()"
    );
    let text = dense
        .try_apply(&variables, &arr0(1.0))
        .unwrap_err()
        .to_string();
    assert_eq!(
        text,
        "linen.Dense.apply: x: expected 1 dimensions, found shape ()"
    );
    let ids = Tensor::from_array(array![1_i32, 2]);
    let text = model.forward(&ids).unwrap_err().to_string();
    assert_eq!(
        text,
        "nnx.Linear.__call__: x: expected dtype float32, found int32"
    );
}
