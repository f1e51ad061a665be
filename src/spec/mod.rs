//! The files authors write: `kata.yaml` to `Spec`, `hidden.yaml` to expected values, `course.yaml` to `Course`.
//!
//! Each is read whole, and everything wrong with it is told at once: line, column, a picture, what to write instead.
//! Nothing here reads a folder: the caller hands over the text, and a function for the files a spec names.

mod expr;
mod model;

pub use expr::{EvalError, Expr, Operator};
pub use model::{Case, CaseKind, Difficulty, Param, Pitfall, Spec, Type};
