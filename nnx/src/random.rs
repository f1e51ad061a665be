//! `jax.random`, as far as initial values need it: keys, bits and normal distributions.
//!
//! [`crate::Rngs`] and the initializers call it. The bits are those of JAX 0.5 and later (`jax_threefry_partitionable`)
//! with x64 off. There are no other distributions.

use ndarray::{ArrayD, IxDyn};

use crate::calls::note_draws;
use crate::special::erf_inv;
use crate::threefry::threefry2x32;

/// A random key: two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(
    /// The words that `jax.random.key_data` returns.
    pub [u32; 2],
);

/// The key of a seed: its low 32 bits, so −1 and 4294967295 are the same seed, and so are 0 and 2³².
pub fn key(seed: i64) -> Key {
    Key([0, seed as u32])
}

/// A new key from a key and a number.
pub fn fold_in(key: Key, data: u32) -> Key {
    Key(threefry2x32(key.0, [0, data]))
}

/// The 32 random bits of the element at a row-major position. They do not depend on the array's shape.
pub fn bits_at(key: Key, position: u64) -> u32 {
    let [a, b] = threefry2x32(key.0, [(position >> 32) as u32, position as u32]);
    a ^ b
}

/// The bits of the first `count` elements.
pub fn bits(key: Key, count: usize) -> Vec<u32> {
    note_draws(count);
    (0..count as u64)
        .map(|position| bits_at(key, position))
        .collect()
}

/// Values of the standard normal distribution cut off at −2 and 2: `jax.random.truncated_normal(key, -2, 2, shape)`.
pub fn truncated_normal(key: Key, shape: &[usize]) -> ArrayD<f32> {
    drawn(key, shape, truncated_normal_from_bits)
}

/// Values of the standard normal distribution: `jax.random.normal(key, shape)`.
pub fn normal(key: Key, shape: &[usize]) -> ArrayD<f32> {
    drawn(key, shape, normal_from_bits)
}

/// One value of [`normal`] from 32 random bits, of which the upper 23 are used.
///
/// u is uniform between −1 and 1, and z = √2 · erf⁻¹(u).
pub fn normal_from_bits(bits: u32) -> f32 {
    let low = f32::from_bits(0xBF7F_FFFF); // the float next to -1, inside
    let u = unit(bits).mul_add(1.0 - low, low).max(low);
    erf_inv(u) * SQRT_2
}

/// One value of [`truncated_normal`] from 32 random bits, of which the upper 23 are used.
///
/// u is uniform between erf(−2/√2) and erf(2/√2), and z = √2 · erf⁻¹(u).
pub fn truncated_normal_from_bits(bits: u32) -> f32 {
    let low = f32::from_bits(0xBF74_5A18); // erf(-2/sqrt(2)), as XLA has it
    let high = f32::from_bits(0x3F74_5A18);
    let u = unit(bits).mul_add(high - low, low).max(low);
    let z = erf_inv(u) * SQRT_2;
    z.max(f32::from_bits(0xBFFF_FFFF))
        .min(f32::from_bits(0x3FFF_FFFF)) // the floats next to -2 and 2, inside
}

/// One value for the random bits of each element, row-major.
fn drawn(key: Key, shape: &[usize], value: fn(u32) -> f32) -> ArrayD<f32> {
    note_draws(shape.iter().product());
    let mut position = 0;
    ArrayD::from_shape_simple_fn(IxDyn(shape), || {
        let value = value(bits_at(key, position));
        position += 1;
        value
    })
}

/// A float in [0, 1) from the upper 23 bits.
fn unit(bits: u32) -> f32 {
    f32::from_bits((bits >> 9) | 0x3F80_0000) - 1.0
}

const SQRT_2: f32 = f32::from_bits(0x3FB5_04F3);
