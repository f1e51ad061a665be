//! The right values with permuted axes: a matrix transposed, or an array with its axes in a different order.
//!
//! Answers are flat, so the order of the axes is not visible: the values are stored with their axes in `order`, but are
//! read in the spec's order.

use super::Cause;
use super::explanation::Explanation;
use super::pair::{Element, Pair, Trial};
use super::picture;
use super::shown::{Shown, best};

pub(super) struct Transposed;

/// The maximum number of axes: 5 axes have 119 other orders.
const MOST_AXES: usize = 5;

impl Cause for Transposed {
    fn id(&self) -> &'static str {
        "transposed"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        let (proof, order) = best(orders(axes), |order| {
            shown.prove(3, &|pair| trial(pair, shown, order))
        })?;
        let pair = shown.example(&proof)?;
        let (what, text) = if order.len() == 2 {
            (
                "the right matrix, transposed".to_owned(),
                format!(
                    "The value that belongs at [i, j] is at [j, i]: your matrix is {1} by {0}, not {0} by {1}. Which axis comes \
                     first in each library, and which one comes first in your last step?",
                    name(pair, 0),
                    name(pair, 1)
                ),
            )
        } else {
            let list = |axes: &mut dyn Iterator<Item = usize>| {
                let names: Vec<String> = axes.map(|axis| name(pair, axis)).collect();
                names.join(", ")
            };
            (
                "the correct array with its axes in a different order".to_owned(),
                format!(
                    "Your values are laid out as ({}), but ({}) is expected. Transpose the axes into that order before you flatten \
                     anything.",
                    list(&mut order.iter().copied()),
                    list(&mut (0..order.len()))
                ),
            )
        };
        Some(shown.tell(self.id(), proof, what, text, picture::beside(pair)))
    }
}

fn trial<'t>(pair: &'t Pair<'_>, shown: &Shown<'_>, order: &[usize]) -> Option<Trial<'t>> {
    if pair.shape.len() != order.len() || !pair.may_be_rearranged(shown.spec) {
        return None;
    }
    let steps = transposed_steps(&pair.shape, order);
    let element: Element<'t> =
        Box::new(move |values, index| values.get(place(index, &pair.shape, &steps)).copied());
    Some(Trial::Undo(element))
}

/// The stride of each axis of the expected output when the axes are laid out in `order`.
pub(super) fn transposed_steps(shape: &[usize], order: &[usize]) -> Vec<usize> {
    let mut steps = vec![0; shape.len()];
    let mut step = 1;
    for axis in order.iter().rev() {
        steps[*axis] = step;
        step *= shape[*axis];
    }
    steps
}

/// The flat index of an element, given the strides.
pub(super) fn place(index: usize, shape: &[usize], steps: &[usize]) -> usize {
    let mut rest = index;
    let mut place = 0;
    for (length, step) in shape.iter().zip(steps).rev() {
        place += rest % length * step;
        rest /= length;
    }
    place
}

/// Lists the permutations of some axes except the identity, simple swaps first.
pub(super) fn orders(axes: usize) -> Vec<Vec<usize>> {
    if !(2..=MOST_AXES).contains(&axes) {
        return Vec::new();
    }
    let mut orders = vec![Vec::new()];
    for _ in 0..axes {
        let longer = orders.iter().flat_map(|order: &Vec<usize>| {
            (0..axes)
                .filter(|axis| !order.contains(axis))
                .map(|axis| [order.as_slice(), &[axis]].concat())
        });
        orders = longer.collect();
    }
    orders.retain(|order| !order.is_sorted());
    orders.sort_by_key(|order| {
        let moved = order
            .iter()
            .enumerate()
            .filter(|(place, axis)| place != *axis);
        moved.count()
    });
    orders
}

/// The spec's name of an axis, or its length.
pub(super) fn name(pair: &Pair<'_>, axis: usize) -> String {
    match pair.axes.get(axis) {
        Some(name) if name.parse::<usize>().is_err() => format!("`{name}`"),
        _ => pair.shape[axis].to_string(),
    }
}
