//! The right values moved along an axis: reversed, rolled, or shifted by one with the last one lost.
//!
//! Reversing and rolling are proved by undoing them. A shift by one loses a value, so it cannot be undone.

use super::Cause;
use super::explanation::Explanation;
use super::pair::{Element, Pair, Trial};
use super::picture;
use super::shown::{Shown, best};

pub(super) struct Reversed;
pub(super) struct Rolled;
pub(super) struct OffByOne;

/// The largest roll that is tried, besides those by a half and a third.
const FARTHEST: usize = 8;

/// How far an axis was rolled.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Roll {
    By(isize),
    /// By a fraction of its length: 1 of 2 swaps the halves.
    Parts(usize, usize),
}

impl Cause for Reversed {
    fn id(&self) -> &'static str {
        "reversed"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        // One axis after the other, from the last; the index `axes` means all of them at once.
        let (proof, axis) = best((0..axes).rev().chain([axes]), |axis| {
            let axis = *axis;
            shown.prove(3, &|pair| {
                if !pair.may_be_rearranged(shown.spec) || axis > pair.shape.len() {
                    return None;
                }
                let last = pair.expected.len().checked_sub(1)?;
                if axis == pair.shape.len() {
                    return undo(move |index| last - index);
                }
                let (length, step) = pair.stride(axis);
                undo(move |index| {
                    let at = index / step % length;
                    index - at * step + (length - 1 - at) * step
                })
            })
        })?;
        let pair = shown.example(&proof)?;
        let along = match (pair.shape.len(), axis) {
            (1, _) => String::new(),
            (axes, axis) if axis == axes => " along every axis".to_owned(),
            _ => format!(" along {}", pair.axis(axis)),
        };
        let picture = moves(pair).or_else(|| picture::beside(pair));
        Some(shown.tell(
            self.id(),
            proof,
            format!("the correct output, reversed{along}"),
            "The last value comes first. A transpose swaps axes but reverses none of them. Look for a negative step, a \
             `rev`, or a convolution that flips its kernel.",
            picture,
        ))
    }
}

impl Cause for Rolled {
    fn id(&self) -> &'static str {
        "rolled"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        let near = (1..=FARTHEST as isize).flat_map(|far| [Roll::By(far), Roll::By(-far)]);
        let parts = [Roll::Parts(1, 2), Roll::Parts(1, 3), Roll::Parts(2, 3)];
        let rolls: Vec<Roll> = near.chain(parts).collect();
        let along_each = |axis| rolls.iter().map(move |roll| (axis, *roll));
        let (proof, (axis, roll)) = best((0..axes).rev().flat_map(along_each), |(axis, roll)| {
            shown.prove(3, &|pair| rolled(pair, shown, *axis, *roll))
        })?;
        let pair = shown.example(&proof)?;
        let along = match pair.shape.len() {
            1 => String::new(),
            _ => format!(" along {}", pair.axis(axis)),
        };
        let (what, text) = match roll {
            Roll::Parts(1, 2) => (
                format!("the correct output with its two halves swapped{along}"),
                "Look at where the halves are joined: the first and the second are swapped."
                    .to_owned(),
            ),
            Roll::Parts(..) => (
                format!("the correct output with its three parts in a different order{along}"),
                "Query, key and value often share one array. Check which third you use for each."
                    .to_owned(),
            ),
            Roll::By(by) => (
                format!(
                    "the correct output, rolled by {} {}{along}",
                    by.unsigned_abs(),
                    if by.abs() == 1 { "place" } else { "places" }
                ),
                format!(
                    "Every value is {} {} {} it belongs, and the values that fell off one end came in at the other. Look for an \
                     index that starts at the wrong place.",
                    by.unsigned_abs(),
                    if by.abs() == 1 { "place" } else { "places" },
                    if by > 0 {
                        "after where"
                    } else {
                        "before where"
                    }
                ),
            ),
        };
        let picture = moves(pair).or_else(|| picture::beside(pair));
        Some(shown.tell(self.id(), proof, what, text, picture))
    }
}

impl Cause for OffByOne {
    fn id(&self) -> &'static str {
        "off_by_one"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        let both_ways = |axis| [1, -1].map(|by| (axis, by));
        let (proof, (axis, by)) = best((0..axes).rev().flat_map(both_ways), |(axis, by)| {
            shown.seen(&|pair| is_shifted(pair, *axis, *by))
        })?;
        let pair = shown.example(&proof)?;
        let along = match pair.shape.len() {
            1 => String::new(),
            _ => format!(" along {}", pair.axis(axis)),
        };
        let where_ = if by > 0 {
            "one place too late"
        } else {
            "one place too early"
        };
        Some(shown.tell(
            self.id(),
            proof,
            format!("an output that is off by one{along}"),
            format!(
                "Every value comes {where_}, and one is lost at the end. Look at where the index starts and where the loop or \
                 the slice ends."
            ),
            picture::beside(pair),
        ))
    }
}

fn undo<'t>(from: impl Fn(usize) -> usize + 't) -> Option<Trial<'t>> {
    let element: Element<'t> = Box::new(move |values, index| values.get(from(index)).copied());
    Some(Trial::Undo(element))
}

fn rolled<'t>(pair: &Pair<'_>, shown: &Shown<'_>, axis: usize, roll: Roll) -> Option<Trial<'t>> {
    if axis >= pair.shape.len() || !pair.may_be_rearranged(shown.spec) {
        return None;
    }
    let (length, step) = pair.stride(axis);
    let by = match roll {
        // A roll by more than the length equals a shorter one, which is tried already.
        Roll::By(by) if by.unsigned_abs() < length => by.rem_euclid(length as isize) as usize,
        Roll::By(_) => return None,
        Roll::Parts(parts, of) if length % of == 0 && length >= 2 * of => length / of * parts,
        Roll::Parts(..) => return None,
    };
    if by == 0 {
        return None;
    }
    // The value that belongs at `at` is `by` places after it.
    undo(move |index| {
        let at = index / step % length;
        index - at * step + (at + by) % length * step
    })
}

/// Whether everything except the lost end fits, with enough evidence: three moved elements with different values.
fn is_shifted(pair: &Pair<'_>, axis: usize, by: isize) -> bool {
    if axis >= pair.shape.len() {
        return false;
    }
    let (length, step) = pair.stride(axis);
    let fits = |index: usize| {
        let at = (index / step % length) as isize;
        let from = at - by;
        if from < 0 || from >= length as isize {
            return true;
        }
        let from = index - at as usize * step + from as usize * step;
        pair.accepts(index, pair.expected[from], pair.got()[index])
    };
    let mut values: Vec<u64> = pair.expected.iter().copied().take(64).collect();
    values.sort_unstable();
    values.dedup();
    length >= 4
        && values.len() >= 4
        && pair.differing.len() >= 3
        && pair.differing.iter().take(32).all(|index| fits(*index))
        && (0..pair.expected.len()).all(fits)
}

/// The permutation as a list, if the output is short and has no duplicate values.
fn moves(pair: &Pair<'_>) -> Option<super::Picture> {
    let [length] = pair.shape.as_slice() else {
        return None;
    };
    if *length > 12 {
        return None;
    }
    let belongs: Option<Vec<usize>> = pair
        .got()
        .iter()
        .map(|bits| {
            let mut places = pair
                .expected
                .iter()
                .enumerate()
                .filter(|(_, other)| *other == bits);
            let place = places.next()?.0;
            places.next().is_none().then_some(place)
        })
        .collect();
    Some(picture::permutation("value", &belongs?))
}
