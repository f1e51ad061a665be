//! What explains an answer: a known mistake or a general cause, by its id.

/// What explains the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A pitfall of the kata, by id.
    Pitfall(String),
    /// Two pitfalls of the kata at once, by their ids.
    Pair(String),
    /// A generated variant of the solution, by id.
    Variant(String),
    /// A general cause, by id.
    Cause(&'static str),
}

impl Subject {
    /// Returns only the id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Pitfall(id) | Self::Pair(id) | Self::Variant(id) => id,
            Self::Cause(id) => id,
        }
    }

    /// Returns the name of its kind, for reports.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pitfall(_) => "pitfall",
            Self::Pair(_) => "pair",
            Self::Variant(_) => "variant",
            Self::Cause(_) => "cause",
        }
    }
}
