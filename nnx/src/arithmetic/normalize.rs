//! What the normalization layers share: statistics of a group of values, and the values normalized by them.
//!
//! Each step is one rounded operation, in the order of Flax's `_compute_stats` and `_normalize`. JAX's own 1 / √ is an
//! approximation that depends on the CPU, so outputs agree with Flax's to a few ulp, but not in all bits.

use super::Change;
use crate::tensor::Tensor;

/// The mean and the variance of a group of values.
#[derive(Clone, Copy)]
pub(crate) struct Statistics {
    pub(crate) mean: f32,
    pub(crate) variance: f32,
}

/// A scale and a bias, with a value for each feature.
pub(crate) struct Affine {
    change: Change,
    scale: Option<Vec<f32>>,
    bias: Option<Vec<f32>>,
}

impl Statistics {
    /// The fast variance is the mean of the squares minus the square of the mean, and at least 0. For large values
    /// with a small variance it is inaccurate; the other method is the mean of the squared distances from the mean.
    pub(crate) fn of(values: &[f32], fast_variance: bool) -> Self {
        let mean = mean(values);
        let variance = if fast_variance {
            let difference = mean_of_squares(values) - mean * mean;
            // Unlike `f32::max`, XLA's maximum keeps a NaN.
            if difference < 0.0 { 0.0 } else { difference }
        } else {
            let distances: Vec<f32> = values.iter().map(|value| value - mean).collect();
            mean_of_squares(&distances)
        };
        Self { mean, variance }
    }

    /// The statistics of each feature of x (.., features), over all other dimensions.
    pub(crate) fn of_columns(x: &Tensor, fast_variance: bool) -> Vec<Self> {
        let features = *x.shape().last().expect("x has a dimension of features");
        let values = x.values::<f32>().expect("an x of f32");
        let column = |feature: usize| values.iter().skip(feature).step_by(features).copied();
        (0..features)
            .map(|feature| Self::of(&column(feature).collect::<Vec<f32>>(), fast_variance))
            .collect()
    }

    /// From vectors of means and of variances, which have the same length.
    pub(crate) fn zip(means: &Tensor, variances: &Tensor) -> Vec<Self> {
        let values = |tensor: &Tensor| tensor.values::<f32>().expect("f32").into_owned();
        let pairs = values(means).into_iter().zip(values(variances));
        pairs
            .map(|(mean, variance)| Self { mean, variance })
            .collect()
    }

    /// The variance about 0, which root mean square layers take.
    pub(crate) fn about_zero(values: &[f32]) -> Self {
        Self {
            mean: 0.0,
            variance: mean_of_squares(values),
        }
    }
}

impl Affine {
    /// Takes parameters of a layer, each of f32 with one value for each feature.
    pub(crate) fn new(scale: Option<&Tensor>, bias: Option<&Tensor>) -> Self {
        let change = Change::current();
        let values = |tensor: &Tensor| {
            let tensor = change.parameters(tensor);
            let values = tensor.values::<f32>().expect("a parameter of f32");
            values.into_owned()
        };
        Self {
            change,
            scale: scale.map(values),
            bias: bias.map(values),
        }
    }

    /// Normalizes each row of x (.., features) by its own statistics.
    pub(crate) fn rows(
        &self,
        x: &Tensor,
        epsilon: f32,
        statistics: impl Fn(&[f32]) -> Statistics,
    ) -> Tensor {
        let features = *x.shape().last().expect("x has a dimension of features");
        let values = x.values::<f32>().expect("an x of f32");
        let mut y = Vec::with_capacity(values.len());
        for row in values.chunks(features.max(1)) {
            let statistics = statistics(row);
            let pairs = row.iter().enumerate();
            y.extend(pairs.map(|(feature, x)| self.normalize(*x, feature, statistics, epsilon)));
        }
        Tensor::from_vec(y, x.shape())
    }

    /// Normalizes each feature of x (.., features) by separate statistics.
    pub(crate) fn columns(&self, x: &Tensor, epsilon: f32, statistics: &[Statistics]) -> Tensor {
        let values = x.values::<f32>().expect("an x of f32");
        let features = (0..statistics.len()).cycle();
        let y = values
            .iter()
            .zip(features)
            .map(|(value, feature)| self.normalize(*value, feature, statistics[feature], epsilon));
        Tensor::from_vec(y.collect(), x.shape())
    }

    /// (x − mean) · (1 / √(variance + epsilon) · scale) + bias, for one value of a feature.
    fn normalize(&self, value: f32, feature: usize, statistics: Statistics, epsilon: f32) -> f32 {
        let factor = 1.0 / (statistics.variance + epsilon).sqrt();
        let factor = match &self.scale {
            Some(scale) => factor * scale[feature],
            None => factor,
        };
        let normalized = (value - statistics.mean) * factor;
        let bias = self.bias.as_ref().map(|bias| bias[feature]);
        self.change.biased(normalized, bias)
    }
}

/// XLA multiplies by the reciprocal instead of dividing.
fn mean(values: &[f32]) -> f32 {
    Change::current().sum(values) * (1.0 / values.len() as f32)
}

fn mean_of_squares(values: &[f32]) -> f32 {
    let squares: Vec<f32> = values.iter().map(|value| value * value).collect();
    mean(&squares)
}
