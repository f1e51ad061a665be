//! The right numbers, converted to a type that cannot hold them: bf16, f16, whole numbers, 32 bits.
//!
//! Proved by converting the expected output in the same way: this must give the answer's bits.

use super::Cause;
use super::arithmetic::{bf16, f16, round};
use super::explanation::Explanation;
use super::pair::{Pair, Trial};
use super::picture;
use super::shown::{Shown, best};
use crate::array::Dtype;

pub(super) struct Narrowed;

/// An intermediate type: its name, its conversion, and what is lost.
struct Through {
    name: &'static str,
    change: fn(f64) -> f64,
    loses: &'static str,
    /// Whether it is tried for this dtype.
    on: fn(Dtype) -> bool,
}

const THROUGH: &[Through] = &[
    Through {
        name: "bf16",
        change: bf16,
        loses: "it keeps 8 bits of precision, between two and three decimal digits",
        on: |dtype| matches!(dtype, Dtype::F32 | Dtype::F64),
    },
    Through {
        name: "f16",
        change: f16,
        loses: "it keeps 11 bits of precision, about three decimal digits, and cannot go beyond 65504",
        on: |dtype| matches!(dtype, Dtype::F32 | Dtype::F64),
    },
    Through {
        name: "f32",
        change: |value| f64::from(value as f32),
        loses: "it keeps 24 bits of precision, and whole numbers only up to 2^24",
        on: |dtype| dtype == Dtype::F64 || dtype.is_integer(),
    },
    Through {
        name: "bf16 by truncation",
        change: |value| f64::from(f32::from_bits((value as f32).to_bits() & 0xffff_0000)),
        loses: "truncation rounds toward zero, but a cast rounds to the nearest value",
        on: |dtype| dtype == Dtype::F32,
    },
    Through {
        name: "whole numbers",
        change: f64::trunc,
        loses: "everything after the decimal point is cut off",
        on: Dtype::is_float,
    },
    Through {
        name: "the nearest whole numbers",
        change: f64::round_ties_even,
        loses: "everything after the decimal point is rounded away",
        on: Dtype::is_float,
    },
    Through {
        name: "u32",
        change: |value| value.rem_euclid(4_294_967_296.0),
        loses: "its maximum is 4294967295, and larger values wrap around, starting again from zero",
        on: |dtype| matches!(dtype, Dtype::I64 | Dtype::U64),
    },
    Through {
        name: "i32",
        change: |value| (value + 2_147_483_648.0).rem_euclid(4_294_967_296.0) - 2_147_483_648.0,
        loses: "its maximum is 2147483647, and larger values wrap around to negative ones",
        on: |dtype| dtype == Dtype::I64,
    },
];

impl Cause for Narrowed {
    fn id(&self) -> &'static str {
        "narrowed"
    }

    fn needs_numbers(&self) -> bool {
        true
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let (proof, through) = best(THROUGH, |through| {
            shown.prove(2, &|pair| {
                (through.on)(pair.dtype).then(|| trial(pair, through))
            })
        })?;
        let picture = shown
            .example(&proof)
            .and_then(|pair| picture::lines(pair, Vec::new()));
        Some(shown.tell(
            self.id(),
            proof,
            format!("the correct output, converted to {} along the way", through.name),
            format!(
                "Converting the expected numbers to {} gives exactly your bits: {}. Look for a cast, or for a dtype that the \
                 values pass through.",
                through.name, through.loses
            ),
            picture,
        ))
    }
}

fn trial<'t>(pair: &'t Pair<'_>, through: &'t Through) -> Trial<'t> {
    let dtype = pair.dtype;
    Trial::Make(Box::new(move |values, index| {
        let changed = (through.change)(dtype.to_f64(values[index]));
        if dtype.is_float() {
            return round(dtype, changed);
        }
        // Above 2^53, an f64 cannot represent every integer, so the converted value may not be exact.
        (changed.abs() < 9e15).then(|| dtype.from_integer(changed as i128))?
    }))
}
