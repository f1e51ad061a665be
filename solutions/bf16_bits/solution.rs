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
    // Little-endian: the first byte is the low one.
    let bits = u16::from_le_bytes([bytes[0], bytes[1]]);

    // A bfloat16 is the upper half of an f32, so the lower half is zeros. Infinity and NaN need no extra code.
    u32::from(bits) << 16
}

/// The bits of the bfloat16 for the four bytes of an f32.
fn write_one(bytes: &[u8]) -> u32 {
    let bits = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);

    // A NaN has all exponent bits set and a mantissa that is not zero. Rounding could turn it into infinity or zero.
    if bits & 0x7fff_ffff > 0x7f80_0000 {
        return (bits >> 16 & 0x8000) | 0x7fc0;
    }

    // Round to the nearest upper half: a lower half below 0x8000 adds 0, one above it adds 1. Exactly 0x8000 is halfway: the
    // last bit that stays decides, so that the result is even. A carry into the exponent is correct: it gives the next number.
    let last = bits >> 16 & 1;
    (bits + 0x7fff + last) >> 16
}
