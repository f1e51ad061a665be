//! The result of a comparison, as data for a table: where two values differ, by which bits, by how much.

use crate::array::Dtype;

/// Counts the differing elements that `Differences` lists one by one.
pub const LISTED: usize = 1000;

/// Holds the outcome of comparing an answer with the expected value.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    Equal,
    /// One is an array and the other text, say.
    Kind {
        expected: &'static str,
        got: &'static str,
    },
    Count {
        expected: usize,
        got: usize,
    },
    Shape {
        expected: Vec<usize>,
        got: Vec<usize>,
    },
    Dtype {
        expected: Dtype,
        got: Dtype,
    },
    Values(Differences),
    Bytes(ByteDifference),
    Text(TextDifference),
}

/// Holds the elements in which two arrays of one shape and dtype differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    pub dtype: Dtype,
    pub shape: Vec<usize>,
    /// How many elements there are.
    pub total: usize,
    /// How many of them differ, also those not listed.
    pub count: usize,
    /// The flat index of the first that differs.
    pub first: usize,
    /// The first `LISTED` differing elements, by index.
    pub listed: Vec<Difference>,
    /// The one farthest off in steps; a NaN on one side counts as farthest.
    pub worst: Difference,
    /// The greatest distance among the differing elements that have one.
    pub max_ulps: Option<u64>,
}

/// Holds one differing element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The flat index; `array::coordinates` turns it into the place in a matrix.
    pub index: usize,
    pub expected: u64,
    pub got: u64,
    /// The distance in representable steps; none when a NaN is involved.
    pub ulps: Option<u64>,
}

/// Holds the first place where two byte strings differ; a side that has ended there has no byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteDifference {
    pub index: usize,
    pub expected: Option<u8>,
    pub got: Option<u8>,
    pub expected_length: usize,
    pub got_length: usize,
}

/// Holds the first place where two texts differ, counted in characters; a side that has ended there has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDifference {
    pub index: usize,
    /// The line and column of the place in the expected text, from one.
    pub line: usize,
    pub column: usize,
    pub expected: Option<char>,
    pub got: Option<char>,
    pub expected_length: usize,
    pub got_length: usize,
}

impl Comparison {
    /// Says whether the answer is right.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        *self == Self::Equal
    }
}
