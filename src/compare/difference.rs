//! The result of a comparison, as data for a table: where two values differ, in which bits, and by how much.

use crate::array::Dtype;

/// The maximum number of elements that `Differences` lists.
pub const LISTED: usize = 1000;

/// The outcome of comparing an answer with the expected value.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    Equal,
    /// The kinds differ: for example, one is an array and the other is text.
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

/// The elements in which two arrays of one shape and dtype differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    pub dtype: Dtype,
    pub shape: Vec<usize>,
    /// The number of elements.
    pub total: usize,
    /// The number of differing elements, including those not listed.
    pub count: usize,
    /// The flat index of the first that differs.
    pub first: usize,
    /// The first `LISTED` differing elements, by index.
    pub listed: Vec<Difference>,
    /// The element with the largest distance in steps; a NaN on one side counts as the largest.
    pub worst: Difference,
    /// The largest distance among the elements that have one.
    pub max_ulps: Option<u64>,
}

/// A differing element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The flat index; `array::coordinates` turns it into the place in a matrix.
    pub index: usize,
    pub expected: u64,
    pub got: u64,
    /// The distance in steps, each from one value to the next; none when a NaN is involved.
    pub ulps: Option<u64>,
}

/// The first place where two byte strings differ; a side that is too short has no byte there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteDifference {
    pub index: usize,
    pub expected: Option<u8>,
    pub got: Option<u8>,
    pub expected_length: usize,
    pub got_length: usize,
}

/// The first place where two texts differ, counted in characters; a side that is too short has none there.
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
    /// Returns whether the answer is right.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        *self == Self::Equal
    }
}
