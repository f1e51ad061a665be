//! Tests of every rule on values where the rules differ.

use super::*;
use crate::array::{Dtype, Scalar};
use proptest::prelude::*;

const NAN: u32 = 0x7fc0_0000;
const OTHER_NAN: u32 = 0xff80_0001;
const INF: u32 = 0x7f80_0000;
const MINUS_ZERO: u32 = 0x8000_0000;
const ONE: u32 = 0x3f80_0000;

fn f32s(bits: &[u32]) -> Array {
    Array::flat(
        Dtype::F32,
        &bits.iter().map(|bits| u64::from(*bits)).collect::<Vec<_>>(),
    )
}

fn is_equal(rule: Rule, zeros: Zeros, expected: u32, got: u32) -> bool {
    compare(&f32s(&[expected]), &f32s(&[got]), &rule.into(), zeros).is_equal()
}

#[track_caller]
fn check(rule: Rule, expected: u32, got: u32, distinct: bool, equal: bool) {
    assert_eq!(
        is_equal(rule, Zeros::Distinct, expected, got),
        distinct,
        "{rule}"
    );
    assert_eq!(
        is_equal(rule, Zeros::Equal, expected, got),
        equal,
        "{rule}, zeros equal"
    );
}

#[test]
fn hidden_cases_are_stricter_than_what_is_no_power_of_two() {
    for (rule, is_narrowed) in [
        (Rule::Bits, false),
        (Rule::Ulp(0), false),
        (Rule::Ulp(1), false),
        (Rule::Ulp(3), true),
        (Rule::Ulp(4), false),
        (Rule::ScaledUlp(0.0), false),
        (Rule::ScaledUlp(0.25), false),
        (Rule::ScaledUlp(6.0), true),
        (
            Rule::Close {
                rtol: 0.0,
                atol: 0.0,
            },
            false,
        ),
        (
            Rule::Close {
                rtol: 1e-6,
                atol: 0.0,
            },
            true,
        ),
    ] {
        assert_eq!(rule.is_narrowed(), is_narrowed, "{rule}");
    }
}

#[test]
fn nan_and_infinity_are_the_same_under_every_rule() {
    let loose = Rule::Close {
        rtol: 1.0,
        atol: 1e30,
    };
    for rule in [Rule::Bits, Rule::Ulp(u64::MAX), Rule::ScaledUlp(1e9), loose] {
        check(rule, NAN, OTHER_NAN, true, true);
        check(rule, NAN, ONE, false, false);
        check(rule, ONE, NAN, false, false);
        check(rule, INF, INF, true, true);
        check(rule, INF, INF | MINUS_ZERO, false, false);
        check(rule, INF, INF - 1, false, false);
        check(rule, INF - 1, INF, false, false);
    }
}

#[test]
fn zeros_are_as_the_spec_says() {
    check(Rule::Bits, 0, MINUS_ZERO, false, true);
    check(Rule::Ulp(0), 0, MINUS_ZERO, false, true);
    check(Rule::Ulp(1), 0, MINUS_ZERO, true, true);
    // From the least negative to the least positive: three steps, or two when the zeros are one.
    check(Rule::Ulp(2), 1, MINUS_ZERO | 1, false, true);
    check(Rule::ScaledUlp(0.0), 0, MINUS_ZERO, true, true);
    check(
        Rule::Close {
            rtol: 0.0,
            atol: 0.0,
        },
        0,
        MINUS_ZERO,
        true,
        true,
    );
}

#[test]
fn each_rule_has_its_edge() {
    check(Rule::Bits, ONE, ONE, true, true);
    check(Rule::Bits, ONE, ONE + 1, false, false);
    check(Rule::Ulp(2), ONE, ONE + 2, true, true);
    check(Rule::Ulp(2), ONE, ONE + 3, false, false);
    check(Rule::ScaledUlp(2.0), ONE, ONE + 2, true, true);
    check(Rule::ScaledUlp(2.0), ONE, ONE + 3, false, false);
    // 4.0 against 5.0: off by 1 = 0.25 · 4.
    let (four, five) = (4.0_f32.to_bits(), 5.0_f32.to_bits());
    check(
        Rule::Close {
            rtol: 0.25,
            atol: 0.0,
        },
        four,
        five,
        true,
        true,
    );
    check(
        Rule::Close {
            rtol: 0.125,
            atol: 0.5,
        },
        four,
        five,
        true,
        true,
    );
    check(
        Rule::Close {
            rtol: 0.125,
            atol: 0.25,
        },
        four,
        five,
        false,
        false,
    );
    // The bound depends on the expected value: 0.2 · 5 is enough, 0.2 · 4 is not.
    check(
        Rule::Close {
            rtol: 0.2,
            atol: 0.0,
        },
        five,
        four,
        true,
        true,
    );
    check(
        Rule::Close {
            rtol: 0.2,
            atol: 0.0,
        },
        four,
        five,
        false,
        false,
    );
}

#[test]
fn scaled_ulp_is_of_the_greatest() {
    // The unit at 1024 is 2^-13, so a zero may be off by 4 · 2^-13 = 2^-11.
    let expected = f32s(&[0, 1024.0_f32.to_bits(), INF, NAN]);
    let got = |first: f32| f32s(&[first.to_bits(), 1024.0_f32.to_bits(), INF, NAN]);
    let rule = Rule::ScaledUlp(4.0);
    assert!(
        compare(
            &expected,
            &got(2.0_f32.powi(-11)),
            &rule.into(),
            Zeros::Distinct
        )
        .is_equal()
    );
    let beyond = compare(
        &expected,
        &got(-2.0_f32.powi(-10)),
        &rule.into(),
        Zeros::Distinct,
    );
    assert!(!beyond.is_equal());
}

#[test]
fn integers_are_exact_under_every_rule() {
    for rule in [
        Rule::Ulp(5),
        Rule::ScaledUlp(5.0),
        Rule::Close {
            rtol: 1.0,
            atol: 9.0,
        },
    ] {
        let [a, b] = [7, 8].map(|bits| Array::flat(Dtype::I64, &[bits]));
        assert!(compare(&a, &a, &rule.into(), Zeros::Distinct).is_equal());
        assert!(!compare(&a, &b, &rule.into(), Zeros::Equal).is_equal());
    }
}

#[test]
fn count_shape_and_dtype_come_before_values() {
    let array = |dtype, shape, count| Array::from_bits(dtype, shape, &vec![1; count]).unwrap();
    let expected = array(Dtype::F32, vec![2, 3], 6);
    let judge = |got| compare(&expected, &got, &Rule::Bits.into(), Zeros::Distinct);
    assert_eq!(
        judge(array(Dtype::F64, vec![4], 4)),
        Comparison::Count {
            expected: 6,
            got: 4
        }
    );
    assert_eq!(
        judge(array(Dtype::F64, vec![3, 2], 6)),
        Comparison::Shape {
            expected: vec![2, 3],
            got: vec![3, 2]
        }
    );
    assert_eq!(
        judge(array(Dtype::I32, vec![2, 3], 6)),
        Comparison::Dtype {
            expected: Dtype::F32,
            got: Dtype::I32
        }
    );
    let empty = array(Dtype::F32, vec![0], 0);
    assert!(
        compare(
            &empty,
            &empty,
            &Rule::ScaledUlp(1.0).into(),
            Zeros::Distinct
        )
        .is_equal()
    );
}

#[test]
fn differences_are_counted_and_the_worst_is_kept() {
    let expected = f32s(&[ONE; 1500]);
    let mut bits = [ONE + 1; 1500];
    bits[0] = ONE;
    bits[1400] = ONE + 9;
    let Comparison::Values(found) =
        compare(&expected, &f32s(&bits), &Rule::Bits.into(), Zeros::Distinct)
    else {
        panic!("the arrays differ");
    };
    assert_eq!((found.total, found.count, found.first), (1500, 1499, 1));
    assert_eq!(found.listed.len(), LISTED);
    assert_eq!((found.worst.index, found.max_ulps), (1400, Some(9)));
    bits[1450] = NAN;
    let Comparison::Values(found) =
        compare(&expected, &f32s(&bits), &Rule::Bits.into(), Zeros::Distinct)
    else {
        panic!("the arrays differ");
    };
    assert_eq!(
        (found.worst.index, found.worst.ulps, found.max_ulps),
        (1450, None, Some(9))
    );
}

#[test]
fn other_values_are_compared_too() {
    let judge = |expected: &Value, got: &Value| {
        compare_values(expected, got, &Rule::Bits.into(), Zeros::Distinct)
    };
    let text = |text: &str| Value::Str(text.to_owned());
    let number = |bits| {
        Value::Scalar(Scalar {
            dtype: Dtype::I64,
            bits,
        })
    };
    assert!(judge(&text("é"), &text("é")).is_equal());
    assert!(judge(&number(3), &number(3)).is_equal());
    assert!(!judge(&number(3), &number(4)).is_equal());
    assert_eq!(
        judge(&number(3), &text("3")),
        Comparison::Kind {
            expected: "a number",
            got: "text"
        }
    );
    assert_eq!(
        judge(&text("é\nab"), &text("é\nac…")),
        Comparison::Text(TextDifference {
            index: 3,
            line: 2,
            column: 2,
            expected: Some('b'),
            got: Some('c'),
            expected_length: 4,
            got_length: 5,
        })
    );
    assert_eq!(
        judge(&Value::Bytes(vec![1, 2]), &Value::Bytes(vec![1])),
        Comparison::Bytes(ByteDifference {
            index: 1,
            expected: Some(2),
            got: None,
            expected_length: 2,
            got_length: 1,
        })
    );
}

proptest! {
    #[test]
    fn a_looser_limit_never_refuses(a in any::<u32>(), b in any::<u32>(), limit in any::<u32>(), more in any::<u32>()) {
        for zeros in [Zeros::Distinct, Zeros::Equal] {
            let tight = is_equal(Rule::Ulp(limit.into()), zeros, a, b);
            let loose = is_equal(Rule::Ulp(u64::from(limit) + u64::from(more)), zeros, a, b);
            prop_assert!(loose || !tight);
            prop_assert!(tight || !is_equal(Rule::Bits, zeros, a, b));
            prop_assert_eq!(tight, is_equal(Rule::Ulp(limit.into()), zeros, b, a));
        }
    }
}
