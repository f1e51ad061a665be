//! Filters: first match, nothing left over, `Rest` at the end.

use ndarray::array;
use nnx::{BatchStat, Filter, Kind, Linear, Param, Rngs, State};

nnx::module! {
    struct Norm { scale: Param, mean: BatchStat, linear: Linear, rngs: Rngs }
}

fn norm() -> Norm {
    let mut rngs = Rngs::new(0);
    let linear = Linear::new(1, 1, &mut rngs);
    Norm {
        scale: Param::new(array![1.0]),
        mean: BatchStat::new(array![0.0]),
        linear,
        rngs,
    }
}

fn names(state: &State) -> Vec<String> {
    state.paths().iter().map(ToString::to_string).collect()
}

#[test]
fn split_by_sorts_into_states_and_merge_takes_them_back() {
    let model = norm();
    let (graphdef, [params, stats, rest]) =
        nnx::split_by(&model, [Filter::Param, Filter::BatchStat, Filter::Rest]).unwrap();
    assert_eq!(names(&params), ["linear.bias", "linear.kernel", "scale"]);
    assert_eq!(names(&stats), ["mean"]);
    assert_eq!(names(&rest), ["rngs.default.count", "rngs.default.key"]);
    let merged = nnx::merge(&graphdef, [&rest, &params, &stats]).unwrap();
    assert!(merged.linear.kernel.is(&model.linear.kernel));
    let text = nnx::merge(&graphdef, [&params, &params, &rest])
        .map(drop)
        .unwrap_err()
        .to_string();
    assert_eq!(text, "nnx.merge: linear.bias is given twice");
}

#[test]
fn the_first_filter_that_fits_takes_the_leaf() {
    let filters = [
        Filter::PathContains("linear".into()),
        Filter::Param,
        Filter::Rest,
    ];
    let (_, [linear, params, rest]) = nnx::split_by(&norm(), filters).unwrap();
    assert_eq!(names(&linear), ["linear.bias", "linear.kernel"]);
    assert_eq!(names(&params), ["scale"]);
    assert_eq!(rest.len(), 3);
}

#[test]
fn filters_are_made_of_filters() {
    let model = norm();
    let chosen = |filter| names(&nnx::state_of(&model, filter));
    let kernel = || Filter::PathContains("kernel".into());
    assert_eq!(
        chosen(Filter::All(vec![
            Filter::Param,
            Filter::Not(kernel().into())
        ])),
        ["linear.bias", "scale"]
    );
    assert_eq!(
        chosen(Filter::Any(vec![Filter::BatchStat, kernel()])),
        ["linear.kernel", "mean"]
    );
    assert_eq!(
        chosen(Filter::OfType(Kind::RngCount)),
        ["rngs.default.count"]
    );
    assert_eq!(chosen(Filter::RngState).len(), 2);
    assert_eq!(chosen(Filter::Rest).len(), 6);
    assert!(chosen(Filter::Nothing).is_empty());
}

#[test]
fn what_no_filter_takes_is_an_error() {
    let refusal = nnx::split_by(&norm(), [Filter::Param, Filter::RngState])
        .map(drop)
        .unwrap_err();
    let text = "nnx.split: Non-exhaustive filters, got a non-empty remainder: mean; end with Filter::Rest to take it";
    assert_eq!(refusal.to_string(), text);
}

#[test]
fn rest_is_the_last() {
    let refusal = nnx::split_by(&norm(), [Filter::Rest, Filter::Param])
        .map(drop)
        .unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "nnx.split: Filter::Rest can only be the last filter"
    );
    let (_, [all, nothing]) = nnx::split_by(&norm(), [Filter::Rest, Filter::Rest]).unwrap();
    assert_eq!((all.len(), nothing.len()), (6, 0));
}
