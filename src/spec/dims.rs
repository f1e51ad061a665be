//! Binds dimension names, and checks every length of a case against them.
//!
//! A whole-number parameter gives its own name a value. A name that is the only unknown among an array's dimensions
//! gets its value from the array's length: always for `x: f32[in]`, and for `f32[rows, in]` once one of the two is
//! known. Then every array must have the length that its type says; if one does not, the message says where the names
//! got their values.

use super::fault::Span;
use super::faults::Sink;
use super::{Expr, Param, Part, Type};
use crate::array::{Array, Value, element_count};
use crate::words::plural;

/// The values of the dimension names of one case.
#[derive(Default)]
pub(super) struct Bindings<'s> {
    bound: Vec<Bound<'s>>,
}

struct Bound<'s> {
    name: &'s str,
    value: i128,
    /// Where the value came from, for messages.
    origin: String,
    line: usize,
}

/// An input of a case; none when it was missing or faulty, and then nothing more is reported about it.
pub(super) type CaseInput = Option<(Value, Span)>;

impl<'s> Bindings<'s> {
    /// Binds all names that get a value from the inputs of a case.
    pub(super) fn bind(params: &'s [Param], given: &[CaseInput], sink: &mut Sink<'_>) -> Self {
        let mut bindings = Self::default();
        for (param, given) in params.iter().zip(given) {
            if let Some((Value::Scalar(scalar), span)) = given
                && let Some(value) = scalar.dtype.to_integer(scalar.bits)
                && param.ty.is_whole()
            {
                let origin = format!("`{}`", param.name);
                let line = sink.line(span.start);
                bindings.bound.push(Bound {
                    name: &param.name,
                    value,
                    origin,
                    line,
                });
            }
        }
        // Each round binds at least one name, or is the last.
        while let Some(found) = params
            .iter()
            .zip(given)
            .find_map(|(param, given)| bindings.infer(param, given, sink))
        {
            bindings.bound.push(found);
        }
        bindings
    }

    fn infer(&self, param: &'s Param, given: &CaseInput, sink: &Sink<'_>) -> Option<Bound<'s>> {
        let (Type::Array { dims, .. }, Some((Value::Array(array), span))) = (&param.ty, given)
        else {
            return None;
        };
        let position = only_unknown(dims, |name| self.value(name).is_some())?;
        let rest = dims.iter().enumerate().filter(|(at, _)| *at != position);
        let rest: Option<Vec<usize>> = rest
            .map(|(_, dim)| dim.eval(&|name| self.value(name)).ok())
            .collect();
        let rest = element_count(&rest?)?;
        if rest == 0 || array.len() % rest != 0 {
            return None;
        }
        let origin = match dims.len() {
            1 => format!("the length of `{}`", param.name),
            _ => format!("the {} values of `{}`", array.len(), param.name),
        };
        Some(Bound {
            name: dims[position].as_name()?,
            value: (array.len() / rest) as i128,
            origin,
            line: sink.line(span.start),
        })
    }

    fn value(&self, name: &str) -> Option<i128> {
        self.bound
            .iter()
            .find(|bound| bound.name == name)
            .map(|bound| bound.value)
    }

    /// Reshapes an array to its type; a wrong length is a fault.
    pub(super) fn shape(
        &self,
        ty: &Type,
        value: Value,
        span: Span,
        what: &str,
        sink: &mut Sink<'_>,
    ) -> Option<Value> {
        let (
            Type::Array {
                dims, open: false, ..
            },
            Value::Array(array),
        ) = (ty, &value)
        else {
            return Some(value);
        };
        let mut shape = Vec::with_capacity(dims.len());
        for dim in dims {
            match dim.eval(&|name| self.value(name)) {
                Ok(length) => shape.push(length),
                // The input that should have given the name a value has already been reported.
                Err(super::EvalError::Unbound(_)) => return None,
                Err(error) => {
                    sink.add(
                        span,
                        format!(
                            "`{dim}` is not a valid length here: {error}; {}",
                            self.origins(dims)
                        ),
                        "choose inputs for which it is a whole number",
                    );
                    return None;
                }
            }
        }
        let count = element_count(&shape);
        if count != Some(array.len()) {
            let needed = count.map_or_else(|| "too many".to_owned(), |count| count.to_string());
            let why = self.origins(dims);
            let because = if why.is_empty() {
                String::new()
            } else {
                format!(": {why}")
            };
            let got = plural(array.len(), "value");
            sink.add(
                span,
                format!("{what} has {got}, but {ty} has {needed}{because}"),
                format!("write {needed} values{}", or_correct(dims)),
            );
            return None;
        }
        let Value::Array(array) = value else {
            return None;
        };
        Array::reshaped(array, shape).map(Value::Array)
    }

    /// Reshapes an input to its type; an array that should have given a name its value but did not is also a fault.
    pub(super) fn shape_input(
        &self,
        ty: &Type,
        value: Value,
        span: Span,
        what: &str,
        sink: &mut Sink<'_>,
    ) -> Option<Value> {
        let dims = ty.dims();
        let position = only_unknown(dims, |name| self.value(name).is_some());
        if let (Some(position), Value::Array(array)) = (position, &value) {
            let (name, got) = (&dims[position], plural(array.len(), "value"));
            let message = format!(
                "{what} has {got}, which does not determine `{name}`: {}",
                self.origins(dims)
            );
            sink.add(
                span,
                message,
                "write a whole number of rows that are not empty",
            );
            return None;
        }
        self.shape(ty, value, span, what, sink)
    }

    /// Counts the values of a type whose length is not open.
    pub(super) fn count(&self, ty: &Type) -> Option<usize> {
        let Type::Array {
            dims, open: false, ..
        } = ty
        else {
            return None;
        };
        let lengths: Option<Vec<usize>> = dims.iter().map(|dim| self.length(dim).ok()).collect();
        element_count(&lengths?)
    }

    /// Computes a length from the names of the case.
    pub(super) fn length(&self, length: &Expr) -> Result<usize, super::EvalError> {
        length.eval(&|name| self.value(name))
    }

    /// Describes the values of the names in some dimensions, and where they come from.
    fn origins(&self, dims: &[Expr]) -> String {
        let known =
            names(dims).filter_map(|name| self.bound.iter().find(|bound| bound.name == name));
        let said: Vec<String> = known
            .map(|bound| {
                format!(
                    "{} = {} ({}, line {})",
                    bound.name, bound.value, bound.origin, bound.line
                )
            })
            .collect();
        said.join(", ")
    }

    /// Returns the names that the dimensions of the signature and the lengths of the parts use, with their values.
    pub(super) fn used(
        &self,
        params: &[Param],
        returns: &Type,
        parts: &[Part],
    ) -> Vec<(String, usize)> {
        let types = params.iter().map(|param| &param.ty).chain([returns]);
        let mut used: Vec<&str> = types.flat_map(|ty| names(ty.dims())).collect();
        used.extend(parts.iter().flat_map(|part| part.length.names()));
        let bound = self.bound.iter().filter(|bound| used.contains(&bound.name));
        bound
            .filter_map(|bound| Some((bound.name.to_owned(), usize::try_from(bound.value).ok()?)))
            .collect()
    }
}

/// Returns the bound names of a case that was read before.
pub(super) fn known(case: &super::Case) -> Bindings<'_> {
    let bound = case.dims.iter().map(|(name, value)| Bound {
        name,
        value: *value as i128,
        origin: "kata.yaml".to_owned(),
        line: case.line,
    });
    Bindings {
        bound: bound.collect(),
    }
}

/// Finds the names of a signature that never get a value.
pub(super) fn unbindable<'s>(
    params: &'s [Param],
    types: impl Iterator<Item = &'s Type>,
) -> Vec<&'s str> {
    let mut known: Vec<&str> = params
        .iter()
        .filter(|param| param.ty.is_whole())
        .map(|param| param.name.as_str())
        .collect();
    let infer = |known: &[&str], param: &'s Param| {
        let dims = param.ty.dims();
        only_unknown(dims, |name| known.contains(&name))
            .and_then(|position| dims[position].as_name())
    };
    while let Some(name) = params.iter().find_map(|param| infer(&known, param)) {
        known.push(name);
    }
    let mut unknown: Vec<&str> = types
        .flat_map(|ty| names(ty.dims()))
        .filter(|name| !known.contains(name))
        .collect();
    unknown.dedup();
    unknown
}

/// Finds the dimension that is just an unbound name, if all other names are bound.
fn only_unknown(dims: &[Expr], is_known: impl Fn(&str) -> bool) -> Option<usize> {
    let mut unknown = dims
        .iter()
        .enumerate()
        .filter(|(_, dim)| dim.names().iter().any(|name| !is_known(name)));
    let (position, dim) = unknown.next()?;
    (unknown.next().is_none() && dim.as_name().is_some()).then_some(position)
}

/// Lists the names in some dimensions, each once.
fn names(dims: &[Expr]) -> impl Iterator<Item = &str> {
    let mut seen: Vec<&str> = Vec::new();
    for name in dims.iter().flat_map(Expr::names) {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen.into_iter()
}

/// The hint that a name's value may be wrong instead of the length.
fn or_correct(dims: &[Expr]) -> String {
    let names: Vec<&str> = names(dims).collect();
    match names.as_slice() {
        [] => String::new(),
        [name] => format!(", or correct what gives `{name}` its value"),
        names => format!(
            ", or correct what gives {} their values",
            super::fields::list(names)
        ),
    }
}

impl Type {
    /// Returns whether a value of the type is a single integer, which can be a length.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Usize) || matches!(self, Self::Scalar(dtype) if dtype.is_integer())
    }

    /// Lists the dimensions; empty for other types than arrays.
    #[must_use]
    pub fn dims(&self) -> &[Expr] {
        match self {
            Self::Array { dims, .. } => dims,
            _ => &[],
        }
    }
}
