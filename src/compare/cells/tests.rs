//! Tests of a tolerance's cells: examples computed by hand, random values and rules, and what an attacker learns.

use super::*;
use crate::compare::matcher;
use proptest::prelude::*;

const FLOATS: [Dtype; 3] = [Dtype::F32, Dtype::F64, Dtype::Bf16];

fn array(dtype: Dtype, bits: &[u64]) -> Array {
    Array::flat(dtype, bits)
}

fn one(dtype: Dtype, bits: u64, rule: Rule) -> Option<Cell> {
    cells(&array(dtype, &[bits]), &rule.into(), Zeros::Distinct).remove(0)
}

fn f32_bits(value: f32) -> u64 {
    value.to_bits().into()
}

/// The width and the offset as numbers, for cells small enough to check by hand.
fn parts(cell: &Cell) -> (u32, i64) {
    (cell.width, i64::try_from(&cell.offset).unwrap())
}

#[test]
fn a_cell_has_the_width_and_the_offset_of_the_formula() {
    // Units of bf16 are 2^-133, so all of this is small enough to count: T = 5 units, T' = 4, cells of 8.
    let unit = 2.0_f64.powi(-133);
    let rule = Rule::Close {
        rtol: 0.0,
        atol: 5.0 * unit,
    };
    // e = 11 = 1 * 8 + 3: k = 1, o = 1.5 * 8 - 11 = 1.
    assert_eq!(parts(&one(Dtype::Bf16, 11, rule).unwrap()), (3, 1));
    // e = -11 = -2 * 8 + 5: k = -2, o = -1.5 * 8 + 11 = -1.
    assert_eq!(
        parts(&one(Dtype::Bf16, 0x8000 | 11, rule).unwrap()),
        (3, -1)
    );
    // Less than one unit is not a tolerance at all.
    let below = Rule::Close {
        rtol: 0.0,
        atol: 0.5 * unit,
    };
    assert_eq!(one(Dtype::Bf16, 11, below), None);
    // Three steps: T' = 2, cells of 4 steps; bits 0x3f80 = 16256 = 4064 * 4 + 0: o = 2.
    assert_eq!(
        parts(&one(Dtype::Bf16, 0x3f80, Rule::Ulp(3)).unwrap()),
        (2, 2)
    );
    assert_eq!(one(Dtype::Bf16, 0x3f80, Rule::Ulp(0)), None);
    // 4 steps of the greatest, 2.0, are 4 * 2^-6 = 2^-4 at every element: 2T' = 2^-3 = 2^130 units.
    let both = cells(
        &array(Dtype::Bf16, &[0x4000, 0x3f80]),
        &Rule::ScaledUlp(4.0).into(),
        Zeros::Distinct,
    );
    for cell in both {
        assert_eq!(cell.unwrap().width, 130);
    }
}

#[test]
fn what_is_exact_has_no_cell() {
    let close = Rule::Close {
        rtol: 1e-3,
        atol: 1e-3,
    };
    let none = |dtype, bits| assert_eq!(one(dtype, bits, close), None);
    none(Dtype::F32, f32_bits(f32::NAN));
    none(Dtype::F32, f32_bits(f32::NEG_INFINITY));
    none(Dtype::I32, 7);
    none(Dtype::Bool, 1);
    assert_eq!(one(Dtype::F32, f32_bits(1.0), Rule::Bits), None);
}

#[test]
fn an_answer_that_is_no_number_is_in_no_cell() {
    let cell = one(Dtype::F32, f32_bits(1.0), Rule::Ulp(4)).unwrap();
    for bits in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY].map(f32_bits) {
        assert_eq!(cell.number(Dtype::F32, Zeros::Distinct, bits), None);
    }
}

#[test]
fn a_lock_keeps_all_of_a_cell() {
    for rule in [
        Rule::Ulp(9),
        Rule::ScaledUlp(2.0),
        Rule::Close {
            rtol: 1e-5,
            atol: 1e-8,
        },
    ] {
        let cell = one(Dtype::F64, (-1234.56_f64).to_bits(), rule).unwrap();
        let read = Cell::from_parts(cell.width(), &cell.offset(), &rule);
        assert_eq!(read, Some(cell));
    }
    assert_eq!(Cell::from_parts(0, &[], &Rule::Ulp(1)), None);
    assert_eq!(Cell::from_parts(3, &[1], &Rule::Bits), None);
    assert_eq!(Cell::from_parts(u32::MAX, &[1], &Rule::Ulp(1)), None);
}

/// A rule, and the same with half of its tolerance.
fn rules() -> impl Strategy<Value = (Rule, Rule)> {
    let ulp = |n: u64| (Rule::Ulp(n), Rule::Ulp(n / 2));
    let scaled = |n: f64| (Rule::ScaledUlp(n), Rule::ScaledUlp(n / 2.0));
    let close = |(rtol, atol): (f64, f64)| {
        let half = Rule::Close {
            rtol: rtol / 2.0,
            atol: atol / 2.0,
        };
        (Rule::Close { rtol, atol }, half)
    };
    let small = || prop_oneof![Just(0.0), (-30.0..2.0_f64).prop_map(f64::exp2)];
    prop_oneof![
        (0..1000_u64).prop_map(ulp),
        (0.1..64.0_f64).prop_map(scaled),
        (small(), small()).prop_map(close),
    ]
}

fn dtype() -> impl Strategy<Value = Dtype> {
    proptest::sample::select(FLOATS.to_vec())
}

/// Bits of the dtype; most are ordinary numbers.
fn element(dtype: Dtype) -> impl Strategy<Value = u64> {
    let mask = u64::MAX >> (64 - 8 * dtype.size());
    let ordinary = (any::<bool>(), -8.0..8.0_f64).prop_map(move |(negative, exponent)| {
        let value = exponent.exp2() * if negative { -1.0 } else { 1.0 };
        match dtype {
            Dtype::F64 => value.to_bits(),
            Dtype::F32 => f32_bits(value as f32),
            _ => f32_bits(value as f32) >> 16,
        }
    });
    prop_oneof![4 => ordinary, 1 => any::<u64>().prop_map(move |bits| bits & mask)]
}

fn both() -> impl Strategy<Value = (Dtype, u64, u64, i64)> {
    dtype().prop_flat_map(|dtype| (Just(dtype), element(dtype), element(dtype), -2000..2000_i64))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn half_the_tolerance_passes_and_more_than_all_of_it_fails(
        (dtype, expected, far, near) in both(),
        (rule, half) in rules(),
        equal in any::<bool>(),
        is_near in prop_oneof![5 => Just(true), 1 => Just(false)],
    ) {
        let zeros = if equal { Zeros::Equal } else { Zeros::Distinct };
        let mask = u64::MAX >> (64 - 8 * dtype.size());
        let got = if is_near { expected.wrapping_add_signed(near) & mask } else { far };
        let whole = array(dtype, &[expected]);
        let Some(cell) = cells(&whole, &rule.into(), zeros).remove(0) else {
            return Ok(());
        };
        let same = cell.number(dtype, zeros, expected) == cell.number(dtype, zeros, got);
        if matcher(&whole, &half.into(), zeros)(0, expected, got) {
            prop_assert!(same, "within half of the tolerance, and in another cell");
        }
        if !matcher(&whole, &rule.into(), zeros)(0, expected, got) {
            prop_assert!(!same, "beyond the tolerance, and in the same cell");
        }
    }
}

/// What an attacker with the lock can find: every value of the dtype that gives the same cell.
fn candidates(expected: u64, rule: Rule) -> usize {
    let cell = one(Dtype::Bf16, expected, rule);
    (0..=u64::from(u16::MAX))
        .filter(|bits| one(Dtype::Bf16, *bits, rule) == cell)
        .count()
}

/// The width tells in which range, from 1 to 2 times some number, a value is: here 42 values of bf16, and not 64.
#[test]
fn a_relative_tolerance_hides_a_digit_less() {
    let rule = Rule::Close {
        rtol: 0.023_366_800_823_013_067,
        atol: 0.0,
    };
    assert_eq!(candidates(45_596, rule), 42);
    let (_, digits) = one(Dtype::Bf16, 45_596, rule)
        .unwrap()
        .secret(Dtype::Bf16, 45_596);
    assert_eq!(digits, 4, "32 values with the sign");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn a_solver_is_left_with_at_least_the_counted_bits(
        expected in element(Dtype::Bf16),
        (rule, _) in rules(),
    ) {
        if let Some(cell) = one(Dtype::Bf16, expected, rule) {
            let (_, digits) = cell.secret(Dtype::Bf16, expected);
            // A digit in the middle is a bit; with the sign it is counted as one more.
            let counted = if digits > 0 { digits + 1 } else { 0 };
            let left = candidates(expected, rule);
            prop_assert!(left >= 1 << counted, "{left} candidates for {counted} bits");
        }
    }
}

/// The reason for powers of two: modulo any other number one residue can name one value.
#[test]
fn the_offset_of_a_large_value_leaves_all_values_of_its_grid() {
    // 1.0 in f32 with a tolerance of 2^-14: every multiple of 2^-13 has the residue 0.
    let rule = Rule::Close {
        rtol: 0.0,
        atol: 2.0_f64.powi(-14),
    };
    let cell = one(Dtype::F32, f32_bits(1.0), rule);
    for multiple in [-40_960_i32, -1, 0, 3, 12_345, 40_960] {
        let value = multiple as f32 / 8192.0;
        assert_eq!(one(Dtype::F32, f32_bits(value), rule), cell, "{value}");
    }
    assert_ne!(one(Dtype::F32, f32_bits(1.000_1), rule), cell);
}

#[test]
fn a_mark_recognizes_what_is_near() {
    let close = |rtol, atol| Rule::Close { rtol, atol };
    let rules = [
        close(0.0, 1e-3),
        close(1e-3, 0.0),
        Rule::ScaledUlp(8.0),
        Rule::Ulp(4),
        Rule::Ulp(1),
    ];
    let next = |value: f32, steps: i32| f32::from_bits(value.to_bits().wrapping_add_signed(steps));
    for rule in rules {
        for value in [0.1_f32, 1.0, 1.5, 3.999, 1234.567, -2.5, -0.001, 1e-20] {
            let marks = marks(
                &array(Dtype::F32, &[f32_bits(value)]),
                &rule.into(),
                Zeros::Distinct,
            );
            let cell = Cell::marked(marks[0].unwrap(), &rule).unwrap();
            let number = |value| cell.number(Dtype::F32, Zeros::Distinct, f32_bits(value));
            // As far away as this share of the tolerance.
            let away = |share: f32| match rule {
                Rule::Close { rtol, atol } => {
                    value + (atol as f32 + rtol as f32 * value.abs()) * share
                }
                Rule::ScaledUlp(limit) => {
                    value + (next(value.abs(), 1) - value.abs()) * limit as f32 * share
                }
                Rule::Ulp(limit) => next(value, (limit as f32 * share) as i32),
                Rule::Bits => value,
            };
            for share in [-0.9, -0.5, 0.5, 0.9] {
                assert_eq!(
                    number(away(share)),
                    number(value),
                    "{rule:?} {value} {share}"
                );
            }
            for share in [-3.0, 3.0] {
                assert_ne!(
                    number(away(share)),
                    number(value),
                    "{rule:?} {value} {share}"
                );
            }
        }
    }
}
