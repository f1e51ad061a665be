use ndarray::Array1;
use nnx::{Linear, Rngs, module};

module! {
    /// Two layers of the same sizes.
    struct Pair { up: Linear, down: Linear }
}

/// Edits models that were cloned, split and merged from one, and returns the outputs of the original, a merged copy and the clone.
///
/// Three numbers about the split state follow: the count of its leaves, the size of the first, and the size of all.
pub fn shared_variables(seed: i64, x: &Array1<f32>, features: usize) -> Array1<f32> {
    let mut rngs = Rngs::new(seed);
    let pair = Pair {
        up: Linear::new(x.len(), features, &mut rngs),
        down: Linear::new(x.len(), features, &mut rngs),
    };

    todo!(
        "tie the layers, clone, split, merge twice, edit, and call; the leaves are still {:?}",
        nnx::state(&pair).paths(),
    )
}
