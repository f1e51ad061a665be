//! The right rows, columns, heads or values in a different order: two swapped, or all shuffled.
//!
//! Each one is found by a hash of its bits, so the search takes a single pass. Equal values are matched in order,
//! which loses nothing, since they are interchangeable.

use std::borrow::Cow;

use super::Cause;
use super::explanation::Explanation;
use super::mix::{GOLDEN, mix};
use super::pair::{Element, Pair, Trial};
use super::picture;
use super::shown::{Shown, best};

pub(super) struct Permuted;

const NONE: u32 = u32::MAX;

/// A case, and for each position in its answer the position where the contents belong.
type Order = (usize, Vec<usize>);

impl Cause for Permuted {
    fn id(&self) -> &'static str {
        "permuted"
    }

    fn is_effect(&self) -> bool {
        true
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        let axes = shown.wrong_pairs().map(|pair| pair.shape.len()).max()?;
        // Whole rows or heads first, then columns; the index `axes` means single values.
        let places = (0..axes).chain((axes > 1).then_some(axes));
        let candidates = places.map(|axis| {
            let orders = shown.wrong_pairs().filter_map(|pair| {
                let belongs = order(pair, axis, axis == axes)?;
                Some((pair.case, belongs))
            });
            (axis, orders.collect::<Vec<Order>>())
        });
        let (mut proof, (axis, orders)) = best(candidates, |(axis, orders)| {
            shown.prove(3, &|pair| trial(pair, *axis, *axis == axes, orders))
        })?;
        let pair = shown.example(&proof)?;
        let noun = noun(pair, axis);
        let belongs = &orders.iter().find(|(case, _)| *case == pair.case)?.1;
        let moved: Vec<usize> = (0..belongs.len())
            .filter(|at| belongs[*at] != *at)
            .take(3)
            .collect();
        // If every case has the same number of parts, one order should explain all of them.
        let one_order = orders
            .iter()
            .all(|(_, found)| found.len() != belongs.len() || found == belongs);
        // A right case with different parts cannot have been permuted.
        let spared = shown.pairs.iter().any(|other| {
            let parts = line(other, axis, axis == axes)
                .map(|(length, step)| digests(&other.expected, length, step));
            let differ = parts.is_some_and(|parts| parts.iter().any(|part| *part != parts[0]));
            !other.is_wrong() && differ
        });
        if !one_order || spared {
            proof.certainty = super::Certainty::LooksLike;
        }
        let is_everywhere = orders.iter().all(|(_, found)| {
            let all = (0..found.len()).filter(|at| found[*at] != *at);
            all.eq(moved.iter().copied())
        });
        let (what, text) = match moved.as_slice() {
            [one, other] if is_everywhere => (
                format!("the correct output with two {noun}s swapped"),
                format!(
                    "{} {one} and {other} are in each other's places. Look at the order in which the parts are named, \
                     split or joined.",
                    capital(&format!("{noun}s"))
                ),
            ),
            _ => (
                format!("the correct output with its {noun}s in a different order"),
                format!(
                    "Each {noun} is right, but in the wrong place. Look at the order in which the {noun}s are named, split or \
                     joined: the order in a file, the order of names and the order of layers can all differ."
                ),
            ),
        };
        let picture = picture::permutation(&noun, belongs);
        Some(shown.tell(self.id(), proof, what, text, Some(picture)))
    }
}

fn trial<'t>(pair: &Pair<'_>, axis: usize, single: bool, orders: &[Order]) -> Option<Trial<'t>> {
    let (length, step) = line(pair, axis, single)?;
    // A right case says nothing about the order.
    let (_, belongs) = orders.iter().find(|(case, _)| *case == pair.case)?;
    let mut stands = vec![0_u32; length];
    for (at, place) in (0..).zip(belongs) {
        stands[*place] = at;
    }
    let element: Element<'t> = Box::new(move |values, index| {
        let at = index / step % length;
        Some(values[index - at * step + stands[at] as usize * step])
    });
    Some(Trial::Undo(element))
}

fn line(pair: &Pair<'_>, axis: usize, single: bool) -> Option<(usize, usize)> {
    match single {
        true => Some((pair.expected.len(), 1)),
        false if axis < pair.shape.len() => Some(pair.stride(axis)),
        false => None,
    }
}

/// For each position in the answer the position where its contents belong; `None` if they are not the expected ones.
fn order(pair: &Pair<'_>, axis: usize, single: bool) -> Option<Vec<usize>> {
    if !pair.is_rearranged() {
        return None;
    }
    let (length, step) = line(pair, axis, single).filter(|(length, _)| *length > 0)?;
    let expected = digests(&pair.expected, length, step);
    let got = digests(pair.got(), length, step);
    // A table of chains; entries are removed when found, so equal parts are matched in order and no chain is walked
    // twice.
    let size = (2 * length).next_power_of_two();
    let mut first = vec![NONE; size];
    let mut next = vec![NONE; length];
    for place in (0..length).rev().filter(|at| expected[*at] != got[*at]) {
        let bucket = mix(expected[place]) as usize & (size - 1);
        next[place] = first[bucket];
        first[bucket] = u32::try_from(place).ok()?;
    }
    let mut belongs = Vec::with_capacity(length);
    for at in 0..length {
        if expected[at] == got[at] {
            belongs.push(at);
            continue;
        }
        let bucket = mix(got[at]) as usize & (size - 1);
        let mut before = NONE;
        let mut place = first[bucket];
        while place != NONE && expected[place as usize] != got[at] {
            before = place;
            place = next[place as usize];
        }
        if place == NONE {
            return None;
        }
        match before {
            NONE => first[bucket] = next[place as usize],
            before => next[before as usize] = next[place as usize],
        }
        belongs.push(place as usize);
    }
    Some(belongs)
}

/// A hash of each row, column or head: of all elements with the same index along the axis, in order.
///
/// A single value is its own hash. Hashes only find candidates: the proof compares bits.
fn digests(bits: &[u64], length: usize, step: usize) -> Cow<'_, [u64]> {
    if length == bits.len() {
        return Cow::Borrowed(bits);
    }
    let mut digests = vec![0_u64; length];
    for whole in bits.chunks(length * step) {
        for (digest, part) in digests.iter_mut().zip(whole.chunks(step)) {
            let add = |digest: u64, bits: &u64| digest.wrapping_mul(GOLDEN) ^ bits;
            *digest = part.iter().fold(*digest, add);
        }
    }
    Cow::Owned(digests)
}

fn noun(pair: &Pair<'_>, axis: usize) -> String {
    match (pair.shape.len(), axis) {
        (axes, axis) if axis >= axes => "value".to_owned(),
        (1, _) => "value".to_owned(),
        (2, 0) => "row".to_owned(),
        (2, _) => "column".to_owned(),
        (_, axis) => match pair.axes.get(axis).map(String::as_str) {
            Some("heads" | "kv_heads" | "num_heads") => "head".to_owned(),
            _ => "slice".to_owned(),
        },
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
