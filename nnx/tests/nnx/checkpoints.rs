//! The tensors of a safetensors file: their types, including types newer than this crate, and their values.

use nnx::safetensors::{Error, SafeTensors};
use nnx::{DType, Tensor};

use crate::safetensors::{file, same_as_the_crate};

#[test]
fn a_type_that_is_not_known_spoils_one_tensor() {
    let header = "{\"new\":{\"dtype\":\"F2_E1M0\",\"shape\":[8],\"data_offsets\":[0,2]},\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}";
    let bytes = file(header, &[0, 0, 0, 0, 0x80, 0x3f]);
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    assert_eq!(tensors.names(), ["new", "w"]);
    let text = "safetensors: new: dtype \"F2_E1M0\" is not known";
    assert_eq!(tensors.tensor("new").unwrap_err().to_string(), text);
    let readable: Vec<bool> = tensors.iter().map(|(_, tensor)| tensor.is_ok()).collect();
    assert_eq!(readable, [false, true]);
    let w = tensors.tensor("w").unwrap();
    assert_eq!(w.to_f32().unwrap(), ndarray::array![1.0].into_dyn());
}

#[test]
fn a_tensor_has_the_type_of_the_file() {
    // 1 and -2 in F16, 1 and 256 in I16; then a type that is known and that no tensor has.
    let header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},\"i\":{\"dtype\":\"I16\",\"shape\":[1,2],\"data_offsets\":[4,8]},\"z\":{\"dtype\":\"F8_E4M3\",\"shape\":[],\"data_offsets\":[8,9]}}";
    let bytes = file(header, &[0x00, 0x3c, 0x00, 0xc0, 1, 0, 0, 1, 0]);
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let tensor = |name| tensors.tensor(name).unwrap().to_tensor();
    let halves = tensor("h").unwrap();
    assert_eq!((halves.dtype(), halves.shape()), (DType::F16, &[2][..]));
    assert_eq!(
        halves.to_f32().unwrap(),
        Tensor::from(ndarray::array![1.0, -2.0])
    );
    assert_eq!(
        tensors.tensor("h").unwrap().to_f32().unwrap(),
        ndarray::array![1.0, -2.0].into_dyn()
    );
    assert_eq!(
        tensor("i").unwrap(),
        Tensor::from_array(ndarray::array![[1_i16, 256]])
    );
    let text = "safetensors: z: F8_E4M3 is a dtype that no nnx::Tensor has";
    assert_eq!(tensor("z").unwrap_err().to_string(), text);
}

#[test]
fn a_shape_that_no_array_can_have() {
    let header =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[0,9223372036854775807,3],\"data_offsets\":[0,0]}}";
    let bytes = file(header, &[]);
    same_as_the_crate(&bytes);
    let tensors = SafeTensors::deserialize(&bytes).expect("a file");
    let none = tensors.tensor("w").expect("it is there").to_f32();
    assert!(matches!(none, Err(Error::TooLarge { .. })), "{none:?}");
}

#[test]
fn what_a_file_does_not_have() {
    let header = "{\"ids\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},\"none\":{\"dtype\":\"F32\",\"shape\":[0,9223372036854775807],\"data_offsets\":[8,8]}}";
    let bytes = file(header, &[0; 8]);
    same_as_the_crate(&bytes);
    let tensors = SafeTensors::deserialize(&bytes).expect("a file");
    let missing = tensors.tensor("w").expect_err("there is none");
    let text = "safetensors: there is no w; there is ids, none";
    assert_eq!(missing.to_string(), text);
    let ids = tensors.tensor("ids").expect("it is there").to_f32();
    let text = "safetensors: ids: expected F32, F16 or BF16, found I64";
    assert_eq!(ids.expect_err("no floats").to_string(), text);
    let none = tensors.tensor("none").expect("it is there").to_f32();
    assert_eq!(none.expect("an array").shape(), [0, i64::MAX as usize]);
}
