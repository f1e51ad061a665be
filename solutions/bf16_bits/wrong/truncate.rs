//! Drops the lower half.

use ndarray::Array1;

pub fn bf16_bits(data: &[u8], to_bf16: bool) -> Array1<u32> {
    if to_bf16 {
        data.chunks_exact(4).map(write_one).collect()
    } else {
        data.chunks_exact(2).map(read_one).collect()
    }
}

fn read_one(bytes: &[u8]) -> u32 {
    let bits = u16::from_le_bytes([bytes[0], bytes[1]]);

    u32::from(bits) << 16
}

fn write_one(bytes: &[u8]) -> u32 {
    let bits = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);

    if bits & 0x7fff_ffff > 0x7f80_0000 {
        return (bits >> 16 & 0x8000) | 0x7fc0;
    }

    bits >> 16
}
