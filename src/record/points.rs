//! Points: how they are given and formatted.
//!
//! Every table, page and gradebook takes its points from here, so that they agree.

use std::iter::Sum;

use serde::{Deserialize, Serialize};

use crate::spec::Credit;

/// Points out of a maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// The points given; not rounded.
    pub given: f64,
    /// The maximum.
    pub most: u32,
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            given: sum.given + one.given,
            // They may come from an untrusted record.
            most: sum.most.saturating_add(one.most),
        })
    }
}

impl Points {
    /// Returns the share of the maximum, from 0 to 1; 0 for a kata without points.
    #[must_use]
    pub fn fraction(self) -> f64 {
        if self.most == 0 {
            0.0
        } else {
            self.given / f64::from(self.most)
        }
    }
}

/// Returns the points of a kata: all of them when it passed, otherwise the share that its right cases earn under
/// `credit`.
///
/// An answer can fail although all its cases are right, because of a missing call; then it gets no share.
#[must_use]
pub fn share(credit: Credit, most: u32, passed: bool, right: usize, cases: usize) -> Points {
    let given = match credit {
        _ if passed => f64::from(most),
        Credit::Cases if right < cases => f64::from(most) * right as f64 / cases as f64,
        Credit::Cases | Credit::All => 0.0,
    };
    Points { given, most }
}

/// Formats points with at most two decimal places and without trailing zeros.
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
        // Every number is right, but a call is missing.
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
