//! Which pairs of forms are worth a look: found through an index of fingerprints, so that a thousand answers are not
//! compared each with each.

use std::collections::HashMap;

use super::regions::common;
use super::shape::Shape;
use super::winnow::{Print, fingerprints};
use super::{LEAST, LOWEST, MOST, Pair};

/// How many candidates are compared token by token for each pair that is listed.
const LOOKED_AT: usize = 8;
/// Two forms with fewer fingerprints in common that are no idiom are no candidates.
const FEWEST: usize = 3;

/// Holds two forms and how many fingerprints they share, per thousand of what both have.
struct Candidate {
    share: usize,
    one: usize,
    other: usize,
}

/// Lists the most similar pairs, and says how many more look similar.
pub(super) fn listed(shapes: &[Shape]) -> (Vec<Pair>, usize) {
    let prints: Vec<Vec<Print>> = shapes
        .iter()
        .map(|shape| {
            let speaks = shape.own_tokens() >= LEAST;
            if speaks {
                fingerprints(shape)
            } else {
                Vec::new()
            }
        })
        .collect();
    let index = index(&prints);
    let mut candidates = candidates(&prints, &index);
    let found = candidates.len();
    candidates.sort_by_key(|one| (std::cmp::Reverse(one.share), one.one, one.other));
    candidates.truncate(MOST * LOOKED_AT);
    let looked_at = candidates.len();
    let rare = |print: &Print| index.contains_key(&print.hash);
    let mut pairs: Vec<Pair> = candidates
        .iter()
        .map(|two| {
            let seeds = |form: usize| prints[form].iter().copied().filter(rare);
            let (one, other) = (&shapes[two.one], &shapes[two.other]);
            let seeds = (seeds(two.one).collect(), seeds(two.other).collect());
            let (tokens, regions) = common(one, other, seeds);
            let all = one.own_tokens() + other.own_tokens();
            Pair {
                one: two.one,
                other: two.other,
                score: u32::try_from(200 * tokens / all.max(1))
                    .unwrap_or(0)
                    .min(100),
                tokens,
                regions,
            }
        })
        .filter(|pair| pair.score >= LOWEST)
        .collect();
    pairs.sort_by_key(|pair| {
        let most_first = std::cmp::Reverse((pair.score, pair.tokens));
        (most_first, pair.one, pair.other)
    });
    let more = found - looked_at + pairs.len().saturating_sub(MOST);
    pairs.truncate(MOST);
    (pairs, more)
}

/// The forms that have each fingerprint, without those that very many have.
fn index(prints: &[Vec<Print>]) -> HashMap<u64, Vec<usize>> {
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    for (form, prints) in prints.iter().enumerate() {
        for print in prints {
            let forms = index.entry(print.hash).or_default();
            if forms.last() != Some(&form) {
                forms.push(form);
            }
        }
    }
    let idiom = idiom(prints.len());
    index.retain(|_, forms| forms.len() <= idiom);
    index
}

/// A fingerprint in more forms than this is how one writes it, not how one of them wrote it.
fn idiom(forms: usize) -> usize {
    (forms / 20).clamp(6, 40)
}

fn candidates(prints: &[Vec<Print>], index: &HashMap<u64, Vec<usize>>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut shared = vec![0_usize; prints.len()];
    let sets: Vec<Vec<u64>> = prints.iter().map(|prints| distinct(prints)).collect();
    for (one, own) in sets.iter().enumerate() {
        let mut touched = Vec::new();
        for hash in own {
            for other in index.get(hash).into_iter().flatten() {
                if *other > one {
                    if shared[*other] == 0 {
                        touched.push(*other);
                    }
                    shared[*other] += 1;
                }
            }
        }
        for other in touched {
            let both = std::mem::take(&mut shared[other]);
            let share = 2000 * both / (own.len() + sets[other].len()).max(1);
            // Fingerprints that are idioms are missing from the count, so the bar is lower than that of the score.
            if both >= FEWEST && share >= 250 {
                found.push(Candidate { share, one, other });
            }
        }
    }
    found
}

fn distinct(prints: &[Print]) -> Vec<u64> {
    let mut hashes: Vec<u64> = prints.iter().map(|print| print.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
