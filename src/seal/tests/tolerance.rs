//! Hidden cases with a tolerance: what passes, what a lock reveals, what decrypts the solution.

use super::*;
use crate::seal::canonical::{beside, with_cells};
use crate::spec::CaseKind;

const TOLERANT: &str = "\
format: 1
title: t
difficulty: easy
points: 1
function: f
params: {x: \"f32[n]\"}
returns: f32[n + 2]
compare: {close: {rtol: 0, atol: 1e-3}}
parts: [{name: cache, length: n, compare: bits}, {name: output, length: 2}]
narrow: few numbers are few numbers
cases:
- {name: one, given: {x: [1]}, expect: [1, 2, 3]}
- {name: two, hidden: true, given: {x: [3]}}
pitfalls: {off: It is one off.}
";

const RIGHT: [f32; 3] = [4.0, 1234.567, -0.125];

fn world() -> World {
    let mut world = World::new();
    world.spec = spec(TOLERANT);
    world.hidden = vec![("two".into(), f32s(&RIGHT))];
    world.mistakes[0].outcomes = vec![
        Ok(f32s(&[1.0, 2.0, 4.0])),
        Ok(f32s(&[4.0, 1234.567, -0.1251])),
    ];
    world.used = None;
    world.sealed.clear();
    world
}

/// Whether the digest of an output is the one that the lock has.
fn is_recognized(world: &World, lock: &Lock, values: &[f32]) -> bool {
    let case = &world.spec.cases[1];
    assert_eq!(case.kind, CaseKind::Hidden);
    let commitment = lock.commitment("two").unwrap();
    let cells = commitment.cells(&world.spec, case).unwrap();
    let question = Question {
        salt: commitment.salt,
        canonical: with_cells(&world.spec, case, &cells, Ok(&f32s(values))),
    };
    let digester = Digester {
        cost: lock.cost(),
        cache: &world.cache,
        pace: Pace::SideBySide,
    };
    digester.digests(&[question]).unwrap()[0] == commitment.digest
}

#[test]
fn near_values_are_recognized_by_their_cells_and_others_are_not() {
    let world = world();
    let lock = Lock::read("kata", &world.lock().bytes()).unwrap();
    let check = |values: &[f32], expected| {
        assert_eq!(is_recognized(&world, &lock, values), expected, "{values:?}");
        // Where the expected output is known the verdict is the same.
        let case = &world.spec.cases[1];
        let right = f32s(&RIGHT);
        let form = |value| beside(&world.spec, case, &right, Ok(value));
        assert_eq!(form(&f32s(values)) == form(&right), expected, "{values:?}");
    };
    check(&RIGHT, true);
    check(&[4.0, 1234.5674, -0.1254], true);
    check(&[4.0, 1234.5664, -0.1246], true);
    check(&[4.0, 1234.5685, -0.125], false);
    check(&[4.0, 1234.567, -0.1262], false);
    // The part `cache` is compared bit for bit.
    check(&[4.0000005, 1234.567, -0.125], false);
    check(&[4.0, f32::NAN, -0.125], false);
    check(&[4.0, f32::INFINITY, -0.125], false);
    check(&RIGHT[..2], false);
}

#[test]
fn a_mistake_within_the_tolerance_is_none() {
    let world = world();
    let lock = world.lock();
    let recorded = &lock.pitfalls()[0].cases;
    // A shown case records what is near the output, so that the same mistake with other rounding is recognized.
    let Fingerprint::Near(near) = &recorded[0] else {
        panic!("{recorded:?}");
    };
    let rules = world.spec.rules(&world.spec.cases[0].dims);
    let matches = |values: &[f32]| match f32s(values) {
        Value::Array(array) => near.matches(&world.spec, &rules, &array),
        _ => false,
    };
    assert!(matches(&[1.0, 2.0, 4.0]));
    assert!(matches(&[1.0, 2.0005, 3.9995]));
    for other in [
        &[1.0, 2.0, 4.0025][..],
        &[1.0, f32::NAN, 4.0],
        &[1.0000001, 2.0, 4.0],
        &[1.0, 2.0],
    ] {
        assert!(!matches(other), "{other:?}");
    }
    let written = serde_json::to_string(&recorded[0]).unwrap();
    assert_eq!(
        serde_json::from_str::<Fingerprint>(&written).unwrap(),
        recorded[0]
    );
    assert_eq!(recorded[1], Fingerprint::Right);
}

#[test]
fn outputs_within_the_tolerance_open_the_solution() {
    let world = world();
    let lock = world.lock();
    let open = |values: &[f32]| {
        let hidden = [("two".to_owned(), f32s(values))];
        lock.open_solution("kata", &world.spec, &hidden).unwrap()
    };
    assert_eq!(open(&RIGHT), Some(world.solution.clone()));
    assert_eq!(
        open(&[4.0, 1234.5674, -0.1254]),
        Some(world.solution.clone())
    );
    assert_eq!(open(&[4.0, 1234.569, -0.125]), None);
}

#[test]
fn an_unchanged_kata_is_sealed_the_same_and_another_rule_is_noticed() {
    let mut world = world();
    let lock = world.lock();
    assert_eq!(make(&world.parts(), Some(&lock)).unwrap(), lock);
    assert_eq!(world.findings(&lock), Vec::<String>::new());
    world.spec = spec(&TOLERANT.replace("atol: 1e-3", "atol: 1e-4"));
    assert_eq!(
        world.findings(&lock),
        ["kata.lock is out of date: kata.yaml has changed."]
    );
}

/// 2T′ is 2⁻⁹ here. 1234.567 has 10 binary digits above the point and so 20 above the width, of which the leading one is
/// not counted; its sign is. 0.125 is 64 cells: a power of two, as easy to guess as without a tolerance. 4 is exact.
#[test]
fn only_what_the_cells_do_not_reveal_counts_as_freedom() {
    let world = world();
    let found = freedoms(&world.parts());
    assert_eq!(found.len(), 1);
    let whole = (f64::from(1234.567_f32) * 512.0).floor() as u64;
    let digits = 64 - whole.leading_zeros() - whole.trailing_zeros() - 1;
    assert_eq!(found[0].1.bits, 2.0 + f64::from(digits) + 1.0);
    assert_eq!(found[0].1.different, 2);
}
