//! Compares the counters with what a program really called. There is one test, because the counters belong to the
//! process.

use ndarray::array;
use nnx::{
    BatchNorm, Conv, Filter, LayerNorm, Linear, LinearGeneral, MultiHeadAttention, PureDict,
    RMSNorm, Rngs, State, calls, linen,
};

#[test]
fn counts_only_actual_calls() {
    calls::reset();
    assert_eq!(calls::counts(), []);

    let model = Linear::new(2, 2, &mut Rngs::new(0));
    let copy = nnx::clone(&model);
    assert_eq!(
        calls::counts(),
        [
            // The kernel's values; a bias of zeros is not drawn, and nothing is drawn for an abstract shape (below).
            ("draws", 4),
            ("nnx.Linear", 1),
            ("nnx.Rngs", 1),
            ("nnx.clone", 1),
        ]
    );

    calls::reset();
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, &state).unwrap();
    nnx::split_by(&model, [Filter::Param]).unwrap();
    nnx::update(&copy, nnx::state(&model)).unwrap();
    State::from_flat_path(state.flat_state()).unwrap();
    let params = state.to_pure_dict();
    state.replace_by_pure_dict(&params).unwrap();
    assert_eq!(
        calls::counts(),
        [
            ("nnx.from_flat_state", 1),
            ("nnx.merge", 1),
            ("nnx.replace_by_pure_dict", 1),
            ("nnx.split", 2),
            ("nnx.state", 1),
            ("nnx.to_flat_state", 1),
            ("nnx.to_pure_dict", 1),
            ("nnx.update", 1),
        ]
    );

    // A merged model is distinguished from the original one, with which it shares its variables. Reading is not a
    // call.
    calls::reset();
    merged.call(&array![1.0, 2.0]);
    merged.kernel.array2();
    let of_merged = calls::counts();
    assert_eq!(of_merged[0], ("nnx.Linear.__call__", 1));
    // Once for the kernel, and once for the bias.
    assert_eq!(of_merged[1..], [("nnx.merge.__call__", 2)]);

    calls::reset();
    model.call(&array![1.0, 2.0]);
    model.call(&array![[1.0, 2.0], [3.0, 4.0]]);
    linen::Dense::new(2).apply(&PureDict::from([("params", params)]), &array![1.0, 2.0]);
    std::thread::spawn(|| {
        nnx::eval_shape(|| Linear::without_bias(1, 1, &mut Rngs::new(0))).in_features
    })
    .join()
    .unwrap();
    let expected = [
        ("linen.Dense", 1),
        ("linen.Dense.apply", 1),
        ("nnx.Linear", 1),
        ("nnx.Linear.__call__", 2),
        ("nnx.Rngs", 1),
        ("nnx.eval_shape", 1),
    ];
    assert_eq!(calls::counts(), expected);

    calls::reset();
    let mut rngs = Rngs::new(0);
    RMSNorm::new(2, &mut rngs).call(&array![1.0, 2.0]);
    LayerNorm::new(2, &mut rngs).call(&array![1.0, 2.0]);
    BatchNorm::new(2, &mut rngs).call(&array![1.0, 2.0]);
    Conv::new(1, 2, &[3], &mut rngs).call(&array![[1.0], [2.0]]);
    LinearGeneral::new(&[1], &[1, 3], &mut rngs).call(&array![1.0]);
    // Its projections are not counted as calls of `LinearGeneral`.
    MultiHeadAttention::new(1, 1, 1, 1, &mut rngs).call(&array![[1.0]]);
    let expected = [
        ("draws", 13),
        ("nnx.BatchNorm", 1),
        ("nnx.BatchNorm.__call__", 1),
        ("nnx.Conv", 1),
        ("nnx.Conv.__call__", 1),
        ("nnx.LayerNorm", 1),
        ("nnx.LayerNorm.__call__", 1),
        ("nnx.LinearGeneral", 1),
        ("nnx.LinearGeneral.__call__", 1),
        ("nnx.MultiHeadAttention", 1),
        ("nnx.MultiHeadAttention.__call__", 1),
        ("nnx.RMSNorm", 1),
        ("nnx.RMSNorm.__call__", 1),
        ("nnx.Rngs", 1),
    ];
    assert_eq!(calls::counts(), expected);

    calls::reset();
    assert!(nnx::split_by(&model, [Filter::BatchStat]).is_err());
    assert!(
        calls::counts() == [("nnx.split", 1)],
        "a failed call is a call"
    );
}
