//! The sum of a vector in the order JAX has on a CPU.
//!
//! Learners call it where Flax code says `y.sum()`; the product with one output column uses it too. Only one dimension:
//! over two the order is the machine's choice in JAX, so there are no bits to agree on.

use ndarray::ArrayRef1;

/// `y.sum()` of a vector. An empty one has the sum +0.0.
///
/// Up to 32 values are added left to right. More are cut into ⌈n/32⌉ windows of 32, centred on the vector, and the windows'
/// sums are summed by the same rule. Checked against JAX 0.10.2 up to 2048 values; it differs at 4096.
pub fn sum(values: &ArrayRef1<f32>) -> f32 {
    match values.as_slice() {
        Some(slice) => sum_slice(slice),
        None => sum_slice(&values.to_vec()),
    }
}

pub(crate) fn sum_slice(values: &[f32]) -> f32 {
    if values.len() <= WINDOW {
        return values.iter().fold(0.0, |sum, value| sum + value);
    }
    let windows = values.len().div_ceil(WINDOW);
    let before = (windows * WINDOW - values.len()) / 2; // the padding in front of the first value
    let partial: Vec<f32> = (0..windows)
        .map(|window| {
            let start = (window * WINDOW).saturating_sub(before);
            let end = ((window + 1) * WINDOW - before).min(values.len());
            sum_slice(&values[start..end])
        })
        .collect();
    sum_slice(&partial)
}

const WINDOW: usize = 32;
