//! Types as written in a spec: `f32[features * in]`, `i64`, `usize`, `bytes`, `str`, a result's `f32[]`.

use super::fault::Span;
use super::faults::{Faults, Sink};
use super::fields::text;
use super::names::is_identifier;
use super::similar::closest;
use super::yaml::{Kind, Node};
use super::{Expr, Type};
use crate::array::Dtype;

/// Parses a type outside a file, such as `f32[features * in]`; only a result may leave its length open.
///
/// # Errors
/// When it is not a valid type; the error contains all faults.
pub fn parse_type(written: &str, is_result: bool) -> Result<Type, Faults> {
    let mut sink = Sink::new("signature", written);
    let node = Node {
        span: Span {
            start: 0,
            end: written.len(),
        },
        kind: Kind::Scalar {
            text: written.into(),
            quoted: false,
        },
    };
    let what = if is_result {
        "the result"
    } else {
        "a parameter"
    };
    let ty = read(&node, what, is_result, &mut sink);
    sink.finish(ty)
}

/// Reads a parameter's or a result's type; only a result may leave its length open.
pub(super) fn read(
    node: &Node<'_>,
    what: &str,
    is_result: bool,
    sink: &mut Sink<'_>,
) -> Option<Type> {
    // In YAML `x: [f32]` is a list, but its author probably means an array.
    if let Kind::List(_) | Kind::Map(_) = node.kind {
        sink.add(
            node.span,
            format!("the type of {what} must be one word"),
            "write the name first: `f32[n]`",
        );
        return None;
    }
    let written = text(node, &format!("the type of {what}"), "f32[n]", sink)?;
    let place =
        |part: std::ops::Range<usize>, sink: &Sink<'_>| match sink.written(node.span) == written {
            true => node.span.part(part),
            false => node.span,
        };
    let Some((name, rest)) = written.split_once('[') else {
        return read_word(node, written, what, sink);
    };
    let Some(dtype) = Dtype::parse(name.trim_end()) else {
        let span = place(0..name.len(), sink);
        unknown(span, name, sink);
        return None;
    };
    let Some(inside) = rest.strip_suffix(']') else {
        sink.add(
            node.span,
            format!("`{written}` has no closing bracket at its end"),
            format!("write `{dtype}[n]`"),
        );
        return None;
    };
    if inside.trim().is_empty() {
        if !is_result {
            sink.add(
                node.span,
                format!("{what} has no length"),
                format!("give the length a name: `{dtype}[n]`; only a result may leave it out"),
            );
        }
        return is_result.then_some(Type::Array {
            dtype,
            dims: Vec::new(),
            open: true,
        });
    }
    let mut dims = Vec::new();
    let mut start = name.len() + 1;
    for part in inside.split(',') {
        let expr = Expr::parse(part).map_err(|error| {
            (
                error.message,
                start + error.span.start..start + error.span.end,
            )
        });
        match expr {
            Ok(expr) => dims.push(expr),
            Err((message, range)) => {
                let span = place(range, sink);
                let got = part.trim();
                sink.add(
                    span,
                    format!("`{got}` is not a length: {message}"),
                    "write names, whole numbers, + - * / and parentheses: `features * in`",
                );
                return None;
            }
        }
        start += part.len() + 1;
    }
    Some(Type::Array {
        dtype,
        dims,
        open: false,
    })
}

fn read_word(node: &Node<'_>, word: &str, what: &str, sink: &mut Sink<'_>) -> Option<Type> {
    let ty = match word {
        "usize" => Type::Usize,
        "bytes" => Type::Bytes,
        "str" => Type::Str,
        _ => match Dtype::parse(word) {
            Some(dtype) => Type::Scalar(dtype),
            None => {
                unknown(node.span, word, sink);
                return None;
            }
        },
    };
    if let Type::Scalar(Dtype::Bf16) = ty {
        sink.add(
            node.span,
            format!("{what} cannot be a single `bf16`: neither language has such a type"),
            "write `bf16[1]` or `f32`",
        );
        return None;
    }
    Some(ty)
}

fn unknown(span: Span, word: &str, sink: &mut Sink<'_>) {
    let names = || {
        Dtype::ALL
            .iter()
            .map(|dtype| dtype.name())
            .chain(["usize", "bytes", "str"])
    };
    let usual = match word.trim() {
        "float" | "float32" => Some("f32"),
        "double" | "float64" => Some("f64"),
        "bfloat16" => Some("bf16"),
        "int" | "int64" | "isize" => Some("i64"),
        "int32" => Some("i32"),
        "string" | "String" => Some("str"),
        _ => None,
    };
    let instead = match usual.or_else(|| closest(word, names())) {
        Some(meant) if is_identifier(word.trim()) => format!("did you mean `{meant}`?"),
        _ => format!("write one of {}", names().collect::<Vec<_>>().join(" ")),
    };
    sink.add(span, format!("`{}` is not a type", word.trim()), instead);
}
