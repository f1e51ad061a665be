use ndarray::Array1;

/// Reads a tensor of bfloat16 as f32, or writes one of f32 as bfloat16; returns the bits of each number.
///
/// `data` is little-endian: two bytes for each bfloat16 if `to_bf16` is false, four for each f32 if it is true.
pub fn bf16_bits(data: &[u8], to_bf16: bool) -> Array1<u32> {
    if to_bf16 {
        data.chunks_exact(4).map(write_one).collect()
    } else {
        data.chunks_exact(2).map(read_one).collect()
    }
}

/// The bits of the f32 for the two bytes of a bfloat16.
fn read_one(bytes: &[u8]) -> u32 {
    todo!("put the bytes {bytes:02x?} together, and make the bits of an f32")
}

/// The bits of the bfloat16 for the four bytes of an f32.
fn write_one(bytes: &[u8]) -> u32 {
    todo!("put the bytes {bytes:02x?} together, round them, and take care of NaN")
}
