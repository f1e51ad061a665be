//! Mistakes of one kind: a right answer that gets one input changed, such as `x` in reverse order.
//!
//! `katas author seal` runs the solution with each change, and a lock records the outcomes under the ids that are
//! written and parsed here. Equal bits prove only the effect, not its place in the source, so the texts claim only
//! this: the answer has the outputs of a right answer that gets another input.

use std::fmt;

/// A change of one input, or of two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputChange {
    /// What is changed.
    pub how: How,
    /// The parameter.
    pub param: String,
    /// The other parameter, if two are swapped.
    pub other: Option<String>,
}

/// How an input is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// An array from its last element to its first.
    Reversed,
    /// An array whose first element has become the last.
    Rolled,
    /// Every number is 0, or `false`.
    Zero,
    /// Every number is 1, or `true`.
    One,
    /// Every number with the other sign.
    Negated,
    /// Every number without its sign.
    Absolute,
    /// Every number twice as large.
    Doubled,
    /// Every number half as large.
    Halved,
    /// Every float rounded to bf16.
    Bf16,
    /// An integer plus 1.
    Next,
    /// An integer minus 1.
    Previous,
    /// A `bool` inverted.
    Inverted,
    /// The value of the first case, in every case.
    First,
    /// A small number is 1e-5, a common default.
    Small5,
    /// A small number is 1e-6, the other common default.
    Small6,
    /// Two inputs of the same type swapped.
    Exchanged,
}

/// Every change, most likely first: changes with the same outputs are named in this order.
pub const HOWS: &[How] = &[
    How::Exchanged,
    How::Reversed,
    How::Inverted,
    How::Next,
    How::Previous,
    How::First,
    How::Small5,
    How::Small6,
    How::Zero,
    How::One,
    How::Negated,
    How::Absolute,
    How::Doubled,
    How::Halved,
    How::Bf16,
    How::Rolled,
];

const PREFIX: &str = "input";

impl How {
    fn id(self) -> &'static str {
        match self {
            Self::Reversed => "reversed",
            Self::Rolled => "rolled",
            Self::Zero => "zero",
            Self::One => "one",
            Self::Negated => "negated",
            Self::Absolute => "absolute",
            Self::Doubled => "doubled",
            Self::Halved => "halved",
            Self::Bf16 => "bf16",
            Self::Next => "next",
            Self::Previous => "previous",
            Self::Inverted => "inverted",
            Self::First => "first",
            Self::Small5 => "1e-5",
            Self::Small6 => "1e-6",
            Self::Exchanged => "exchanged",
        }
    }
}

impl InputChange {
    /// Parses an id; `None` for other ids, or those of a newer version.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        let mut words = id.split(':');
        let (prefix, how) = (words.next()?, words.next()?);
        let how = HOWS.iter().find(|known| known.id() == how)?;
        let (param, other) = (words.next()?, words.next());
        let is_whole = words.next().is_none() && (*how == How::Exchanged) == other.is_some();
        (prefix == PREFIX && is_whole).then(|| Self {
            how: *how,
            param: param.to_owned(),
            other: other.map(str::to_owned),
        })
    }

    /// The changed input, as the words after "a right answer that gets".
    #[must_use]
    pub fn words(&self) -> String {
        let it = &self.param;
        match self.how {
            How::Reversed => format!("`{it}` in reverse order"),
            How::Rolled => format!("`{it}` with its first element last"),
            How::Zero => format!("0 in place of `{it}`"),
            How::One => format!("1 in place of `{it}`"),
            How::Negated => format!("`{it}` with every sign changed"),
            How::Absolute => format!("`{it}` without its signs"),
            How::Doubled => format!("twice `{it}`"),
            How::Halved => format!("half of `{it}`"),
            How::Bf16 => format!("`{it}` rounded to bf16"),
            How::Next => format!("`{it}` + 1"),
            How::Previous => format!("`{it}` - 1"),
            How::Inverted => format!("`{it}` inverted"),
            How::First => format!("the `{it}` of the first case in every case"),
            How::Small5 => format!("1e-5 in place of `{it}`"),
            How::Small6 => format!("1e-6 in place of `{it}`"),
            How::Exchanged => format!(
                "`{it}` and `{}` swapped",
                self.other.as_deref().unwrap_or_default()
            ),
        }
    }

    /// What to tell a learner whose answer has the outputs of each of these; `None` if there is none.
    #[must_use]
    pub fn text(same: &[Self]) -> Option<String> {
        /// A longer list would not help a learner.
        const MOST: usize = 3;
        let first = same.first()?;
        let words: Vec<String> = same.iter().take(MOST).map(Self::words).collect();
        let others = match same.len() > MOST {
            true => ", or something else with the same effect",
            false => "",
        };
        let mut params: Vec<String> = Vec::new();
        for param in same.iter().take(MOST).flat_map(Self::params) {
            let param = format!("`{param}`");
            if !params.contains(&param) {
                params.push(param);
            }
        }
        let question = match (first.how, params.as_slice()) {
            (How::Exchanged, _) if same.len() == 1 => "Where does each of the two go?".to_owned(),
            (_, [param]) => format!("Follow {param} to where it is used: what arrives there?"),
            _ => "Follow these inputs to where they are used: what arrives there?".to_owned(),
        };
        Some(format!(
            "Your outputs are those of a right answer that gets {}{others}. {question}",
            words.join(", or ")
        ))
    }

    fn params(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.param).chain(self.other.as_deref())
    }
}

impl fmt::Display for InputChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}:{}:{}", self.how.id(), self.param)?;
        match &self.other {
            Some(other) => write!(f, ":{other}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(how: How, param: &str, other: Option<&str>) -> InputChange {
        InputChange {
            how,
            param: param.to_owned(),
            other: other.map(str::to_owned),
        }
    }

    #[test]
    fn an_id_is_read_as_it_is_written() {
        for how in HOWS {
            let other = (*how == How::Exchanged).then_some("y");
            let change = change(*how, "x", other);
            assert_eq!(InputChange::parse(&change.to_string()), Some(change));
        }
        for other in [
            "no_bias",
            "input:new:x",
            "input:reversed",
            "input:exchanged:x",
            "input:zero:x:y",
        ] {
            assert_eq!(InputChange::parse(other), None, "{other}");
        }
    }

    #[test]
    fn changes_with_the_same_effect_are_listed_together() {
        let one = [change(How::Reversed, "x", None)];
        assert_eq!(
            InputChange::text(&one).as_deref(),
            Some(
                "Your outputs are those of a right answer that gets `x` in reverse order. Follow `x` to where it is used: \
                 what arrives there?"
            )
        );
        let two = [
            change(How::Exchanged, "a", Some("b")),
            change(How::Zero, "a", None),
        ];
        assert_eq!(
            InputChange::text(&two).as_deref(),
            Some(
                "Your outputs are those of a right answer that gets `a` and `b` swapped, or 0 in place of `a`. Follow \
                 these inputs to where they are used: what arrives there?"
            )
        );
        assert_eq!(InputChange::text(&[]), None);
    }
}
