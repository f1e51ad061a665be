use ndarray::Array1;

/// Lists the tensors of a safetensors file in the order of their data.
///
/// For each: the code of its dtype, how many dimensions, each of them, and where its bytes begin and end in the file.
pub fn safetensors_header(file: &[u8]) -> Array1<u64> {
    let length: [u8; 8] = file[..8].try_into().unwrap();

    todo!(
        "read the length from {length:?}, and the JSON from the {} bytes after it; F32 has the code {}",
        file.len() - 8,
        code("F32"),
    )
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
