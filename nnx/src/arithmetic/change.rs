//! The switch that the author's tools use: the same products and sums, computed differently.
//!
//! `katas author` runs a solution under each change, to find cases that depend on the order of sums and to know the
//! outputs of answers that compute in the same way. The switch is part of every build, because a second build of this
//! crate would take each author as long as the first. It is read once for each call of a layer, so its cost is too
//! small to measure. An answer that turns it on changes its own outputs and nothing else.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{written_dot, written_sum};
use crate::half::{Bf16, F16};
use crate::tensor::Tensor;

/// What is computed differently.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Nothing,
    NoBias,
    DoubleBias,
    SumReversed,
    SumPairwise,
    NoFma,
    InF64,
    ThroughBf16,
    ThroughF16,
}

/// Every change, by the id that a lock records.
const CHANGES: &[(&str, Change)] = &[
    ("nothing", Change::Nothing),
    ("no_bias", Change::NoBias),
    ("double_bias", Change::DoubleBias),
    ("sum_reversed", Change::SumReversed),
    ("sum_pairwise", Change::SumPairwise),
    ("no_fma", Change::NoFma),
    ("in_f64", Change::InF64),
    ("through_bf16", Change::ThroughBf16),
    ("through_f16", Change::ThroughF16),
];

/// The index of the active change.
static CURRENT: AtomicUsize = AtomicUsize::new(0);

/// Turns a change on for the whole process; `nothing` turns it off.
///
/// # Panics
/// If there is no change with this id.
pub fn change(id: &str) {
    let found = CHANGES.iter().position(|(known, _)| *known == id);
    let position = found.unwrap_or_else(|| panic!("there is no change of the arithmetic {id:?}"));
    CURRENT.store(position, Ordering::Relaxed);
}

impl Change {
    pub(super) fn current() -> Self {
        CHANGES[CURRENT.load(Ordering::Relaxed)].1
    }

    /// x · weights + bias, without an addition if there is no bias.
    pub(super) fn output(self, x: &[f32], weights: &[f32], bias: Option<f32>, alone: bool) -> f32 {
        let pairs = || x.iter().zip(weights);
        let product = match self {
            Self::SumReversed => pairs().rev().fold(0.0, |sum, (x, w)| x.mul_add(*w, sum)),
            Self::SumPairwise => pairwise(&pairs().map(|(x, w)| x * w).collect::<Vec<f32>>()),
            Self::NoFma => pairs().fold(0.0, |sum, (x, w)| sum + x * w),
            Self::InF64 => {
                let wide = pairs().map(|(x, w)| f64::from(*x) * f64::from(*w));
                return (wide.sum::<f64>() + f64::from(bias.unwrap_or(0.0))) as f32;
            }
            _ => written_dot(x, weights, alone),
        };
        self.biased(product, bias)
    }

    /// value + bias, without an addition if there is no bias.
    pub(super) fn biased(self, value: f32, bias: Option<f32>) -> f32 {
        match (self, bias) {
            (_, None) | (Self::NoBias, _) => value,
            (Self::DoubleBias, Some(bias)) => value + bias + bias,
            (_, Some(bias)) => value + bias,
        }
    }

    pub(super) fn sum(self, values: &[f32]) -> f32 {
        match self {
            Self::SumReversed => values.iter().rev().fold(0.0, |sum, value| sum + value),
            Self::SumPairwise => pairwise(values),
            Self::InF64 => values.iter().map(|value| f64::from(*value)).sum::<f64>() as f32,
            _ => written_sum(values),
        }
    }

    pub(super) fn parameters(self, tensor: &Tensor) -> Tensor {
        let through: fn(f32) -> f32 = match self {
            Self::ThroughBf16 => |value| Bf16::from_f32(value).to_f32(),
            Self::ThroughF16 => |value| F16::from_f32(value).to_f32(),
            _ => return tensor.clone(),
        };
        let values = tensor.values::<f32>().expect("parameters of f32");
        Tensor::from_vec(
            values.iter().map(|value| through(*value)).collect(),
            tensor.shape(),
        )
    }
}

/// The sum of both halves, each summed in the same way.
fn pairwise(values: &[f32]) -> f32 {
    match values {
        [] => 0.0,
        [only] => *only,
        _ => {
            let (left, right) = values.split_at(values.len() / 2);
            pairwise(left) + pairwise(right)
        }
    }
}
