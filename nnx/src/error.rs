//! Errors, with the operation, the path, and what was expected and found.
//!
//! Structural operations return them; forward passes panic with their text (the `try_` forms return them). The text
//! only states facts and gives no advice on porting.

use std::fmt;

use crate::path::Path;

/// A failed operation. The operation's name is Flax's.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// An array has a different shape than the operation needs.
    Shape {
        /// The operation.
        operation: &'static str,
        /// The variable, or the name of the argument.
        path: Path,
        /// The shape needed.
        expected: Vec<usize>,
        /// The shape found.
        found: Vec<usize>,
    },
    /// The array has a different number of dimensions than requested.
    Rank {
        /// The operation.
        operation: &'static str,
        /// The variable.
        path: Path,
        /// The number of dimensions needed.
        expected: usize,
        /// The shape found.
        found: Vec<usize>,
    },
    /// An array has a different dtype than the operation needs.
    DType {
        /// The operation.
        operation: &'static str,
        /// The variable.
        path: Path,
        /// The dtype needed.
        expected: &'static str,
        /// The dtype found.
        found: &'static str,
    },
    /// A variable has a shape but no values, and the operation needs values.
    Abstract {
        /// The operation.
        operation: &'static str,
        /// The variable.
        path: Path,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// A layer was created with a size of 0, for which Flax has no initial values.
    Empty {
        /// The operation.
        operation: &'static str,
        /// The variable.
        path: Path,
        /// The requested shape.
        shape: Vec<usize>,
    },
    /// A number of features cannot be divided into equal parts.
    Indivisible {
        /// The operation.
        operation: &'static str,
        /// The name of the argument.
        path: Path,
        /// The number of features.
        features: usize,
        /// The number of parts.
        parts: usize,
    },
    /// A variable is of a different kind than the module has at that path.
    Kind {
        /// The operation.
        operation: &'static str,
        /// The variable.
        path: Path,
        /// The kind the module has.
        expected: &'static str,
        /// The kind found.
        found: &'static str,
    },
    /// A state does not have the leaves of the graphdef.
    Leaves {
        /// The operation.
        operation: &'static str,
        /// The paths needed.
        expected: Vec<Path>,
        /// The paths found.
        found: Vec<Path>,
    },
    /// Nothing exists at a path.
    UnknownPath {
        /// The operation.
        operation: &'static str,
        /// The path.
        path: Path,
        /// The existing paths.
        known: Vec<Path>,
    },
    /// A path is given twice, or leads through a leaf.
    PathConflict {
        /// The operation.
        operation: &'static str,
        /// The path.
        path: Path,
        /// The path it collides with.
        other: Path,
    },
    /// No filter matches these leaves.
    NonExhaustive {
        /// The operation.
        operation: &'static str,
        /// The leaves left over.
        remainder: Vec<Path>,
    },
    /// A filter that matches everything is followed by another one.
    RestNotLast {
        /// The operation.
        operation: &'static str,
    },
    /// There is neither a stream with this name nor `default`.
    MissingStream {
        /// The requested stream.
        name: String,
        /// The existing streams.
        streams: Vec<String>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape {
                operation,
                path,
                expected,
                found,
            } => {
                let (expected, found) = (tuple(expected), tuple(found));
                write!(
                    f,
                    "{operation}: {path}: expected shape {expected}, found {found}"
                )
            }
            Self::Rank {
                operation,
                path,
                expected,
                found,
            } => {
                let found = tuple(found);
                write!(
                    f,
                    "{operation}: {path}: expected {expected} dimensions, found shape {found}"
                )
            }
            Self::DType {
                operation,
                path,
                expected,
                found,
            } => {
                write!(
                    f,
                    "{operation}: {path}: expected dtype {expected}, found {found}"
                )
            }
            Self::Abstract {
                operation,
                path,
                shape,
            } => {
                let shape = tuple(shape);
                write!(
                    f,
                    "{operation}: {path} is abstract: it has the shape {shape} but no values; load it before the call"
                )
            }
            Self::Empty {
                operation,
                path,
                shape,
            } => {
                let shape = tuple(shape);
                write!(
                    f,
                    "{operation}: {path}: expected sizes of 1 or more, found shape {shape}"
                )
            }
            Self::Indivisible {
                operation,
                path,
                features,
                parts,
            } => {
                write!(
                    f,
                    "{operation}: {path}: {features} features cannot be divided into {parts} equal parts"
                )
            }
            Self::Kind {
                operation,
                path,
                expected,
                found,
            } => {
                write!(
                    f,
                    "{operation}: {path}: expected a {expected}, found a {found}"
                )
            }
            Self::Leaves {
                operation,
                expected,
                found,
            } => leaves(f, operation, expected, found),
            Self::UnknownPath {
                operation,
                path,
                known,
            } => {
                write!(
                    f,
                    "{operation}: there is no {path}; there is {}",
                    list(known)
                )
            }
            Self::PathConflict {
                operation,
                path,
                other,
            } if path == other => {
                write!(f, "{operation}: {path} is given twice")
            }
            Self::PathConflict {
                operation,
                path,
                other,
            } => {
                write!(
                    f,
                    "{operation}: {path} leads through {other}, which is a leaf"
                )
            }
            Self::NonExhaustive {
                operation,
                remainder,
            } => {
                let remainder = list(remainder);
                write!(
                    f,
                    "{operation}: Non-exhaustive filters, got a non-empty remainder: {remainder}; end with Filter::Rest to take it"
                )
            }
            Self::RestNotLast { operation } => {
                write!(f, "{operation}: Filter::Rest can only be the last filter")
            }
            Self::MissingStream { name, streams } => {
                let streams = if streams.is_empty() {
                    "none".to_owned()
                } else {
                    streams.join(", ")
                };
                write!(
                    f,
                    "nnx.Rngs: there is no stream {name} and no default; there is {streams}"
                )
            }
        }
    }
}

impl fmt::Debug for Error {
    /// The same text as `Display`, so that `unwrap()` shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

/// A shape as Python writes it: `()`, `(3,)`, `(3, 4)`.
pub(crate) fn tuple(shape: &[usize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        _ => {
            let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
            format!("({})", sizes.join(", "))
        }
    }
}

/// Panics with the error, in a call that cannot return it.
#[track_caller]
pub(crate) fn or_panic<T>(result: Result<T, Error>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

fn leaves(
    f: &mut fmt::Formatter<'_>,
    operation: &str,
    expected: &[Path],
    found: &[Path],
) -> fmt::Result {
    let (wanted, got) = (expected.len(), found.len());
    if wanted == got {
        write!(f, "{operation}: Incorrect leaves")?;
    } else {
        write!(
            f,
            "{operation}: Incorrect number of leaves, expected {wanted} leaves, but got {got}"
        )?;
    }
    let missing: Vec<&Path> = expected
        .iter()
        .filter(|path| !found.contains(path))
        .collect();
    let extra: Vec<&Path> = found
        .iter()
        .filter(|path| !expected.contains(path))
        .collect();
    if !missing.is_empty() {
        write!(f, "; missing: {}", list(missing))?;
    }
    if !extra.is_empty() {
        write!(f, "; not in the graphdef: {}", list(extra))?;
    }
    Ok(())
}

/// The paths separated by commas, at most eight of them.
fn list<'a>(paths: impl IntoIterator<Item = &'a Path>) -> String {
    let mut names: Vec<String> = paths.into_iter().map(Path::to_string).collect();
    let more = names.len().saturating_sub(8);
    names.truncate(8);
    match (names.is_empty(), more) {
        (true, _) => "nothing".to_owned(),
        (false, 0) => names.join(", "),
        (false, _) => format!("{} and {more} more", names.join(", ")),
    }
}
