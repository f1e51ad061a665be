//! A comparison rule: which outputs count as equal to the expected one.
//!
//! A spec names one under `compare`; `bits` is the default. Each rule is explained in the file of its name.

use std::fmt;

/// How two elements of a float array are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Rule {
    /// The same bits.
    #[default]
    Bits,
    /// At most this many steps apart, each from one float to the next.
    Ulp(u64),
    /// At most this many steps of the greatest expected magnitude apart.
    ScaledUlp(f64),
    /// |a − b| ≤ atol + rtol · |expected|, computed in `f64`.
    Close { rtol: f64, atol: f64 },
}

/// Whether +0 and −0 count as equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Zeros {
    #[default]
    Distinct,
    Equal,
}

impl Rule {
    /// Returns whether hidden cases are stricter than this rule: their tolerance is the greatest power of two not
    /// above it.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        match self {
            Self::Bits => false,
            Self::Ulp(steps) => *steps > 0 && !steps.is_power_of_two(),
            // A step of a float is a power of two already.
            Self::ScaledUlp(steps) => *steps > 0.0 && steps.log2().fract() != 0.0,
            // It depends on the expected value.
            Self::Close { rtol, atol } => *rtol > 0.0 || *atol > 0.0,
        }
    }
}

impl fmt::Display for Rule {
    /// Writes the rule as a spec does: `bits`, `{ulp: 2}`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bits => write!(formatter, "bits"),
            Self::Ulp(steps) => write!(formatter, "{{ulp: {steps}}}"),
            Self::ScaledUlp(steps) => write!(formatter, "{{scaled_ulp: {steps}}}"),
            Self::Close { rtol, atol } => {
                write!(formatter, "{{close: {{rtol: {rtol:?}, atol: {atol:?}}}}}")
            }
        }
    }
}

impl fmt::Display for Zeros {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Distinct => "distinct",
            Self::Equal => "equal",
        })
    }
}
