//! Parses `kata.yaml` into a `Spec`: the top-level keys, in the order an author writes them.

use super::cases::{self, Signature};
use super::document::{self, Head};
use super::fault::Span;
use super::faults::{Faults, Sink};
use super::fields::{Fields, choice, entries, items, number, text, texts};
use super::names::{is_identifier, proposal, unfit};
use super::values::ReadFile;
use super::yaml::{Kind, Node};
use super::{Difficulty, KataLimits, Param, Spec, Type, dims, parts, pitfalls, rules, types};
use crate::array::Dtype;

/// The keys of a spec.
pub(super) const KEYS: &[&str] = &[
    "format",
    "title",
    "difficulty",
    "points",
    "tags",
    "function",
    "params",
    "returns",
    "compare",
    "zeros",
    "parts",
    "uses",
    "without",
    "draws",
    "limits",
    "narrow",
    "takeaway",
    "cases",
    "pitfalls",
];

/// Reads a spec; `file` is its name in messages, `files` reads what `{file: path}` names.
///
/// # Errors
/// When the file has faults; the error contains all of them.
pub fn parse(file: &str, text: &str, files: ReadFile<'_>) -> Result<Spec, Faults> {
    document::read(
        file,
        text,
        &Head {
            what: "a spec",
            keys: KEYS,
        },
        |fields, sink| spec(fields, files, sink),
    )
}

fn spec(fields: &Fields<'_, '_>, files: ReadFile<'_>, sink: &mut Sink<'_>) -> Option<Spec> {
    let need = |key, example, sink: &mut Sink<'_>| fields.need(key, "the spec", example, sink);
    let title = need("title", "title: what is learned", sink);
    let difficulty = need("difficulty", "difficulty: easy", sink);
    let points = need("points", "points: 4", sink);
    let function = need("function", "function: load_weights", sink);
    let params = need("params", "params: {x: 'f32[n]'}", sink);
    let returns = need("returns", "returns: f32[n]", sink);
    let cases = need("cases", "cases:", sink);

    let title = title.and_then(|node| text(node, "`title`", "title: what is learned", sink));
    let difficulties = Difficulty::ALL.map(|difficulty| (difficulty.name(), difficulty));
    let difficulty = difficulty.and_then(|node| choice(node, "`difficulty`", &difficulties, sink));
    let points = points.and_then(|node| number(node, Dtype::U32, "`points`", "points: 4", sink));
    let tags = fields
        .get("tags")
        .map(|node| texts(node, "`tags`", "tags: [layout]", sink));
    let function = function.and_then(|node| name(node, "the function", sink));
    let before = sink.len();
    let params = params
        .map(|node| read_params(node, sink))
        .unwrap_or_default();
    let returns_type = returns.and_then(|node| types::read(node, "the result", true, sink));
    if sink.len() == before {
        check_names(fields, &params, returns_type.as_ref(), sink);
    }
    let is_sound = sink.len() == before;
    let rule = fields
        .get("compare")
        .map_or(Some(crate::compare::Rule::Bits), |node| {
            rules::rule(node, sink)
        });
    let zeros = fields
        .get("zeros")
        .map_or(Some(crate::compare::Zeros::Distinct), |node| {
            rules::zeros(node, sink)
        });
    let before = sink.len();
    let mut parts = fields
        .get("parts")
        .map(|node| parts::read(node, returns_type.as_ref(), sink))
        .unwrap_or_default();
    if sink.len() > before {
        // If a part is faulty, the lengths of every case would be wrong.
        parts.clear();
    }
    let [uses, without] = ["uses", "without"].map(|key| {
        fields
            .get(key)
            .map(|node| read_calls(node, key, sink))
            .unwrap_or_default()
    });
    check_calls(fields, &uses, &without, sink);
    let draws = fields
        .get("draws")
        .and_then(|node| number(node, Dtype::U64, "`draws`", "draws: 0", sink));
    let limits = fields
        .get("limits")
        .map(|node| read_limits(node, sink))
        .unwrap_or_default();
    let names = param_names(fields.get("params"));
    let narrow = fields.get("narrow").and_then(|node| {
        text(
            node,
            "`narrow`",
            "narrow: the result is two numbers whatever the sizes",
            sink,
        )
    });
    let takeaway = fields.get("takeaway").and_then(|node| {
        let example = "takeaway: what was learned, and where it matters";
        text(node, "`takeaway`", example, sink)
    });
    let signature = Signature {
        params: &params,
        names: &names,
        is_sound,
        returns: returns_type.as_ref(),
        parts: &parts,
        files,
    };
    let cases = cases
        .map(|node| cases::read(node, &signature, sink))
        .unwrap_or_default();
    let pitfalls = fields
        .get("pitfalls")
        .map(|node| pitfalls::read(node, sink))
        .unwrap_or_default();
    Some(Spec {
        title: title?.trim().to_owned(),
        difficulty: difficulty?,
        points: u32::try_from(points?).ok()?,
        tags: tags.unwrap_or_default(),
        function: function?,
        params,
        returns: returns_type?,
        rule: rule?,
        zeros: zeros?,
        parts,
        uses,
        without,
        draws,
        limits,
        cases,
        narrow: narrow.map(|reason| reason.trim().to_owned()),
        takeaway: takeaway.map(|text| text.trim().to_owned()),
        pitfalls,
    })
}

fn name(node: &Node<'_>, what: &str, sink: &mut Sink<'_>) -> Option<String> {
    let name = text(node, &format!("the name of {what}"), "load_weights", sink)?;
    if let Some(message) = unfit(name) {
        sink.add(node.span, message, format!("write `{}`", proposal(name)));
        return None;
    }
    Some(name.to_owned())
}

/// Reads the parameters. One with a faulty type is left out, and its inputs are not checked.
fn read_params(node: &Node<'_>, sink: &mut Sink<'_>) -> Vec<Param> {
    let mut params = Vec::new();
    for (key, node) in entries(node, "`params`", sink).unwrap_or_default() {
        if let Some(message) = unfit(&key.text) {
            sink.add(
                key.span,
                message,
                format!("write `{}`", proposal(&key.text)),
            );
        }
        let ty = types::read(node, &format!("`{}`", key.text), false, sink);
        params.extend(ty.map(|ty| Param {
            name: key.text.to_string(),
            ty,
        }));
    }
    params
}

/// Lists the names of all parameters as written, including those with a faulty type.
fn param_names<'n>(params: Option<&'n Node<'_>>) -> Vec<&'n str> {
    match params.map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries.iter().map(|(key, _)| key.text.as_ref()).collect(),
        _ => Vec::new(),
    }
}

/// Reports dimension names that never get a value, at the types that use them.
fn check_names(
    fields: &Fields<'_, '_>,
    params: &[Param],
    returns: Option<&Type>,
    sink: &mut Sink<'_>,
) {
    let types = params.iter().map(|param| &param.ty).chain(returns);
    let mut unbound = dims::unbindable(params, types);
    unbound.sort_unstable();
    unbound.dedup();
    let mut places: Vec<Span> = Vec::new();
    if let Some(Kind::Map(entries)) = fields.get("params").map(|node| &node.kind) {
        places.extend(entries.iter().map(|(_, node)| node.span));
    }
    places.extend(fields.get("returns").map(|node| node.span));
    for name in unbound {
        let place = places.iter().find_map(|span| {
            let at = word(sink.written(*span), name)?;
            Some(span.part(at..at + name.len()))
        });
        sink.add(
            place.unwrap_or(Span { start: 0, end: 0 }),
            format!("nothing gives `{name}` a value"),
            format!("add a parameter `{name}: usize`, or let `{name}` be the whole length of an input: `f32[{name}]`"),
        );
    }
}

/// Finds a name as a whole word.
fn word(text: &str, name: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(name)
        .map(|(at, _)| at)
        .find(|at| !text[..*at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part))
}

fn read_calls(node: &Node<'_>, key: &str, sink: &mut Sink<'_>) -> Vec<String> {
    let example = format!("{key}: [nnx.split]");
    let nodes = items(node, &format!("`{key}`"), &example, sink).unwrap_or_default();
    let mut calls = Vec::new();
    for node in nodes {
        let Some(call) = text(node, &format!("a call in `{key}`"), &example, sink) else {
            continue;
        };
        match call.split('.').all(is_identifier) {
            true => calls.push(call.to_owned()),
            false => sink.add(
                node.span,
                format!("`{call}` is not the name of a call"),
                "write it with dots and without arguments: `nnx.split`",
            ),
        }
    }
    calls
}

/// Reports a call that is both required and forbidden.
fn check_calls(fields: &Fields<'_, '_>, uses: &[String], without: &[String], sink: &mut Sink<'_>) {
    for call in without.iter().filter(|call| uses.contains(call)) {
        let place = fields.key_span("without");
        sink.add(
            place.unwrap_or(Span { start: 0, end: 0 }),
            format!("`{call}` is in `uses` and in `without`"),
            "keep it in one of them",
        );
    }
}

/// The keys of `limits`.
pub(super) const LIMITS: &[&str] = &["seconds", "memory"];

/// The minimum seconds and MiB of a kata's limits. A program needs about 6 MiB before it reads its inputs, so with
/// less, every answer would be stopped and blamed.
pub(super) const LEAST: [u32; 2] = [1, 64];

/// The maximum number of seconds and of MiB that a kata may ask for: grading a class must end, and a learner's machine
/// must have the memory.
pub(super) const MOST: [u32; 2] = [600, 16 << 10];

/// Reads `limits`: integers of seconds and of MiB, within bounds.
fn read_limits(node: &Node<'_>, sink: &mut Sink<'_>) -> KataLimits {
    let Some(fields) = Fields::read(node, "`limits`", LIMITS, sink) else {
        return KataLimits::default();
    };
    let mut limit = |key: &str, least: u32, most: u32| {
        let node = fields.get(key)?;
        let what = format!("`{key}`");
        let value = number(
            node,
            Dtype::U32,
            &what,
            &format!("{key}: {}", most / 10),
            sink,
        )?;
        let value = u32::try_from(value).ok()?;
        if value < least || value > most {
            let why = match value < least {
                true => ": with less, no answer could pass",
                false => "",
            };
            sink.add(
                node.span,
                format!("{what} must be from {least} to {most}, not {value}{why}"),
                format!("write `{key}: {}`", value.clamp(least, most)),
            );
        }
        Some(value)
    };
    KataLimits {
        seconds: limit("seconds", LEAST[0], MOST[0]),
        memory: limit("memory", LEAST[1], MOST[1]),
    }
}
