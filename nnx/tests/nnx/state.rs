//! States, paths and pure dicts: order, round trips, conflicts.

use ndarray::{Array2, array};
use nnx::{Linear, Node, Param, Part, Path, PureDict, Rngs, State, Tensor, linen};

use crate::panics::panic_of;

#[test]
fn paths_have_names_and_numbers() {
    let path = Path::from("layers.0.kernel");
    assert_eq!(
        path.parts(),
        [Part::from("layers"), Part::Index(0), Part::from("kernel")]
    );
    assert_eq!(path, Path::root().join("layers").join(0).join("kernel"));
    assert_eq!(path.to_string(), "layers.0.kernel");
    // Splitting a checkpoint's key leaves digits that are text: a different path, and it shows.
    let split: Path = "layers.0.kernel".split('.').collect();
    assert_ne!(split, path);
    assert_eq!(split.to_string(), "layers.\"0\".kernel");
    assert!(Path::from("layers.9") < Path::from("layers.10"));
    assert_eq!(Path::root().to_string(), "(root)");
}

#[test]
fn flat_state_and_back() {
    let (graphdef, state) = nnx::split(&Linear::new(3, 4, &mut Rngs::new(0)));
    let mut flat = state.flat_state();
    flat.reverse(); // the order given does not matter
    let again = State::from_flat_path(flat).unwrap();
    assert_eq!(again.paths(), [Path::from("bias"), Path::from("kernel")]);
    assert!(again["kernel"].is(&state["kernel"]));
    nnx::merge(&graphdef, again).unwrap();
}

#[test]
fn a_path_is_a_leaf_or_leads_on_but_not_both() {
    let refusal = |paths: [&str; 2]| {
        let leaves = paths.map(|path| (path, Param::new(array![1.0])));
        State::from_flat_path(leaves).unwrap_err().to_string()
    };
    assert_eq!(
        refusal(["a.b", "a.b"]),
        "nnx.from_flat_state: a.b is given twice"
    );
    assert_eq!(
        refusal(["a.b.c", "a"]),
        "nnx.from_flat_state: a.b.c leads through a, which is a leaf"
    );
}

#[test]
fn a_conflict_is_found_among_neighbors() {
    // Between the leaf `a` and a path through it, there is another such path.
    let leaves = ["a.b", "a", "ab", "a.c"].map(|path| (path, Param::new(array![1.0])));
    assert!(State::from_flat_path(leaves).is_err());
    let leaves = ["a.b", "ab", "a.c"].map(|path| (path, Param::new(array![1.0])));
    assert_eq!(State::from_flat_path(leaves).unwrap().len(), 3);
}

#[test]
fn states_go_together_unless_they_overlap() {
    let leaf = |path: &str| State::from_flat_path([(path, Param::new(array![1.0]))]).unwrap();
    let both = State::merge([leaf("b"), leaf("a")]).unwrap();
    assert_eq!(both.paths(), [Path::from("a"), Path::from("b")]);
    let text = State::merge([leaf("a"), leaf("a")])
        .unwrap_err()
        .to_string();
    assert_eq!(text, "nnx.merge_state: a is given twice");
}

#[test]
fn a_missing_path_lists_the_existing_ones() {
    let state = nnx::state(&Linear::new(3, 4, &mut Rngs::new(0)));
    assert!(state.get("weight").is_none());
    let text = panic_of(|| state["weight"].clone());
    assert_eq!(text, "nnx.State: there is no weight; there is bias, kernel");
}

#[test]
fn a_pure_dict_is_nested_and_shares_nothing() {
    let state = State::from_flat_path([
        (Path::from("layers.0.kernel"), Param::new(array![[1.0]])),
        (Path::from("layers.1.kernel"), Param::new(array![[2.0]])),
        (Path::from("scale"), Param::new(array![3.0])),
    ]);
    let state = state.unwrap();
    let dict = state.to_pure_dict();
    let layer = dict["layers"].as_dict().unwrap()[1].as_dict().unwrap();
    assert_eq!(layer["kernel"], Node::from(array![[2.0]]));
    state["scale"].set_value(array![0.0]);
    assert_eq!(dict["scale"].as_array(), Some(&Tensor::from(array![3.0])));
    state.replace_by_pure_dict(&dict).unwrap();
    assert_eq!(state["scale"].array1(), array![3.0]);
    let paths: Vec<Path> = dict
        .flatten_dict()
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(paths, state.paths());
}

#[test]
fn replacing_by_a_dict_with_unknown_keys_changes_nothing() {
    let state = nnx::state(&Linear::new(1, 1, &mut Rngs::new(0)));
    let dict = PureDict::new()
        .with("bias", array![5.0])
        .with("weight", array![[5.0]]);
    let text = state.replace_by_pure_dict(&dict).unwrap_err().to_string();
    assert_eq!(
        text,
        "nnx.replace_by_pure_dict: there is no weight; there is bias, kernel"
    );
    assert_eq!(state["bias"].array1(), array![0.0]);
}

#[test]
fn linen_reads_params_and_ignores_other_collections() {
    let params = PureDict::new()
        .with("kernel", array![[1.0], [2.0]])
        .with("bias", array![10.0]);
    let stats = PureDict::from([("mean", array![0.0])]);
    let variables = PureDict::from([("params", params.clone()), ("batch_stats", stats)]);
    let dense = linen::Dense::new(1);
    assert_eq!(dense.apply(&variables, &array![3.0, 4.0]), array![21.0]);
    assert_eq!(
        dense.apply(&variables, &array![[3.0, 4.0], [0.0, 0.0]]),
        array![[21.0], [10.0]]
    );
    assert_eq!(
        linen::Dense::without_bias(1).apply(&variables, &array![3.0, 4.0]),
        array![11.0]
    );

    let text = panic_of(|| dense.apply(&params, &array![3.0, 4.0]));
    assert_eq!(
        text,
        "linen.Dense.apply: there is no params.kernel; there is bias, kernel"
    );

    let transposed = PureDict::new()
        .with("kernel", Array2::zeros((1, 2)))
        .with("bias", array![10.0]);
    let refused = dense.try_apply(&PureDict::from([("params", transposed)]), &array![3.0, 4.0]);
    let text = "linen.Dense.apply: params.kernel: expected shape (2, 1), found (1, 2)";
    assert_eq!(refused.unwrap_err().to_string(), text);
}
