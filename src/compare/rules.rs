//! The rules of one output: one for each of its parts, since a part can have its own rule.

use std::ops::Range;

use super::Rule;

/// The rule of each run of elements, from the first element to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    first: Rule,
    /// The start of each further run, and its rule.
    rest: Vec<(usize, Rule)>,
}

impl Rules {
    /// Creates the rules of an output from the lengths of its parts; an output without parts has one rule.
    #[must_use]
    pub fn of_parts(parts: &[(usize, Rule)], otherwise: Rule) -> Self {
        let mut start = 0;
        let mut runs = Vec::with_capacity(parts.len());
        for (length, rule) in parts {
            runs.push((start, *rule));
            start += length;
        }
        // Neighboring parts with equal rules stay separate: `scaled_ulp` depends on the largest element of its own
        // part.
        let mut runs = runs.into_iter();
        Self {
            first: runs.next().map_or(otherwise, |(_, rule)| rule),
            rest: runs.collect(),
        }
    }

    /// Lists the runs of an output of this length, with their rules.
    #[must_use]
    pub fn runs(&self, count: usize) -> Vec<(Range<usize>, Rule)> {
        let mut runs = Vec::with_capacity(1 + self.rest.len());
        let mut run = (0, self.first);
        for (start, rule) in &self.rest {
            runs.push((run.0.min(count)..(*start).min(count), run.1));
            run = (*start, *rule);
        }
        runs.push((run.0.min(count)..count, run.1));
        runs
    }
}

impl From<Rule> for Rules {
    fn from(rule: Rule) -> Self {
        Self {
            first: rule,
            rest: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_cover_an_output_from_end_to_end() {
        let rules = Rules::of_parts(
            &[(2, Rule::Bits), (0, Rule::Ulp(1)), (3, Rule::Ulp(2))],
            Rule::Bits,
        );
        let runs = [
            (0..2, Rule::Bits),
            (2..2, Rule::Ulp(1)),
            (2..5, Rule::Ulp(2)),
        ];
        assert_eq!(rules.runs(5), runs);
        let whole = Rules::of_parts(&[], Rule::Ulp(7));
        assert_eq!(whole, Rules::from(Rule::Ulp(7)));
        assert_eq!(whole.runs(4), [(0..4, Rule::Ulp(7))]);
        // An answer may return an output that is too short; it has runs too.
        assert_eq!(
            rules.runs(1),
            [
                (0..1, Rule::Bits),
                (1..1, Rule::Ulp(1)),
                (1..1, Rule::Ulp(2))
            ]
        );
    }
}
