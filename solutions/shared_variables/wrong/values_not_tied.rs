//! Writes the numbers of one kernel into the other.

use ndarray::{Array1, Axis, array, concatenate};
use nnx::{Linear, Rngs, module};

module! {
    struct Pair { up: Linear, down: Linear }
}

pub fn shared_variables(seed: i64, x: &Array1<f32>, features: usize) -> Array1<f32> {
    let mut rngs = Rngs::new(seed);
    let pair = Pair {
        up: Linear::new(x.len(), features, &mut rngs),
        down: Linear::new(x.len(), features, &mut rngs),
    };
    pair.down.kernel.set_value(pair.up.kernel.array2());

    let clone = nnx::clone(&pair);
    let (graphdef, state) = nnx::split(&pair);
    let parts = "graphdef and state come from the same model";
    let merged = nnx::merge(&graphdef, &state).expect(parts);
    let separate = nnx::merge(&graphdef, &state.copy()).expect(parts);

    merged.up.bias.set_value(merged.up.bias.array1() + 1.0);
    merged
        .down
        .kernel
        .set_value(merged.down.kernel.array2() * 2.0);
    separate.up.bias.set_value(separate.up.bias.array1() - 1.0);
    clone
        .down
        .kernel
        .set_value(clone.down.kernel.array2() * 4.0);

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
