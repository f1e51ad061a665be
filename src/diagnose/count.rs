//! Too many or too few values: a missing sum, an axis that should not have been summed, a part left out.

use super::Cause;
use super::Certainty;
use super::arithmetic::round;
use super::explanation::Explanation;
use super::shown::{Count, Proof, Shown};
use crate::array::Array;

pub(super) struct WrongCount;

/// The mistake that the lengths and values suggest.
#[derive(Clone, Debug, PartialEq)]
enum Reading {
    /// Adding up along one axis gives the expected output.
    Unsummed,
    /// Adding up the expected output gives the answer.
    SummedTooMuch,
    /// The answer's values are a prefix of the expected ones.
    Beginning,
    /// The expected values are a prefix of the answer's.
    MoreBehind,
    /// The number of values is the length of this dimension.
    OtherLength(String),
    /// The number of values is the expected one times this dimension.
    Times(String),
}

impl Cause for WrongCount {
    fn id(&self) -> &'static str {
        "count"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let first = shown.counts.first()?;
        let reading = readings(first).into_iter().find(|reading| {
            let others = shown.counts.iter().filter(|count| fits(count, reading));
            others.count() == shown.counts.len()
        })?;
        let proves = matches!(reading, Reading::Unsummed | Reading::SummedTooMuch);
        let explains: Vec<usize> = shown.counts.iter().map(|count| count.case).collect();
        let right = shown
            .pairs
            .iter()
            .any(|pair| !pair.is_wrong() && pair.expected.len() > 1);
        let whole = explains.len() == shown.wrong && !right && first.expected.len() > 1;
        let certainty = match proves && whole {
            true => Certainty::ThisIs,
            false => Certainty::LooksLike,
        };
        let (what, text) = words(&reading);
        let proof = Proof {
            certainty,
            explains,
        };
        Some(shown.tell(self.id(), proof, what, text, None))
    }
}

fn readings(count: &Count<'_>) -> Vec<Reading> {
    let mut readings = vec![
        Reading::Unsummed,
        Reading::SummedTooMuch,
        Reading::Beginning,
        Reading::MoreBehind,
    ];
    for (name, _) in count.dims {
        readings.push(Reading::OtherLength(name.clone()));
        readings.push(Reading::Times(name.clone()));
    }
    readings.retain(|reading| fits(count, reading));
    readings
}

fn fits(count: &Count<'_>, reading: &Reading) -> bool {
    let (expected, got) = (count.expected, count.got);
    let length = |name: &str| {
        let found = count.dims.iter().find(|(known, _)| known == name);
        found.map(|(_, length)| *length)
    };
    match reading {
        Reading::Unsummed => sums_to(got, expected),
        Reading::SummedTooMuch => sums_to(expected, got),
        Reading::Beginning => !got.is_empty() && begins(expected, got),
        Reading::MoreBehind => expected.len() > 1 && begins(got, expected),
        Reading::OtherLength(name) => got.len() > 1 && length(name) == Some(got.len()),
        Reading::Times(name) => {
            length(name).is_some_and(|length| length > 1 && expected.len() * length == got.len())
        }
    }
}

/// Whether summing the longer one along its first or last axis gives the shorter one.
fn sums_to(longer: &Array, shorter: &Array) -> bool {
    let (more, count) = (longer.len(), shorter.len());
    if count == 0 || more <= count || more % count != 0 || longer.dtype() != shorter.dtype() {
        return false;
    }
    let dtype = longer.dtype();
    let times = more / count;
    let along = |start: fn(usize, usize) -> usize, step: usize| {
        (0..count).all(|place| {
            let values =
                (0..times).map(|at| dtype.to_f64(longer.bits(start(place, times) + at * step)));
            round(dtype, values.fold(0.0, |sum, value| sum + value)) == Some(shorter.bits(place))
        })
    };
    along(|place, times| place * times, 1) || along(|place, _| place, count)
}

fn begins(longer: &Array, shorter: &Array) -> bool {
    shorter.len() < longer.len()
        && shorter.dtype() == longer.dtype()
        && longer.bytes().starts_with(shorter.bytes())
}

fn words(reading: &Reading) -> (String, String) {
    let (what, text) = match reading {
        Reading::Unsummed => (
            "an output with the last sum missing".to_owned(),
            "Summing your values along one axis gives the expected ones. The products are right; the sum over the inputs \
             is missing."
                .to_owned(),
        ),
        Reading::SummedTooMuch => (
            "an output that was summed one time too many".to_owned(),
            "Your values are sums of the expected ones. Look for a sum or a mean that should keep one more axis."
                .to_owned(),
        ),
        Reading::Beginning => (
            "the beginning of the correct output".to_owned(),
            "The values are right, but the rest is missing. Look at where the loop or the slice ends.".to_owned(),
        ),
        Reading::MoreBehind => (
            "the correct output with extra values after it".to_owned(),
            "The first values are right. Look at where the loop or the slice ends.".to_owned(),
        ),
        Reading::OtherLength(name) => (
            format!("an output with `{name}` values"),
            "A matrix was multiplied on the wrong side, or a sum ran along the wrong axis. Write down the two shapes and \
             cross out the dimensions that cancel."
                .to_owned(),
        ),
        Reading::Times(name) => (
            format!("an output with an extra axis, `{name}`"),
            format!("There are `{name}` times as many values as expected: an axis that should have been summed or sliced is still there."),
        ),
    };
    (what, text)
}
