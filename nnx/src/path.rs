//! The place of a variable in a module tree: `layers.0.kernel`.
//!
//! States, errors and pure dicts use it as a key. A step into a list is a number and a step to an attribute is a
//! name, as in Flax; a name made of digits differs from the number and is shown in quotes. Nothing is looked up here.

use std::fmt;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// A position in a list, from 0.
    Index(usize),
    /// The name of an attribute, or a key of a dict.
    Name(String),
}

/// The steps from a module to one of its variables. Paths sort step by step, numbers by size and names by their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Part>);

impl Path {
    /// The path with no steps.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// This path followed by one more step.
    pub fn join(&self, part: impl Into<Part>) -> Self {
        let mut parts = self.0.clone();
        parts.push(part.into());
        Self(parts)
    }

    /// The steps, outermost first.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The same steps, with each name made of digits as a position: `layers."0"` as `layers.0`.
    pub(crate) fn with_positions(&self) -> Self {
        let position = |part: &Part| match part {
            Part::Name(name) if is_digits(name) => name.parse().map_or(part.clone(), Part::Index),
            _ => part.clone(),
        };
        self.0.iter().map(position).collect()
    }

    /// Whether `other` is a prefix of this path.
    pub fn starts_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl From<&str> for Part {
    /// A name, even if it is made of digits.
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<String> for Part {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}

impl From<usize> for Part {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl From<&str> for Path {
    /// Reads the dotted form; steps made of digits become [`Part::Index`]. For names made of digits, use an array of parts.
    fn from(dotted: &str) -> Self {
        if dotted.is_empty() {
            return Self::root();
        }
        let part = |text: &str| match text.parse() {
            Ok(index) if is_digits(text) => Part::Index(index),
            _ => Part::from(text),
        };
        Self(dotted.split('.').map(part).collect())
    }
}

impl From<String> for Path {
    /// Like `From<&str>`.
    fn from(dotted: String) -> Self {
        Self::from(dotted.as_str())
    }
}

impl From<&Path> for Path {
    fn from(path: &Path) -> Self {
        path.clone()
    }
}

impl<P: Into<Part>, const N: usize> From<[P; N]> for Path {
    /// Takes each part as it is: `["layers", "0"]` is two names.
    fn from(parts: [P; N]) -> Self {
        parts.into_iter().collect()
    }
}

impl<P: Into<Part>> From<Vec<P>> for Path {
    fn from(parts: Vec<P>) -> Self {
        parts.into_iter().collect()
    }
}

impl<P: Into<Part>> FromIterator<P> for Path {
    fn from_iter<I: IntoIterator<Item = P>>(parts: I) -> Self {
        Self(parts.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "{index}"),
            Self::Name(name) if is_digits(name) => write!(f, "{name:?}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("(root)");
        }
        for (position, part) in self.0.iter().enumerate() {
            let dot = if position == 0 { "" } else { "." };
            write!(f, "{dot}{part}")?;
        }
        Ok(())
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
