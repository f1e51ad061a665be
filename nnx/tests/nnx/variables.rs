//! Variables: shared handles, copies, kinds, metadata, and values of any shape.

use ndarray::{Array1, array};
use nnx::{BatchStat, DType, Kind, Linear, Param, Rngs, Tensor, Variable};

use crate::panics::panic_of;

#[test]
fn a_clone_is_the_same_variable_and_a_copy_is_not() {
    let param = Param::new(array![1.0, 2.0]);
    let (same, other) = (param.clone(), param.copy());
    param.set_value(array![3.0]);
    assert_eq!(same.array1(), array![3.0]);
    assert_eq!(other.array1(), array![1.0, 2.0]);
    assert!(param.is(&same) && !param.is(&other));
}

#[test]
fn replace_keeps_kind_and_metadata() {
    let stat = BatchStat::new(array![1.0]).with_metadata("sharding", "rows");
    let new = stat.replace(array![[2.0, 3.0]]);
    assert_eq!(
        (new.kind(), new.shape(), new.size()),
        (Kind::BatchStat, vec![1, 2], 2)
    );
    assert_eq!(new.metadata()["sharding"], "rows");
    assert_eq!(stat.array1(), array![1.0]);
    new.set_metadata("sharding", "columns");
    assert_eq!(stat.metadata()["sharding"], "rows");
}

#[test]
fn any_shape_can_be_set_and_views_too() {
    let param = Param::new(array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    param.set_value(param.array2().t());
    assert_eq!(param.array2(), array![[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]);
    assert_eq!(
        param.value().iter().copied().collect::<Vec<f32>>(),
        [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
    );
    param.set_value(Array1::zeros(7));
    assert_eq!((param.shape(), param.dtype()), (vec![7], DType::F32));
}

#[test]
fn a_borrowed_array_can_be_set() {
    let given = array![1.0, 2.0];
    let bias = Param::new(array![0.0, 0.0]);
    bias.set_value(&given);
    assert_eq!(bias.array1(), given);
    let dict = nnx::PureDict::from([("bias", &given)]);
    assert_eq!(dict["bias"].as_array(), Some(&Tensor::from(given)));
}

#[test]
fn an_array_that_is_not_row_major_multiplies_right() {
    let model = Linear::without_bias(2, 2, &mut Rngs::new(0));
    let transposed = Tensor::from(array![[1.0, 2.0], [3.0, 4.0]]).t();
    model.kernel.set_value(transposed);
    assert_eq!(model.call(&array![1.0, 0.0]), array![1.0, 3.0]);
}

#[test]
fn custom_kinds_have_their_name() {
    let lora = Variable::new(Kind::Custom("LoRAParam"), array![1.0]);
    assert_eq!(lora.kind().name(), "LoRAParam");
    assert_eq!(
        format!("{lora:?}"),
        "LoRAParam(shape=(1,), dtype=float32, value=[1])"
    );
}

#[test]
fn reading_the_wrong_type_names_the_actual_one() {
    let model = Linear::new(3, 4, &mut Rngs::new(0));
    nnx::state(&model);
    let text = panic_of(|| model.kernel.array1());
    assert_eq!(
        text,
        "nnx.Variable.value: kernel: expected 1 dimensions, found shape (3, 4)"
    );

    let words = Variable::new(Kind::RngKey, Tensor::from_array(array![1_u32, 2]));
    let text = panic_of(|| words.value());
    assert_eq!(
        text,
        "nnx.Variable.value: RngKey: expected dtype float32, found uint32"
    );
}

#[test]
fn a_missing_bias_is_an_error() {
    let model = Linear::without_bias(3, 4, &mut Rngs::new(0));
    assert!(model.bias.is_none() && model.bias.as_option().is_none());
    let text = panic_of(|| model.bias.set_value(Array1::zeros(4)));
    assert_eq!(
        text,
        "this layer was created without this parameter: it is None"
    );
}
