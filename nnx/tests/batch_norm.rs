//! `nnx.BatchNorm` against real Flax 0.12.8: outputs, running statistics and errors.

mod near;

use ndarray::array;
use near::assert_near;
use nnx::{BatchNorm, Filter, Rngs, Tensor, random};

fn model() -> BatchNorm {
    let model = BatchNorm::new(2, &mut Rngs::new(0));
    model.scale.set_value(array![1.0, -0.5]);
    model.bias.set_value(array![0.5, 1.0]);
    model
}

#[test]
fn a_batch_is_normalized_by_itself_and_remembered() {
    let (mut model, x) = (model(), array![[1.0, 2.0], [-4.0, 0.5], [3.0, -1.0]]);
    let expected = [
        0x3f56_f576,
        0x3ec6_7764,
        0xbf5b_d5d6,
        0x3f80_0000,
        0x3fc2_7030,
        0x3fce_6227,
    ];
    assert_near(&model.call(&x), &expected, 2.0);
    assert_near(&model.mean.value(), &[0x0000_0000, 0x3ba3_d70a], 1.0);
    assert_near(&model.var.value(), &[0x3f89_d037, 0x3f80_a3d7], 1.0);
    model.call(&x);
    assert_near(&model.mean.value(), &[0x0000_0000, 0x3c23_0553], 1.0);
    assert_near(&model.var.value(), &[0x3f93_874f, 0x3f81_460b], 1.0);
    model.use_running_average = true;
    let expected = [
        0x3fb7_3a24,
        0x3c22_1880,
        0xc04e_7448,
        0x3f41_956b,
        0x4052_d736,
        0x3fc0_513a,
    ];
    assert_near(&model.call(&x), &expected, 2.0);
    assert_near(&model.mean.value(), &[0x0000_0000, 0x3c23_0553], 1.0);
}

#[test]
fn exact_steps_have_flax_bits() {
    let mut model = BatchNorm {
        momentum: 0.5,
        epsilon: 0.0,
        ..model()
    };
    let x = array![[[1.0, 2.0], [5.0, 2.0]], [[1.0, -6.0], [5.0, -6.0]]];
    let expected = array![[[-0.5, 0.5], [1.5, 0.5]], [[-0.5, 1.5], [1.5, 1.5]]];
    assert_eq!(model.call(&x), expected);
    assert_eq!(model.mean.array1(), array![1.5, -1.0]);
    assert_eq!(model.var.array1(), array![2.5, 8.5]);
    model.use_running_average = true;
    model.var.set_value(array![4.0, 16.0]);
    let expected = array![
        [[0.25, 0.625], [2.25, 0.625]],
        [[0.25, 1.625], [2.25, 1.625]]
    ];
    assert_eq!(model.call(&x), expected);
}

#[test]
fn both_variances_are_flax_variances() {
    let x = array![[10000.0], [10001.0], [10003.0], [10002.0]];
    for (fast, variance) in [(true, 0.0), (false, 1.25)] {
        let model = BatchNorm {
            use_fast_variance: fast,
            momentum: 0.0,
            ..BatchNorm::without_parameters(1)
        };
        model.call(&x);
        assert_eq!(model.var.array1(), array![variance]);
    }
}

#[test]
fn it_has_parameters_and_statistics() {
    let mut rngs = Rngs::new(0);
    let model = BatchNorm::new(3, &mut rngs);
    assert_eq!(rngs.params(), random::fold_in(random::key(0), 2));
    let filters = [Filter::Param, Filter::BatchStat];
    let (graphdef, [params, statistics]) = nnx::split_by(&model, filters).unwrap();
    let paths = |state: &nnx::State| state.paths().iter().map(|path| path.to_string()).collect();
    let (params_at, statistics_at): (Vec<String>, Vec<String>) =
        (paths(&params), paths(&statistics));
    assert_eq!(
        (params_at, statistics_at),
        (
            vec!["bias".into(), "scale".into()],
            vec!["mean".into(), "var".into()]
        )
    );
    let merged = nnx::merge(&graphdef, [&params, &statistics]).unwrap();
    merged.call(&array![[2.0, 2.0, 2.0]]);
    assert_eq!(
        model.mean.array1(),
        merged.mean.array1(),
        "variables are shared"
    );
    assert!(model.mean.array1()[0] > 0.0);
    assert!(
        BatchNorm::without_scale(3, &mut rngs).scale.is_none()
            && BatchNorm::without_bias(3, &mut rngs).bias.is_none()
    );
}

#[test]
fn what_does_not_fit_is_named_and_changes_nothing() {
    let says = |model: &BatchNorm, x: Tensor| model.forward(&x).unwrap_err().to_string();
    let model = BatchNorm::new(3, &mut Rngs::new(0));
    assert_eq!(
        says(&model, Tensor::from(array![[1.0]])),
        "nnx.BatchNorm.__call__: x: expected shape (1, 3), found (1, 1)"
    );
    model.var.set_value(array![1.0]);
    let x = array![[1.0, 2.0, 3.0]];
    assert_eq!(
        says(&model, Tensor::from(&x)),
        "nnx.BatchNorm.__call__: var: expected shape (3,), found (1,)"
    );
    assert_eq!(model.mean.array1(), array![0.0, 0.0, 0.0]);
    let model = nnx::eval_shape(|| BatchNorm::without_parameters(3));
    let text = says(&model, Tensor::from(&x));
    assert!(
        text.starts_with("nnx.BatchNorm.__call__: mean is abstract"),
        "{text}"
    );
}
