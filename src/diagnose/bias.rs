//! Mistakes with a one-dimensional input that should be added: never added, added twice, reversed, along the wrong
//! axis.
//!
//! Proved by subtracting what was added and adding what should have been: this must give the expected bits.

use super::Cause;
use super::arithmetic::round;
use super::explanation::Explanation;
use super::pair::{Element, Pair, Trial};
use super::picture;
use super::shown::{Shown, best};
use crate::array::Array;

pub(super) struct Bias;

/// What happened to the bias.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Missing,
    Twice,
    Subtracted,
    Backwards,
    OtherAxis,
    /// Added once for each element along the dimension with this index among the case's dimensions.
    EachTime(usize),
}

const WAYS: [Way; 5] = [
    Way::Missing,
    Way::Twice,
    Way::Subtracted,
    Way::Backwards,
    Way::OtherAxis,
];

impl Cause for Bias {
    fn id(&self) -> &'static str {
        "bias"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let dims = shown.wrong_pairs().next()?.dims.len();
        let names = shown.spec.params.iter().map(|param| param.name.as_str());
        let candidates = names.flat_map(|name| {
            let ways = WAYS.into_iter().chain((0..dims).map(Way::EachTime));
            ways.map(move |way| (name, way))
        });
        let (proof, (name, way)) = best(candidates, |(name, way)| {
            shown.prove(2, &|pair| {
                let input = pair.inputs.iter().find(|(known, _)| known == name);
                trial(pair, input?.1, *way)
            })
        })?;
        let example = shown.example(&proof);
        let picture = example.and_then(|pair| {
            let input = pair.inputs.iter().find(|(known, _)| *known == name)?.1;
            let length = input.len();
            let whole = (0..pair.expected.len()).map(|index| input.bits(index % length));
            picture::lines(pair, vec![(name.to_owned(), whole.collect())])
        });
        let dimension = match way {
            Way::EachTime(place) => example.and_then(|pair| Some(pair.dims.get(place)?.0.as_str())),
            _ => None,
        };
        let (what, text) = words(name, way, dimension.unwrap_or_default());
        Some(shown.tell(self.id(), proof, what, text, picture))
    }
}

/// The mistake on one case; `None` where the input is not a bias of this output.
fn trial<'t>(pair: &'t Pair<'_>, input: &'t Array, way: Way) -> Option<Trial<'t>> {
    let right = spread(pair, input, Way::Missing)?;
    let dtype = pair.dtype;
    // What is missing from the answer: in exact arithmetic, expected = got + rest.
    let rest: Box<dyn Fn(usize) -> f64 + 't> = match way {
        Way::Missing => right,
        Way::Twice => Box::new(move |index| -right(index)),
        Way::Subtracted => Box::new(move |index| 2.0 * right(index)),
        Way::Backwards | Way::OtherAxis => {
            let wrong = spread(pair, input, way)?;
            Box::new(move |index| right(index) - wrong(index))
        }
        Way::EachTime(place) => {
            let times = pair.dims.get(place)?.1 as f64 - 1.0;
            Box::new(move |index| -times * right(index))
        }
    };
    let element: Element<'t> =
        Box::new(move |values, index| round(dtype, pair.value(values[index]) + rest(index)));
    // A bias of zeros explains nothing.
    input
        .iter()
        .any(|bits| !input.dtype().is_zero(bits))
        .then_some(Trial::Undo(element))
}

/// What the input adds to each element of the output: along the last axis, or as in the mistake.
fn spread<'t>(
    pair: &'t Pair<'_>,
    input: &'t Array,
    way: Way,
) -> Option<Box<dyn Fn(usize) -> f64 + 't>> {
    let length = *pair.shape.last()?;
    if !pair.dtype.is_float()
        || input.dtype() != pair.dtype
        || input.shape().len() != 1
        || input.len() != length
        || length == 0
    {
        return None;
    }
    let number = |place: usize| pair.value(input.bits(place));
    Some(match way {
        Way::Backwards => Box::new(move |index| number(length - 1 - index % length)),
        Way::OtherAxis if pair.shape.iter().rev().nth(1) == Some(&length) => {
            Box::new(move |index| number(index / length % length))
        }
        Way::OtherAxis => return None,
        _ => Box::new(move |index| number(index % length)),
    })
}

fn words(name: &str, way: Way, dimension: &str) -> (String, String) {
    let (what, text) = match way {
        Way::Missing => (
            format!("an output to which `{name}` was never added"),
            format!(
                "The expected output and yours differ by exactly the values of `{name}`. Where do you set it, and is \
                 that the layer that you call? The bias of a new layer is all zeros."
            ),
        ),
        Way::Twice => (
            format!("an output to which `{name}` was added twice"),
            format!(
                "Subtract `{name}` once and the bits are right. A layer adds its bias when you call it; look for a second \
                 place that adds it."
            ),
        ),
        Way::Subtracted => (
            format!("an output from which `{name}` was subtracted"),
            format!("It should have been added: look for the minus sign where `{name}` is used."),
        ),
        Way::Backwards => (
            format!("an output with `{name}` added in reverse order"),
            format!(
                "The rest is right. A transpose swaps the two dimensions of a matrix and reverses nothing, and `{name}` has one \
                 dimension. Which of its numbers belongs to which output?"
            ),
        ),
        Way::OtherAxis => (
            format!("an output with `{name}` added along the wrong axis"),
            format!(
                "Each row got one number of `{name}`, but each column should have. Both axes have the same length, so \
                 the shapes could not reveal it. Which axis indexes the outputs?"
            ),
        ),
        Way::EachTime(_) => (
            format!("an output with `{name}` added `{dimension}` times"),
            format!(
                "`{name}` is inside the sum, so it is added in every step. Add it once, after the sum."
            ),
        ),
    };
    (what, text)
}
