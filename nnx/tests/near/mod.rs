//! Compares outputs whose last bit is not fixed with recorded outputs from real Flax.

use ndarray::{ArrayBase, Data, Dimension};

/// Every output is within this many ulp of the greatest expected magnitude: the rule `scaled_ulp` of a spec.
#[track_caller]
pub(crate) fn assert_near<S: Data<Elem = f32>, D: Dimension>(
    found: &ArrayBase<S, D>,
    expected: &[u32],
    limit: f32,
) {
    let expected: Vec<f32> = expected.iter().map(|bits| f32::from_bits(*bits)).collect();
    let greatest = expected
        .iter()
        .fold(0.0_f32, |most, value| most.max(value.abs()));
    let ulp = greatest.next_up() - greatest;
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert!(
            (found - expected).abs() <= limit * ulp,
            "{found} is not near {expected}"
        );
    }
}
