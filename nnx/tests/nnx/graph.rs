//! split, merge, update and clone: what is shared, what is equal, what is refused.

use std::collections::HashSet;

use ndarray::{Array2, array};
use nnx::{BatchStat, Linear, List, Param, PureDict, Rngs, State};

fn linear(seed: i64) -> Linear {
    Linear::new(3, 4, &mut Rngs::new(seed))
}

fn paths(state: &State) -> Vec<String> {
    state.paths().iter().map(ToString::to_string).collect()
}

#[test]
fn leaves_are_sorted_by_name() {
    let (_, state) = nnx::split(&linear(0));
    assert_eq!(paths(&state), ["bias", "kernel"]);
    assert_eq!(state.flat_state()[0].1.size(), 4);
}

#[test]
fn merge_shares_the_variables_with_the_model_that_was_split() {
    let model = linear(0);
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, &state).unwrap();
    assert!(merged.kernel.is(&model.kernel) && merged.bias.is(&state["bias"]));
    merged.bias.set_value(array![1.0, 2.0, 3.0, 4.0]);
    assert_eq!(model.bias.array1(), array![1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn copies_do_not_share() {
    let model = linear(0);
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.copy()).unwrap();
    let cloned = nnx::clone(&model);
    model.bias.set_value(array![1.0, 2.0, 3.0, 4.0]);
    for copy in [merged, cloned] {
        assert_eq!(copy.bias.array1(), array![0.0, 0.0, 0.0, 0.0]);
        assert_eq!(copy.kernel.value(), model.kernel.value());
        assert_eq!((copy.in_features, copy.out_features), (3, 4));
    }
}

#[test]
fn graphdefs_are_equal_when_the_structure_is() {
    let graphdef = |model: &Linear| nnx::split(model).0;
    let (a, b) = (graphdef(&linear(0)), graphdef(&linear(1)));
    assert_eq!(a, b);
    assert_eq!(a, nnx::split(&nnx::eval_shape(|| linear(0))).0);
    assert_eq!(HashSet::from([a.clone(), b]).len(), 1);

    let without = graphdef(&Linear::without_bias(3, 4, &mut Rngs::new(0)));
    let wider = graphdef(&Linear::new(3, 5, &mut Rngs::new(0)));
    let marked = linear(0);
    marked.kernel.set_metadata("sharding", "rows");
    assert_eq!(
        HashSet::from([a.clone(), without, wider, graphdef(&marked)]).len(),
        4
    );

    let loaded = linear(0);
    loaded.kernel.set_value(Array2::zeros((7, 7)));
    assert_eq!(a, graphdef(&loaded), "shapes are the state's");
}

#[test]
fn a_graphdef_prints_its_structure() {
    let expected = "GraphDef(\n  (root): Linear\n  bias: Param\n  in_features = 3\n  kernel: Param\n  out_features = 4\n)";
    assert_eq!(format!("{:?}", nnx::split(&linear(0)).0), expected);
}

#[test]
fn merge_requires_exactly_the_leaves() {
    let (graphdef, state) = nnx::split(&linear(0));
    let refusal = |state: State| {
        nnx::merge(&graphdef, state)
            .map(drop)
            .unwrap_err()
            .to_string()
    };
    let kernel = || ("kernel", state["kernel"].clone());
    let bias = || ("bias", state["bias"].clone());
    let extra = || ("scale", Param::new(array![1.0]).into());
    let from = |leaves: Vec<(&'static str, nnx::Variable)>| State::from_flat_path(leaves).unwrap();

    let text = "nnx.merge: Incorrect number of leaves, expected 2 leaves, but got 1; missing: bias";
    assert_eq!(refusal(from(vec![kernel()])), text);
    let text = "nnx.merge: Incorrect number of leaves, expected 2 leaves, but got 3; not in the graphdef: scale";
    assert_eq!(refusal(from(vec![kernel(), bias(), extra()])), text);
    let text = "nnx.merge: Incorrect leaves; missing: bias; not in the graphdef: scale";
    assert_eq!(refusal(from(vec![kernel(), extra()])), text);
    let stat = BatchStat::new(array![0.0, 0.0, 0.0, 0.0]);
    let text = "nnx.merge: bias: expected a Param, found a BatchStat";
    assert_eq!(refusal(from(vec![kernel(), ("bias", stat.into())])), text);
}

#[test]
fn merge_does_not_look_at_shapes() {
    let (graphdef, state) = nnx::split(&linear(0));
    let transposed = state["kernel"].replace(state["kernel"].array2().t());
    let leaves = [("bias", state["bias"].clone()), ("kernel", transposed)];
    let model = nnx::merge(&graphdef, State::from_flat_path(leaves).unwrap()).unwrap();
    assert_eq!(model.kernel.shape(), [4, 3]);
    assert!(model.try_call(&array![1.0, 2.0, 3.0]).is_err());
}

#[test]
fn update_copies_values_into_the_model() {
    let (model, other) = (linear(0), linear(1));
    nnx::update(&model, nnx::state(&other)).unwrap();
    assert_eq!(model.kernel.value(), other.kernel.value());
    assert!(!model.kernel.is(&other.kernel));
}

#[test]
fn update_accepts_a_part_and_rejects_unknown_keys() {
    let model = linear(0);
    let before = model.kernel.value();
    let bias = Param::new(array![1.0, 1.0, 1.0, 1.0]);
    nnx::update(
        &model,
        State::from_flat_path([("bias", bias.clone())]).unwrap(),
    )
    .unwrap();
    assert_eq!(
        (model.bias.array1(), model.kernel.value()),
        (bias.array1(), before)
    );

    let stranger =
        State::from_flat_path([("bias", Param::new(array![9.0])), ("scale", bias)]).unwrap();
    let text = nnx::update(&model, stranger).unwrap_err().to_string();
    assert_eq!(text, "nnx.update: there is no scale; there is bias, kernel");
    assert_eq!(model.bias.array1(), array![1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn tied_parameters_are_one_leaf() {
    let mut rngs = Rngs::new(0);
    let mut pair = Pair {
        second: Linear::without_bias(2, 2, &mut rngs),
        first: Linear::without_bias(2, 2, &mut rngs),
    };
    pair.second.kernel = pair.first.kernel.clone();
    let (graphdef, state) = nnx::split(&pair);
    assert_eq!(paths(&state), ["first.kernel"]);
    assert!(format!("{graphdef:?}").contains("second.kernel is first.kernel"));

    let merged = nnx::merge(&graphdef, state.copy()).unwrap();
    let cloned = nnx::clone(&pair);
    for copy in [&merged, &cloned] {
        assert!(copy.first.kernel.is(&copy.second.kernel));
        assert!(!copy.first.kernel.is(&pair.first.kernel));
    }
    pair.second.kernel = Param::new(pair.first.kernel.value());
    assert_ne!(nnx::split(&pair).0, graphdef);
}

nnx::module! {
    struct Pair { second: Linear, first: Linear }
}

#[test]
fn a_plain_dict_fills_a_graphdef_with_variables_of_its_kinds() {
    nnx::module! { struct Stack { layers: List<Linear>, mean: BatchStat } }
    let layers = [1, 2].map(|seed| Linear::new(1, 1, &mut Rngs::new(seed)));
    let mean = BatchStat::new(array![7.0]).with_metadata("sharding", "rows");
    let model = Stack {
        layers: List::new(layers),
        mean,
    };
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    assert_eq!(
        merged.layers[1].kernel.value(),
        model.layers[1].kernel.value()
    );
    assert_eq!(merged.mean.metadata()["sharding"], "rows");
    assert!(!merged.mean.is(&model.mean), "a dict shares nothing");

    // What JSON made of the positions.
    let layer = |value: f32| {
        PureDict::new()
            .with("bias", array![value])
            .with("kernel", array![[value]])
    };
    let dict = |first: &str| {
        let layers = PureDict::from([(first, layer(1.0)), ("1", layer(2.0))]);
        PureDict::new()
            .with("layers", layers)
            .with("mean", array![3.0])
    };
    let merged = nnx::merge(&graphdef, dict("0")).unwrap();
    assert_eq!(merged.layers[1].bias.array1(), array![2.0]);
    state.replace_by_pure_dict(&dict("0")).unwrap();
    assert_eq!(model.layers[0].kernel.array2(), array![[1.0]]);
    let text = nnx::merge(&graphdef, dict("zero"))
        .err()
        .unwrap()
        .to_string();
    assert!(
        text.contains("missing: layers.0.bias, layers.0.kernel"),
        "{text}"
    );
    let text = state
        .replace_by_pure_dict(&dict("7"))
        .unwrap_err()
        .to_string();
    assert!(
        text.starts_with("nnx.replace_by_pure_dict: there is no layers.\"7\".bias"),
        "{text}"
    );
    // Flax's update accepts only exactly the same keys.
    let text = nnx::update(&model, dict("0")).unwrap_err().to_string();
    assert!(
        text.starts_with("nnx.update: there is no layers.\"0\".bias"),
        "{text}"
    );
}

#[test]
fn a_plain_dict_updates_what_it_has() {
    let model = linear(0);
    let kernel = model.kernel.clone();
    nnx::update(
        &model,
        PureDict::from([("bias", array![1.0, 2.0, 3.0, 4.0])]),
    )
    .unwrap();
    assert_eq!(model.bias.array1(), array![1.0, 2.0, 3.0, 4.0]);
    assert!(model.kernel.is(&kernel));
    let stray = PureDict::from([("bias", array![0.0]), ("weight", array![0.0])]);
    assert!(nnx::update(&model, &stray).is_err());
    assert_eq!(
        model.bias.array1(),
        array![1.0, 2.0, 3.0, 4.0],
        "nothing was set"
    );
}
