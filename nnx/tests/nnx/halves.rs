//! bfloat16 and float16 against the bits that NumPy (float16) and ml_dtypes (bfloat16) give.

use nnx::{Bf16, F16};

#[test]
fn halves_round_to_the_nearest_and_ties_to_even() {
    // An f32, and its bits as bfloat16 and as float16.
    let rows: &[(f32, u16, u16)] = &[
        (0.0, 0x0000, 0x0000),
        (-0.0, 0x8000, 0x8000),
        (1.0, 0x3f80, 0x3c00),
        (-2.0, 0xc000, 0xc000),
        (1.0 + 1.0 / 256.0, 0x3f80, 0x3c04), // a tie in bfloat16, down to even
        (1.0 + 3.0 / 256.0, 0x3f82, 0x3c0c), // and up to even
        (1.0 + 1.0 / 2048.0, 0x3f80, 0x3c00), // a tie in float16, down to even
        (1.0 + 3.0 / 2048.0, 0x3f80, 0x3c02),
        (65504.0, 0x4780, 0x7bff),
        (65519.996, 0x4780, 0x7bff),
        (65520.0, 0x4780, 0x7c00),
        (f32::MAX, 0x7f80, 0x7c00),
        (f32::NEG_INFINITY, 0xff80, 0xfc00),
        (6.103_515_6e-5, 0x3880, 0x0400), // 2⁻¹⁴, the least normal float16
        (6.101_131_4e-5, 0x3880, 0x0400), // just below it, and a tie: up to it
        (5.960_464_5e-8, 0x3380, 0x0001), // 2⁻²⁴, the least
        (2.980_232_2e-8, 0x3300, 0x0000), // 2⁻²⁵, a tie, to 0
        (-2.980_232_6e-8, 0xb300, 0x8001), // just beyond
    ];
    for (value, bf16, f16) in rows {
        assert_eq!(Bf16::from_f32(*value).to_bits(), *bf16, "{value:e}");
        assert_eq!(F16::from_f32(*value).to_bits(), *f16, "{value:e}");
    }
    assert!(Bf16::from_f32(f32::NAN).to_f32().is_nan());
    assert!(
        Bf16::from_f32(f32::from_bits(0x7f80_0001))
            .to_f32()
            .is_nan()
    );
    assert!(F16::from_f32(f32::from_bits(0x7f80_0001)).to_f32().is_nan());
}

/// Each value that a half has is an f32 and comes back; and values ascend with their bits.
#[test]
fn every_half_is_an_f32() {
    for bits in 0..=u16::MAX {
        let (bf16, f16) = (Bf16::from_bits(bits), F16::from_bits(bits));
        for (half, again) in [
            (bf16.to_f32(), Bf16::from_f32(bf16.to_f32()).to_bits()),
            (f16.to_f32(), F16::from_f32(f16.to_f32()).to_bits()),
        ] {
            assert!(half.is_nan() || again == bits, "{bits:04x}");
        }
    }
    let ascending = (0..0x7c00).map(|bits| F16::from_bits(bits).to_f32());
    assert!(ascending.is_sorted_by(|a, b| a < b));
    assert_eq!(F16::from_bits(0x7bff).to_f32(), 65504.0);
    assert_eq!(F16::from_bits(0x0001).to_f32(), 2.0_f32.powi(-24));
    assert_eq!(F16::from_bits(0xfc00).to_f32(), f32::NEG_INFINITY);
}
