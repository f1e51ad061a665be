//! Gives the offsets of the header.

use ndarray::Array1;
use nnx::json::{self, Json};

pub fn safetensors_header(file: &[u8]) -> Array1<u64> {
    let length = u64::from_le_bytes(file[..8].try_into().unwrap());
    let text = str::from_utf8(&file[8..8 + length as usize]).unwrap();
    let header = json::parse(text).unwrap();

    let data = 0;

    let mut tensors: Vec<&Json> = header
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| name != "__metadata__")
        .map(|(_, tensor)| tensor)
        .collect();
    tensors.sort_by_key(|tensor| offsets(tensor));

    let mut numbers = Vec::new();
    for tensor in tensors {
        let (begin, end) = offsets(tensor);
        let shape = tensor["shape"].as_array().unwrap();
        numbers.push(code(tensor["dtype"].as_str().unwrap()));
        numbers.push(shape.len() as u64);
        numbers.extend(shape.iter().map(|size| size.as_u64().unwrap()));
        numbers.extend([data + begin, data + end]);
    }
    Array1::from(numbers)
}

fn offsets(tensor: &Json) -> (u64, u64) {
    let offsets = &tensor["data_offsets"];
    (offsets[0].as_u64().unwrap(), offsets[1].as_u64().unwrap())
}

fn code(dtype: &str) -> u64 {
    match dtype {
        "F32" => 0,
        "BF16" => 1,
        "F16" => 2,
        "I64" => 3,
        "I32" => 4,
        "U8" => 5,
        other => panic!("no code for {other}"),
    }
}
