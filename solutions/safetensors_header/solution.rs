use ndarray::Array1;
use nnx::json::{self, Json};

/// Lists the tensors of a safetensors file in the order of their data.
///
/// For each tensor: its dtype code, the number of dimensions, their sizes, and where its bytes begin and end in the file.
pub fn safetensors_header(file: &[u8]) -> Array1<u64> {
    // Little-endian: the first byte is the low one.
    let length = u64::from_le_bytes(file[..8].try_into().unwrap());
    let text = str::from_utf8(&file[8..8 + length as usize]).unwrap();
    let header = json::parse(text).unwrap();

    // Offsets are counted from here. The length includes the spaces after the last brace.
    let data = 8 + length;

    let mut tensors: Vec<&Json> = header
        .as_object()
        .unwrap()
        .iter()
        // `__metadata__` is a note by the writer of the file, not a tensor.
        .filter(|(name, _)| name != "__metadata__")
        .map(|(_, tensor)| tensor)
        .collect();
    // A JSON object has no order, but the data does. Compare both offsets: an empty tensor begins where the next one does.
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
    // The numbers need 64 bits: positions in a real file can exceed 2^32.
    Array1::from(numbers)
}

/// Where a tensor begins and ends, counted from the first byte of the data.
fn offsets(tensor: &Json) -> (u64, u64) {
    let offsets = &tensor["data_offsets"];
    (offsets[0].as_u64().unwrap(), offsets[1].as_u64().unwrap())
}

/// The code of a dtype.
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
