//! Tests of text to bits and back.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(dtype: Dtype, text: &str, expected: u64) {
    assert_eq!(parse_bits(dtype, text), Ok(expected), "{dtype} {text}");
}

#[track_caller]
fn check_fault(dtype: Dtype, text: &str, message: &str, instead: &str) {
    let error = parse_bits(dtype, text).unwrap_err();
    assert_eq!(
        (error.message.as_str(), error.instead.as_str()),
        (message, instead)
    );
}

#[test]
fn floats_are_rounded_once() {
    check(Dtype::F32, "1", 0x3f80_0000);
    check(Dtype::F32, "1.5", 0x3fc0_0000);
    check(Dtype::F32, "-0.0", 0x8000_0000);
    check(Dtype::F32, "-0", 0x8000_0000);
    check(Dtype::F32, "+.5", 0x3f00_0000);
    check(Dtype::F32, "5e-1", 0x3f00_0000);
    check(Dtype::F32, "1E2", 0x42c8_0000);
    // A trace more than the middle of 1 and its neighbor: through f64 it would round down.
    check(
        Dtype::F32,
        "1.00000005960464477539062500000000001",
        0x3f80_0001,
    );
    check(Dtype::F32, "3.4028235e38", 0x7f7f_ffff);
    check(Dtype::F64, "0.1", 0x3fb9_9999_9999_999a);
    check(Dtype::Bf16, "3.140625", 0x4049);
    check(Dtype::Bf16, "1.00390625000000000000000000000001", 0x3f81);
}

#[test]
fn special_floats_have_names_and_patterns() {
    for text in [".nan", "nan", ".NaN", "NaN"] {
        check(Dtype::F32, text, 0x7fc0_0000);
    }
    for text in [".inf", "inf", "+.inf", ".Inf", "+inf"] {
        check(Dtype::F32, text, 0x7f80_0000);
    }
    check(Dtype::F64, "-.inf", 0xfff0_0000_0000_0000);
    check(Dtype::Bf16, "-inf", 0xff80);
    check(Dtype::F32, "0x3f3504f3", 0x3f35_04f3);
    check(Dtype::F32, "0xFF800001", 0xff80_0001);
    check(Dtype::Bf16, "0x4049", 0x4049);
}

#[test]
fn integers_are_exact() {
    check(Dtype::I64, "-9223372036854775808", 1 << 63);
    check(Dtype::U64, "18446744073709551615", u64::MAX);
    check(Dtype::I32, "-1", 0xffff_ffff);
    check(Dtype::I32, "-0x10", 0xffff_fff0);
    check(Dtype::U8, "0xff", 255);
    check(Dtype::U16, "+7", 7);
    check(Dtype::Bool, "true", 1);
    check(Dtype::Bool, "false", 0);
}

#[test]
fn numbers_out_of_range_get_a_hint() {
    check_fault(
        Dtype::F32,
        "1e40",
        "`1e40` does not fit f32",
        "the greatest f32 is 3.4028235e38; infinity is written `.inf` or `-.inf`",
    );
    check_fault(
        Dtype::Bf16,
        "-3.4e38",
        "`-3.4e38` does not fit bf16",
        "the greatest bf16 is 3.39e38; infinity is written `.inf` or `-.inf`",
    );
    check_fault(
        Dtype::U8,
        "-1",
        "`-1` does not fit u8",
        "write a whole number from 0 to 255, or declare a wider type",
    );
    check_fault(
        Dtype::I32,
        "0xffffffff",
        "`0xffffffff` does not fit i32",
        "write a whole number from -2147483648 to 2147483647, or declare a wider type",
    );
    check_fault(
        Dtype::I64,
        "1.5",
        "`1.5` is not a whole number, as i64 must be",
        "write a whole number, or declare a float such as f32",
    );
    check_fault(
        Dtype::I64,
        "1e3",
        "`1e3` is written as a fraction, but i64 is a whole number",
        "write `1000`",
    );
    check_fault(
        Dtype::U8,
        "99999999999999999999999999999999999999999999",
        "`99999999999999999999999999999999999999999999` does not fit u8",
        "write a whole number from 0 to 255, or declare a wider type",
    );
    check_fault(
        Dtype::Bool,
        "1",
        "`1` is not a bool",
        "write `true` or `false`",
    );
}

#[test]
fn invalid_numbers_get_a_hint() {
    check_fault(
        Dtype::F32,
        "oops",
        "`oops` is not a valid f32",
        "write a number such as `1.5`, `.nan`, `-.inf` or the bits `0x3f800000`",
    );
    check_fault(
        Dtype::F32,
        "1_000.5",
        "`1_000.5` has an underscore in a number",
        "write `1000.5`",
    );
    check_fault(
        Dtype::F32,
        "0x3f8",
        "`0x3f8` is not a bit pattern of f32, which has 8 hexadecimal digits",
        "write all 8 digits: 1.0 is `0x3f800000`",
    );
    check_fault(
        Dtype::F32,
        "-0x3f800000",
        "`-0x3f800000` has a sign, but hexadecimal is the bit pattern of f32",
        "set the sign in the first digit: −1 is `0xbf800000` in f32",
    );
    check_fault(
        Dtype::I64,
        "",
        "`` is not a valid i64",
        "write a whole number such as `3` or `0x1f`",
    );
    for text in [
        "",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "--1",
        "1 2",
        "0x",
        "0x+f800000",
        "infinity",
        "-.nan",
        "..inf",
        "٣",
    ] {
        assert!(parse_bits(Dtype::F32, text).is_err(), "{text}");
    }
    for text in ["0x", "--1", "-+1", "0x-1", "1 ", "nan", "٣"] {
        assert!(parse_bits(Dtype::I32, text).is_err(), "{text}");
    }
}

#[test]
fn the_text_is_short() {
    for (dtype, bits, expected) in [
        (Dtype::F32, 0x3f80_0000, "1.0"),
        (Dtype::F32, 0x8000_0000, "-0.0"),
        (Dtype::F32, 0x3f35_04f3, "0.70710677"),
        (Dtype::F32, 0xff80_0000, "-inf"),
        (Dtype::F32, 0xffc0_0001, "nan"),
        (Dtype::F64, 0x3fb9_9999_9999_999a, "0.1"),
        (Dtype::Bf16, 0x4049, "3.14"),
        (Dtype::Bf16, 0x3e80, "0.25"),
        (Dtype::Bf16, 0x7f7f, "3.39e38"),
        (Dtype::Bf16, 0x0001, "9e-41"),
        (Dtype::I32, 0xffff_ffff, "-1"),
        (Dtype::Bool, 1, "true"),
    ] {
        assert_eq!(shortest(dtype, bits), expected);
    }
    assert_eq!(hex(Dtype::F32, 1), "0x00000001");
    assert_eq!(hex(Dtype::Bf16, 0x3f80), "0x3f80");
    assert_eq!(hex(Dtype::Bool, 1), "0x01");
}

#[test]
fn every_bf16_round_trips() {
    for bits in 0..=0xffff {
        let expected = if Dtype::Bf16.is_nan(bits) {
            0x7fc0
        } else {
            bits
        };
        check(Dtype::Bf16, &shortest(Dtype::Bf16, bits), expected);
        check(Dtype::Bf16, &hex(Dtype::Bf16, bits), bits);
    }
}

proptest! {
    #[test]
    fn every_element_round_trips(bits in any::<u64>(), choice in any::<prop::sample::Index>()) {
        let dtype = *choice.get(&Dtype::ALL);
        let bits = if dtype == Dtype::Bool { bits & 1 } else { bits >> (64 - 8 * dtype.size()) };
        let expected = if dtype.is_nan(bits) { dtype.quiet_nan().unwrap() } else { bits };
        prop_assert_eq!(parse_bits(dtype, &shortest(dtype, bits)), Ok(expected));
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,12}", choice in any::<prop::sample::Index>()) {
        let dtype = *choice.get(&Dtype::ALL);
        if let Ok(bits) = parse_bits(dtype, &text) {
            prop_assert!(bits <= u64::MAX >> (64 - 8 * dtype.size()));
        }
    }
}
