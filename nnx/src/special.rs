//! erf⁻¹ and the logarithms it needs, eˣ, the logistic function and tanh, as XLA's CPU backend computes them, operation by
//! operation.
//!
//! [`crate::random`] and [`crate::silu`] call it. Every step is one rounded f32 operation or one fused multiply-add, so
//! the bits are the same on every machine; `f32::ln` and similar functions are not used, because they come from the
//! system's library. erf⁻¹ and the logarithms are correct for the arguments that the normal distributions need: |u| < 1.

/// erf⁻¹(u) for |u| < 1. The truncated normal, with |u| ≤ 0.9545, reaches only the central branch.
///
/// Source: Giles, "Approximating the erfinv function" (2010).
pub(crate) fn erf_inv(u: f32) -> f32 {
    let w = -log1p(u * -u);
    let p = if w < 5.0 {
        horner(f32::from_bits(0x32F1_6588), w - 2.5, &ERF_INV_CENTRE)
    } else {
        horner(f32::from_bits(0xB951_F09B), w.sqrt() - 3.0, &ERF_INV_TAIL)
    };
    p * u
}

/// ln(1 + x) for x in (−1, 0]. Source: XLA's `EmitLog1p`: Cephes' rational form near 0.
fn log1p(x: f32) -> f32 {
    if x.abs() >= f32::from_bits(0x3ED4_13CD) {
        return log(1.0 + x); // |x| is at least sqrt(2) - 1
    }
    let square = x * x;
    let denominator = horner(1.0, x, &LOG1P_DENOMINATOR);
    let numerator = horner(4.527e-05, x, &LOG1P_NUMERATOR);
    let rest = (x * square) * (numerator / denominator);
    x + square.mul_add(-0.5, rest)
}

/// ln(y) for y in (0, 0.59), normal. Source: Cephes `logf`, contracted as LLVM does it for XLA.
fn log(y: f32) -> f32 {
    let bits = y.to_bits();
    let exponent = ((bits >> 23) as i32 - 127) as f32 + 1.0;
    let mantissa = f32::from_bits((bits & 0x807F_FFFF) | 0x3F00_0000); // [0.5, 1)
    let (e, w) = if mantissa < f32::from_bits(0x3F35_04F3) {
        (exponent - 1.0, (mantissa - 1.0) + mantissa)
    } else {
        (exponent, mantissa - 1.0)
    };
    let w2 = w * w;
    let w3 = w2 * w;
    let a = horner(f32::from_bits(0x3D90_21BB), w, &[0xBDEB_D1B8, 0x3DEF_251A]);
    let b = horner(f32::from_bits(0xBDFE_5D4F), w, &[0x3E11_E9BF, 0xBE2A_AE50]);
    let c = horner(f32::from_bits(0x3E4C_CEAC), w, &[0xBE7F_FFFC, 0x3EAA_AAAA]);
    let low = e * f32::from_bits(0xB95E_8083); // the small half of ln 2
    let tail = a.mul_add(w3, b).mul_add(w3, c).mul_add(w3, low);
    let sum = w2.mul_add(-0.5, w) + tail;
    e.mul_add(f32::from_bits(0x3F31_8000), sum) // 0.693359375, the large half
}

/// eˣ. A result below the smallest normal number is 0, as on XLA. Source: Cephes' `expf`, with fused operations.
pub(crate) fn exp(x: f32) -> f32 {
    // Beyond these the result is 0 or infinite, and the power of two below would not fit its type.
    let x = x.clamp(-104.0, 89.0);
    let power = x.mul_add(std::f32::consts::LOG2_E, 0.5).floor();
    // ln 2 in two parts; the first has so few digits that the product is exact.
    let rest = power.mul_add(f32::from_bits(0xBF31_8000), x);
    let rest = power.mul_add(f32::from_bits(0x395E_8083), rest);
    let series = horner(f32::from_bits(0x3950_6967), rest, &EXP);
    let fraction = 1.0 + series.mul_add(rest * rest, rest);
    // In two steps, because 2^128 is not an f32.
    let half = (power / 2.0).floor();
    flushed(fraction * power_of_two(half) * power_of_two(power - half))
}

/// 1 / (1 + e⁻ˣ).
pub(crate) fn logistic(x: f32) -> f32 {
    flushed(1.0 / (1.0 + exp(-x)))
}

/// tanh(x). Source: XLA's `EmitFastTanh`, for a CPU with fused operations: Eigen's rational form.
pub(crate) fn tanh(x: f32) -> f32 {
    if x.abs() < 0.0004 {
        return x;
    }
    let most = f32::from_bits(0x40FF_F644);
    let x = x.clamp(-most, most);
    let square = x * x;
    let numerator = x * horner(f32::from_bits(0xA59F_25C0), square, &TANH_NUMERATOR);
    numerator / horner(f32::from_bits(0x35A0_D3D8), square, &TANH_DENOMINATOR)
}

/// 2ⁿ, for an integer n for which this is a normal number.
fn power_of_two(n: f32) -> f32 {
    f32::from_bits(((n as i32 + 127) as u32) << 23)
}

/// 0 instead of a subnormal number.
fn flushed(x: f32) -> f32 {
    if x.is_subnormal() { 0.0 } else { x }
}

/// A polynomial by Horner's rule with fused steps: ((start · x + c₀) · x + c₁) …, coefficients as bits.
fn horner(start: f32, x: f32, coefficients: &[u32]) -> f32 {
    coefficients
        .iter()
        .fold(start, |sum, bits| sum.mul_add(x, f32::from_bits(*bits)))
}

const ERF_INV_CENTRE: [u32; 8] = [
    0x34B8_4B36,
    0xB66C_7357,
    0xB693_5AC1,
    0x3965_32DB,
    0xBAA4_5408,
    0xBB88_E4EF,
    0x3E7C_8F63,
    0x3FC0_2E2F,
];
const ERF_INV_TAIL: [u32; 8] = [
    0x38D3_B56B,
    0x3AB0_DC72,
    0xBB70_BDE7,
    0x3BBC_127B,
    0xBBF9_C5D7,
    0x3C1A_A57E,
    0x3F80_36DB,
    0x4035_4F7E,
];
const LOG1P_DENOMINATOR: [u32; 6] = [
    0x4171_01AD,
    0x42A6_185B,
    0x435D_C32D,
    0x439A_8CA3,
    0x4358_6D8A,
    0x4270_7982,
];
const LOG1P_NUMERATOR: [u32; 6] = [
    0x3EFF_40C5,
    0x40D2_84FA,
    0x41EF_4B9C,
    0x4273_CC76,
    0x4264_73AD,
    0x41A0_5101,
];
const EXP: [u32; 5] = [
    0x3AB7_43CE,
    0x3C08_8908,
    0x3D2A_A9C1,
    0x3E2A_AAAA,
    0x3F00_0000,
];
const TANH_NUMERATOR: [u32; 6] = [
    0x2A61_337E,
    0xAEBD_37FF,
    0x335C_0041,
    0x3779_434A,
    0x3A27_0DED,
    0x3BA0_59DC,
];
const TANH_DENOMINATOR: [u32; 3] = [0x38F8_95D6, 0x3B14_AA05, 0x3BA0_59DD];
