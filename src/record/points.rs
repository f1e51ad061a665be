//! Points: what a kata is worth, and how a share of it is given and written.
//!
//! Every table, page and gradebook takes its points from here, so that they agree.

use std::iter::Sum;

use serde::{Deserialize, Serialize};

use crate::spec::Credit;

/// Holds the points that were given, and the most there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// What was given; a share of `most`, not rounded.
    pub given: f64,
    /// The most there is.
    pub most: u32,
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            given: sum.given + one.given,
            // Anyone may have written the record that they come from.
            most: sum.most.saturating_add(one.most),
        })
    }
}

impl Points {
    /// Gives the share of the most, from 0 to 1; a kata worth nothing counts as 0.
    #[must_use]
    pub fn fraction(self) -> f64 {
        if self.most == 0 {
            0.0
        } else {
            self.given / f64::from(self.most)
        }
    }
}

/// Gives the points of a kata: all of them when it passed, else the share that its right cases earn under `credit`.
///
/// An answer with all cases right can still not pass, for a call that it never made; no share is given for that.
#[must_use]
pub fn share(credit: Credit, most: u32, passed: bool, right: usize, cases: usize) -> Points {
    let given = match credit {
        _ if passed => f64::from(most),
        Credit::Cases if right < cases => f64::from(most) * right as f64 / cases as f64,
        Credit::Cases | Credit::All => 0.0,
    };
    Points { given, most }
}

/// Writes points as a person would: with at most two decimals, and none that say nothing.
#[must_use]
pub fn shown(points: f64) -> String {
    let text = format!("{points:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_the_share_of_right_cases() {
        let given = |credit, passed, right| share(credit, 4, passed, right, 8).given;
        assert_eq!(given(Credit::Cases, false, 2), 1.0);
        assert_eq!(given(Credit::Cases, true, 8), 4.0);
        assert_eq!(given(Credit::All, false, 7), 0.0);
        assert_eq!(given(Credit::All, true, 8), 4.0);
        // Every number is right and a call is missing.
        assert_eq!(given(Credit::Cases, false, 8), 0.0);
        // Nothing was judged.
        assert_eq!(share(Credit::Cases, 4, false, 0, 0).given, 0.0);
    }

    #[test]
    fn points_are_written_short() {
        for (points, text) in [
            (0.0, "0"),
            (2.5, "2.5"),
            (4.0 / 3.0, "1.33"),
            (10.0, "10"),
            (100.0, "100"),
        ] {
            assert_eq!(shown(points), text);
        }
    }
}
