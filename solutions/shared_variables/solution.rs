use ndarray::{Array1, Axis, array, concatenate};
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
    let mut pair = Pair {
        up: Linear::new(x.len(), features, &mut rngs),
        down: Linear::new(x.len(), features, &mut rngs),
    };
    // A variable is a handle, and its clone is a handle to the same array. No array is copied, and the original kernel
    // of `down` is dropped.
    pair.down.kernel = pair.up.kernel.clone();

    // Create all models before the first edit: a later clone would be a clone of the edited model.
    let clone = nnx::clone(&pair);
    let (graphdef, state) = nnx::split(&pair);
    let parts = "graphdef and state come from the same model";
    // This model has the same variables as `pair` ...
    let merged = nnx::merge(&graphdef, &state).expect(parts);
    // ... and this one has new variables with the same values. Its layers are tied as well.
    let separate = nnx::merge(&graphdef, &state.copy()).expect(parts);

    // Both of these edits change the original: one through the shared bias, one through the kernel that is also `up`'s.
    merged.up.bias.set_value(merged.up.bias.array1() + 1.0);
    merged
        .down
        .kernel
        .set_value(merged.down.kernel.array2() * 2.0);
    // These edits do not change the original.
    separate.up.bias.set_value(separate.up.bias.array1() - 1.0);
    clone
        .down
        .kernel
        .set_value(clone.down.kernel.array2() * 4.0);

    // The leaves are sorted by path: down.bias, down.kernel, up.bias. The tied kernel is one leaf, under its first path.
    let sizes: Vec<usize> = state.iter().map(|(_, variable)| variable.size()).collect();
    let counts = array![
        sizes.len() as f32,
        sizes[0] as f32,
        sizes.iter().sum::<usize>() as f32
    ];

    concatenate![
        Axis(0),
        pair.up.call(x),
        separate.up.call(x),
        clone.up.call(x),
        counts
    ]
}
