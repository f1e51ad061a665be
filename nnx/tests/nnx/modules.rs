//! Modules of the user: paths through lists and options, attributes, hand-written walks.

use ndarray::{Array1, array};
use nnx::{Linear, List, Module, Param, Rngs, Walk};

nnx::module! {
    /// Two layers and a maximum with zero between them.
    struct Mlp { up: Linear, down: Linear }
}

impl Mlp {
    fn new(width: usize, rngs: &mut Rngs) -> Self {
        Self {
            up: Linear::new(width, 2 * width, rngs),
            down: Linear::without_bias(2 * width, width, rngs),
        }
    }

    fn call(&self, x: &Array1<f32>) -> Array1<f32> {
        self.down
            .call(&self.up.call(x).mapv(|value| value.max(0.0)))
    }
}

nnx::module! {
    struct Model { name: String, layers: List<Mlp>, scale: Option<Param>, depth: usize }
}

fn model(depth: usize, scale: bool) -> Model {
    let mut rngs = Rngs::new(0);
    Model {
        name: "model".to_owned(),
        layers: List::new((0..depth).map(|_| Mlp::new(1, &mut rngs))),
        scale: scale.then(|| Param::new(array![1.0])),
        depth,
    }
}

fn paths(model: &impl Module) -> Vec<String> {
    nnx::state(model)
        .paths()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn paths_lead_through_lists_and_options() {
    let expected = [
        "layers.0.down.kernel",
        "layers.0.up.bias",
        "layers.0.up.kernel",
        "layers.1.down.kernel",
        "layers.1.up.bias",
        "layers.1.up.kernel",
        "scale",
    ];
    assert_eq!(paths(&model(2, true)), expected);
    assert_eq!(paths(&model(2, false)), expected[..6]);
}

#[test]
fn the_eleventh_layer_comes_after_the_tenth() {
    let paths = paths(&model(11, false));
    assert_eq!(paths[30], "layers.10.down.kernel");
    assert_eq!(paths[3], "layers.1.down.kernel");
}

#[test]
fn attributes_and_missing_parts_are_structure() {
    let graphdef = |model: &Model| nnx::split(model).0;
    assert_eq!(graphdef(&model(2, true)), graphdef(&model(2, true)));
    assert_ne!(graphdef(&model(2, true)), graphdef(&model(2, false)));
    assert!(format!("{:?}", graphdef(&model(2, false))).contains("\n  scale = None\n"));
    let renamed = Model {
        name: "other".to_owned(),
        ..model(2, true)
    };
    assert_ne!(graphdef(&renamed), graphdef(&model(2, true)));
}

#[test]
fn a_merged_module_calls_alike() {
    let model = model(2, true);
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.copy()).unwrap();
    assert_eq!(
        (merged.depth, merged.name.as_str(), merged.layers.len()),
        (2, "model", 2)
    );
    let x = array![0.75];
    for (layer, again) in model.layers.iter().zip(&merged.layers) {
        assert_eq!(layer.call(&x), again.call(&x));
    }
}

/// The code that the macro generates, written by hand, with a part that is rebuilt.
struct Cached {
    linear: Linear,
    cache: Vec<f32>,
}

impl Module for Cached {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        walk.module("Cached");
        Self {
            linear: walk.child("linear", &self.linear),
            cache: Vec::new(),
        }
    }
}

#[test]
fn a_hand_written_walk_chooses_the_fields() {
    let cached = Cached {
        linear: Linear::new(1, 1, &mut Rngs::new(0)),
        cache: vec![1.0],
    };
    let copy = nnx::clone(&cached);
    assert_eq!(paths(&copy), ["linear.bias", "linear.kernel"]);
    assert!(copy.cache.is_empty() && !cached.cache.is_empty());
}
