//! Parses text to bits by dtype, and formats bits as the shortest text that parses to the same bits.
//!
//! Specs keep numbers as written until the dtype is known; here they are rounded once. `ui` and `report` print
//! elements through here. An error says what is wrong and what to write instead, without the position.

use super::Dtype;
use super::decimal::nearest_bf16;

/// Why a string is not a valid element of a dtype, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TextError {
    pub message: String,
    pub instead: String,
}

/// Reads an element: a decimal number, `.nan`, `.inf`, `-.inf`, `true`, `false`, or a hexadecimal number.
///
/// Hexadecimal is the bit pattern of a float, in full width, and the value of an integer.
///
/// # Errors
/// When the text is not a number, or not one that the dtype can represent.
pub fn parse_bits(dtype: Dtype, text: &str) -> Result<u64, TextError> {
    match dtype {
        Dtype::Bool => parse_bool(text),
        Dtype::F32 | Dtype::F64 | Dtype::Bf16 => parse_float(dtype, text),
        _ => parse_integer(dtype, text),
    }
}

/// Writes the shortest text that `parse_bits` turns into the same bits; every NaN is `nan`.
#[must_use]
pub fn shortest(dtype: Dtype, bits: u64) -> String {
    if dtype.is_nan(bits) {
        return "nan".to_owned();
    }
    match dtype {
        Dtype::F32 => format!("{:?}", dtype.to_f64(bits) as f32),
        Dtype::F64 => format!("{:?}", f64::from_bits(bits)),
        Dtype::Bf16 => shortest_bf16(bits),
        Dtype::Bool if bits <= 1 => (bits == 1).to_string(),
        _ => dtype.to_integer(bits).unwrap_or_default().to_string(),
    }
}

/// Writes the bits in full width: `0x3f800000`.
#[must_use]
pub fn hex(dtype: Dtype, bits: u64) -> String {
    format!("0x{bits:0width$x}", width = 2 * dtype.size())
}

fn parse_bool(text: &str) -> Result<u64, TextError> {
    match text {
        "true" => Ok(1),
        "false" => Ok(0),
        _ => Err(error(
            format!("`{text}` is not a bool"),
            "write `true` or `false`",
        )),
    }
}

fn parse_float(dtype: Dtype, text: &str) -> Result<u64, TextError> {
    if let Some(digits) = hex_digits(text) {
        return parse_pattern(dtype, text, digits);
    }
    if let Some(bits) = named(dtype, text) {
        return Ok(bits);
    }
    if !is_decimal(text) {
        return Err(not_a_number(dtype, text));
    }
    let bits = match dtype {
        Dtype::F32 => text.parse::<f32>().ok().map(|value| value.to_bits().into()),
        Dtype::F64 => text.parse::<f64>().ok().map(f64::to_bits),
        _ => nearest_bf16(text),
    };
    let bits = bits.ok_or_else(|| not_a_number(dtype, text))?;
    if dtype.is_infinite(bits) {
        let greatest = shortest(dtype, dtype.infinity().unwrap_or_default() - 1);
        return Err(error(
            format!("`{text}` does not fit {dtype}"),
            &format!("the greatest {dtype} is {greatest}; infinity is written `.inf` or `-.inf`"),
        ));
    }
    Ok(bits)
}

/// Reads a float given by its bits, in full width so that a missing digit is noticed.
fn parse_pattern(dtype: Dtype, text: &str, digits: &str) -> Result<u64, TextError> {
    let width = 2 * dtype.size();
    if text.starts_with(['-', '+']) {
        return Err(error(
            format!("`{text}` has a sign, but hexadecimal is the bit pattern of {dtype}"),
            "set the sign in the first digit: −1 is `0xbf800000` in f32",
        ));
    }
    let is_full = digits.len() == width && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    match u64::from_str_radix(digits, 16) {
        Ok(bits) if is_full => Ok(bits),
        _ => Err(error(
            format!(
                "`{text}` is not a bit pattern of {dtype}, which has {width} hexadecimal digits"
            ),
            &format!(
                "write all {width} digits: 1.0 is `{}`",
                hex(dtype, one(dtype))
            ),
        )),
    }
}

/// Reads `.nan`, `.inf` and the like, with or without the dot, in any case.
fn named(dtype: Dtype, text: &str) -> Option<u64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (dtype.sign_bit(), rest),
        None => (0, text.strip_prefix('+').unwrap_or(text)),
    };
    let name = rest.strip_prefix('.').unwrap_or(rest);
    if name.eq_ignore_ascii_case("inf") {
        return Some(sign | dtype.infinity()?);
    }
    // A NaN's sign is part of its payload, which only a bit pattern can express.
    (rest == text && name.eq_ignore_ascii_case("nan")).then(|| dtype.quiet_nan())?
}

fn parse_integer(dtype: Dtype, text: &str) -> Result<u64, TextError> {
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = match hex_digits(text) {
        Some(digits) => (16, digits),
        None => (10, magnitude),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    if !is_number {
        return Err(if is_decimal(text) {
            let whole = text
                .parse::<f64>()
                .ok()
                .filter(|value| value.fract() == 0.0 && value.abs() < 1e15);
            match whole {
                Some(value) => error(
                    format!("`{text}` is written as a fraction, but {dtype} is a whole number"),
                    &format!("write `{value}`"),
                ),
                None => error(
                    format!("`{text}` is not a whole number, as {dtype} must be"),
                    "write a whole number, or declare a float such as f32",
                ),
            }
        } else {
            not_a_number(dtype, text)
        });
    }
    let whole = i128::from_str_radix(digits, radix)
        .ok()
        .map(|whole| if negative { -whole } else { whole });
    let (least, greatest) = dtype.range().unwrap_or_default();
    whole
        .and_then(|whole| dtype.from_integer(whole))
        .ok_or_else(|| {
            error(
                format!("`{text}` does not fit {dtype}"),
                &format!(
                    "write a whole number from {least} to {greatest}, or declare a wider type"
                ),
            )
        })
}

fn not_a_number(dtype: Dtype, text: &str) -> TextError {
    let without = text.replace('_', "");
    if without != text && (is_decimal(&without) || hex_digits(&without).is_some()) {
        return error(
            format!("`{text}` has an underscore in a number"),
            &format!("write `{without}`"),
        );
    }
    let instead = match dtype.is_float() {
        true => format!(
            "write a number such as `1.5`, `.nan`, `-.inf` or the bits `{}`",
            hex(dtype, one(dtype))
        ),
        false => "write a whole number such as `3` or `0x1f`".to_owned(),
    };
    error(format!("`{text}` is not a valid {dtype}"), &instead)
}

/// Recognizes `-12.5e-3`: digits with at most one decimal point, and an optional exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(unsigned(exponent))),
        None => (text, None),
    };
    let mantissa = unsigned(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    all_digits(whole)
        && all_digits(fraction)
        && whole.len() + fraction.len() > 0
        && exponent.is_none_or(|exponent| !exponent.is_empty() && all_digits(exponent))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn hex_digits(text: &str) -> Option<&str> {
    let text = unsigned(text);
    text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))
}

/// Finds the fewest digits that round to the same `bf16`; four always do, since 10³ > 2⁹.
fn shortest_bf16(bits: u64) -> String {
    let value = Dtype::Bf16.to_f64(bits);
    let short = (0..4)
        .map(|digits| format!("{value:.digits$e}"))
        .find(|text| nearest_bf16(text) == Some(bits));
    // Formatted by the rule of f64, so that bf16 looks like the other floats.
    let short = short.and_then(|text| text.parse::<f64>().ok());
    format!("{:?}", short.unwrap_or(value))
}

fn one(dtype: Dtype) -> u64 {
    match dtype {
        Dtype::F32 => 0x3f80_0000,
        Dtype::F64 => 0x3ff0_0000_0000_0000,
        Dtype::Bf16 => 0x3f80,
        _ => 1,
    }
}

fn error(message: String, instead: &str) -> TextError {
    TextError {
        message,
        instead: instead.to_owned(),
    }
}

#[cfg(test)]
mod tests;
