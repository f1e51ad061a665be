//! The sizes of a kata's arrays, for warming up.

use serde::Serialize;

use crate::array::{Dtype, Value};
use crate::spec::Spec;

/// The maximum number of layers to warm up: each takes a quarter of a second.
const MOST_LAYERS: usize = 8;
const MOST_LENGTHS: usize = 16;
const LARGEST: usize = 4096;

/// What `driver/katas_driver/operations.py` reads.
#[derive(Debug, Serialize)]
pub(super) struct Sizes {
    /// Inputs and outputs of layers.
    layers: Vec<(usize, usize)>,
    /// Lengths of vectors.
    lengths: Vec<usize>,
}

impl Sizes {
    /// The sizes that a spec's cases name, those of shown cases first. Any two dimensions can be the inputs and
    /// outputs of a layer; the first one is more often the input.
    pub(super) fn of(spec: &Spec) -> Self {
        let mut sizes = Self {
            layers: Vec::new(),
            lengths: Vec::new(),
        };
        let mut cases: Vec<_> = spec.cases.iter().collect();
        cases.sort_by_key(|case| case.expect.is_none());
        for case in cases {
            let is_dim = |length| case.dims.iter().any(|(_, size)| *size == length);
            let mut dims = Vec::new();
            for value in &case.given {
                match value {
                    Value::Array(array) => {
                        add(&mut sizes.lengths, array.len(), MOST_LENGTHS);
                        if is_dim(array.len()) {
                            add(&mut dims, array.len(), MOST_LENGTHS);
                        }
                    }
                    // A `usize` is the size of something; a seed has a different type.
                    Value::Scalar(scalar) if scalar.dtype == Dtype::U64 => {
                        let size = usize::try_from(scalar.bits).unwrap_or(usize::MAX);
                        add(&mut sizes.lengths, size, MOST_LENGTHS);
                        // Even if it equals another: a square layer has equal inputs and outputs.
                        dims.push(size);
                    }
                    Value::Scalar(_) | Value::Bytes(_) | Value::Str(_) => {}
                }
            }
            for (place, inputs) in dims.iter().enumerate() {
                for outputs in &dims[place + 1..] {
                    add(&mut sizes.layers, (*inputs, *outputs), MOST_LAYERS);
                }
            }
        }
        // Larger ones are rare and take a long time.
        sizes
            .layers
            .retain(|(inputs, outputs)| inputs.saturating_mul(*outputs) <= LARGEST);
        sizes.lengths.retain(|length| *length <= LARGEST);
        sizes
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, one: T, most: usize) {
    if list.len() < most && !list.contains(&one) {
        list.push(one);
    }
}
