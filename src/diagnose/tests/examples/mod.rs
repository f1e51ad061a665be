//! Mistakes, each with the cause that must be named first, and helpers to build them.

mod certain;
mod likely;

pub(super) use certain::CERTAIN;
pub(super) use likely::LIKELY;

use super::run::Run;

/// A mistake and the cause that must be named first.
pub(super) struct Example {
    pub(super) about: &'static str,
    pub(super) cause: &'static str,
    pub(super) what: &'static str,
    pub(super) run: fn() -> Run,
    /// Less specific causes that also apply.
    pub(super) also: &'static [&'static str],
}

/// Six arbitrary values, and as many for another case.
const A: [f64; 6] = [1.0, -2.5, 3.25, 4.0, -5.75, 6.0];
const B: [f64; 6] = [0.5, 9.0, -7.25, 2.0, 8.5, -3.0];

const MATRIX: [(&str, usize); 2] = [("rows", 2), ("columns", 3)];

fn each(values: &[f64], change: impl Fn(f64) -> f64) -> Vec<f64> {
    values.iter().map(|value| change(*value)).collect()
}

fn picked(values: &[f64], places: &[usize]) -> Vec<f64> {
    places.iter().map(|place| values[*place]).collect()
}

/// Both outputs, changed in the same way.
fn both(returns: &str, dims: &[(&str, usize)], change: impl Fn(&[f64]) -> Vec<f64>) -> Run {
    Run::new(returns)
        .shaped(dims, &A, &change(&A))
        .shaped(dims, &B, &change(&B))
}

fn flat(change: impl Fn(&[f64]) -> Vec<f64>) -> Run {
    both("n", &[("n", 6)], change)
}

fn matrix(change: impl Fn(&[f64]) -> Vec<f64>) -> Run {
    both("rows, columns", &MATRIX, change)
}

/// An output of two rows with a bias of three, where the right one is `A` and `change` was applied to the bias.
fn biased(change: impl Fn(usize, &[f64]) -> f64) -> Run {
    let bias = [0.5, -1.0, 4.0];
    let changed = |values: &[f64]| -> Vec<f64> {
        values
            .iter()
            .enumerate()
            .map(|(index, value)| value + change(index, &bias))
            .collect()
    };
    Run::new("rows, columns")
        .full(&MATRIX, &[("b", &bias)], &A, &changed(&A))
        .full(&MATRIX, &[("b", &bias)], &B, &changed(&B))
}
