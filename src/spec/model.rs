//! A checked spec: every number as bits, everything in file order.

use super::Expr;
use crate::array::{Dtype, Value};
use crate::compare::{Rule, Rules, Zeros};
use std::fmt;

/// The contents of a `kata.yaml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    pub title: String,
    pub difficulty: Difficulty,
    pub points: u32,
    pub tags: Vec<String>,
    /// The name of the function a learner writes, an identifier in Rust and in Python.
    pub function: String,
    pub params: Vec<Param>,
    pub returns: Type,
    /// The default rule of its parts.
    pub rule: Rule,
    pub zeros: Zeros,
    /// The parts of the result, in order; empty when it is one part without a name.
    pub parts: Vec<Part>,
    /// The calls an answer must make, such as `nnx.split`.
    pub uses: Vec<String>,
    /// The calls an answer must not make, counted as those of `uses` are.
    pub without: Vec<String>,
    /// The most initial values an answer may draw in any one case.
    pub draws: Option<u64>,
    /// Limits that differ from the usual ones.
    pub limits: KataLimits,
    pub cases: Vec<Case>,
    /// The author's reason why no hidden case can be wide, if the result is necessarily small.
    pub narrow: Option<String>,
    /// What a learner has learned with an answer that passes, and where it matters.
    pub takeaway: Option<String>,
    pub pitfalls: Vec<Pitfall>,
}

/// How hard a kata is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difficulty {
    Easy,
    Medium,
    Hard,
}

/// A parameter of the function.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    pub name: String,
    pub ty: Type,
}

/// The type of a parameter or the result.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `f32[features * in]`; `open` is a result's `f32[]`, of any length.
    Array {
        dtype: Dtype,
        dims: Vec<Expr>,
        open: bool,
    },
    /// `i64` without brackets: one number, by value.
    Scalar(Dtype),
    /// One number, by value; a `u64` scalar in `Value`.
    Usize,
    Bytes,
    Str,
}

/// A set of inputs with the expected output.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub name: String,
    pub kind: CaseKind,
    /// The author's one sentence about the case.
    pub note: Option<String>,
    /// One value for each parameter, in the parameters' order.
    pub given: Vec<Value>,
    /// Always present for a shown case, never for a hidden one.
    pub expect: Option<Value>,
    /// The value of each dimension name in this case.
    pub dims: Vec<(String, usize)>,
    /// The line the case starts on.
    pub line: usize,
}

/// A named range of the result's values.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: String,
    /// How many values it has, in terms of the dimension names.
    pub length: Expr,
    /// How its values are compared; the spec's rule if it has none itself.
    pub rule: Option<Rule>,
}

/// The limits of a kata that needs more than usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KataLimits {
    /// Seconds for all cases of a process together.
    pub seconds: Option<u32>,
    /// Memory in MiB.
    pub memory: Option<u32>,
}

/// Who may see a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseKind {
    Shown,
    Hidden,
    Sealed,
}

/// The placeholder for what an author still has to write.
pub const OPEN: &str = "TODO";

/// A known mistake: its id, which names the wrong implementation, and what to tell a learner who makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pitfall {
    pub id: String,
    pub text: String,
    /// Whether an author has written the text; until then, learners do not see it.
    pub is_written: bool,
    /// The number of the hint for this mistake, counting from 1; the hint may not exist.
    pub hint: Option<usize>,
}

impl Spec {
    /// Returns the rules of an output, where the dimension names have these values.
    #[must_use]
    pub fn rules(&self, dims: &[(String, usize)]) -> Rules {
        let value = |name: &str| {
            let found = dims.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| *value as i128)
        };
        let parts: Option<Vec<(usize, Rule)>> = self
            .parts
            .iter()
            .map(|part| {
                let length = part.length.eval(&value).ok()?;
                Some((length, part.rule.unwrap_or(self.rule)))
            })
            .collect();
        // The reader has checked that every part of every case has a length.
        Rules::of_parts(&parts.unwrap_or_default(), self.rule)
    }

    /// Returns whether every value of every result is compared bit for bit.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.rules_of_parts().all(|rule| rule == Rule::Bits)
    }

    /// Returns whether hidden cases are stricter than a tolerance of this spec.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.rules_of_parts().any(|rule| rule.is_narrowed())
    }

    /// Returns the rule of each part, or of the result if it has no parts.
    pub fn rules_of_parts(&self) -> impl Iterator<Item = Rule> {
        let whole = self.parts.is_empty().then_some(self.rule);
        let parts = self.parts.iter();
        whole
            .into_iter()
            .chain(parts.map(|part| part.rule.unwrap_or(self.rule)))
    }
}

impl Type {
    /// Returns whether its values are floats.
    #[must_use]
    pub fn is_float(&self) -> bool {
        matches!(self, Self::Array { dtype, .. } | Self::Scalar(dtype) if dtype.is_float())
    }
}

impl Difficulty {
    /// The difficulties in ascending order.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// Returns the word a spec uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

impl CaseKind {
    /// Returns the word for reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Sealed => "sealed",
        }
    }
}

impl fmt::Display for Type {
    /// Writes the type as a spec does.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Array { dtype, dims, .. } => {
                let dims: Vec<String> = dims.iter().map(Expr::to_string).collect();
                write!(formatter, "{dtype}[{}]", dims.join(", "))
            }
            Self::Scalar(dtype) => write!(formatter, "{dtype}"),
            Self::Usize => write!(formatter, "usize"),
            Self::Bytes => write!(formatter, "bytes"),
            Self::Str => write!(formatter, "str"),
        }
    }
}
