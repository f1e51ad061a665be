//! Parses YAML to a tree in which every scalar is still text and every node has its position.
//!
//! This is the one file that names the YAML crate. It reads serde-saphyr's own event parser rather than
//! deserializing, because only the event parser provides duplicate keys and the original spelling of numbers.
//! Anchors, aliases, tags and several documents are refused: a spec should be explicit, and without aliases no small
//! file can expand into a large one.

use super::Span;
use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span as ParserSpan, options};
use std::borrow::Cow;

/// The maximum size of a file; larger inputs belong in separate files.
pub(super) const MOST_BYTES: usize = 8 << 20;

/// The maximum number of scalars, lists and maps in a file, so that reading one takes at most about 100 MB.
const MOST_NODES: usize = 1_000_000;

/// A part of a file.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) span: Span,
    pub(super) kind: Kind<'a>,
}

/// The kind of a node.
#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// `quoted` distinguishes `""` from an empty value.
    Scalar {
        text: Cow<'a, str>,
        quoted: bool,
    },
    List(Vec<Node<'a>>),
    /// In file order, including duplicate keys.
    Map(Vec<(Key<'a>, Node<'a>)>),
}

/// A key of a map.
#[derive(Debug)]
pub(super) struct Key<'a> {
    pub(super) span: Span,
    pub(super) text: Cow<'a, str>,
}

/// Where and why a file is not YAML that katas supports.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) instead: &'static str,
}

/// Parses a file's only document; `None` if the file is empty.
pub(super) fn parse(text: &str) -> Result<Option<Node<'_>>, SyntaxError> {
    if text.len() > MOST_BYTES {
        let message = format!(
            "the file has {} bytes, more than the limit of {MOST_BYTES}",
            text.len()
        );
        return Err(error(
            Span { start: 0, end: 0 },
            message,
            "move large inputs to files and write `{file: name}`",
        ));
    }
    let options = options! { emit_comments: false };
    let mut builder = Builder {
        open: Vec::new(),
        root: None,
        nodes: 0,
        documents: 0,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => builder.take(event, place(span))?,
            Err(scan) => {
                let at = scan.marker().byte_offset().unwrap_or(text.len());
                if let (true, Some(tab)) = (scan.info().contains("tab"), tab(text, at)) {
                    let span = Span {
                        start: tab,
                        end: tab + 1,
                    };
                    return Err(error(span, "this line is indented with a tab", TAB));
                }
                let span = Span {
                    start: at,
                    end: at + 1,
                };
                // The most likely mistake in a spec: `params: {x: f32[n]}`.
                let instead = match text.split_at_checked(at) {
                    Some((before, after))
                        if before.ends_with(char::is_alphanumeric) && after.starts_with('[') =>
                    {
                        BRACKETS
                    }
                    _ => SYNTAX,
                };
                return Err(error(
                    span,
                    format!("this is not valid YAML: {}", scan.info()),
                    instead,
                ));
            }
        }
    }
    Ok(builder.root)
}

/// Finds the tab that indents the line of a place, or the next line that is not empty: the parser reports the line
/// before.
fn tab(text: &str, at: usize) -> Option<usize> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let mut line_start = start;
    let lines = text[start..].split_inclusive('\n').map(|line| {
        let here = line_start;
        line_start += line.len();
        (here, line)
    });
    let filled = lines
        .enumerate()
        .filter(|(index, (_, line))| *index == 0 || !line.trim().is_empty());
    let mut near = filled.take(2).map(|(_, line)| line);
    near.find_map(|(start, line)| {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let is_blank = line.trim().is_empty();
        indent
            .find('\t')
            .filter(|_| !is_blank)
            .map(|tab| start + tab)
    })
}

/// Builds the tree from events with an explicit stack, so that nesting does not use the call stack.
struct Builder<'a> {
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    nodes: usize,
    documents: usize,
}

/// An unfinished list or map, and a map's key whose value has not been read.
struct Open<'a> {
    start: usize,
    kind: Kind<'a>,
    key: Option<Key<'a>>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, span: Span) -> Result<(), SyntaxError> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(error(
                        span,
                        "a second document starts here",
                        "write one document, without `---` after it",
                    ));
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                return Err(error(
                    span,
                    "aliases are not supported",
                    "write the value out, or quote it if it is text",
                ));
            }
            Event::Scalar(.., Some(_))
            | Event::SequenceStart(.., Some(_))
            | Event::MappingStart(.., Some(_)) => {
                return Err(error(
                    span,
                    "tags are not supported",
                    "write the value without `!`, or quote it if it is text",
                ));
            }
            Event::Scalar(text, style, _, None) => {
                let quoted = style != ScalarStyle::Plain;
                // The parser writes `~` for a missing value.
                let is_absent = !quoted && span.start == span.end;
                let text = if is_absent { Cow::Borrowed("") } else { text };
                self.add(Node {
                    span,
                    kind: Kind::Scalar { text, quoted },
                })?;
            }
            Event::SequenceStart(_, _, None) => self.open(span, Kind::List(Vec::new())),
            Event::MappingStart(_, _, None) => self.open(span, Kind::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let span = Span {
                        start: open.start,
                        end: span.end,
                    };
                    self.add(Node {
                        span,
                        kind: open.kind,
                    })?;
                }
            }
            // Stream and document ends are ignored.
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, span: Span, kind: Kind<'a>) {
        self.open.push(Open {
            start: span.start,
            kind,
            key: None,
        });
    }

    fn add(&mut self, node: Node<'a>) -> Result<(), SyntaxError> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            let message = format!("the file has more than {MOST_NODES} values");
            return Err(error(
                node.span,
                message,
                "move large inputs to files and write `{file: name}`",
            ));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut parent.kind, parent.key.take(), node.kind) {
            (Kind::Map(entries), Some(key), kind) => entries.push((
                key,
                Node {
                    span: node.span,
                    kind,
                },
            )),
            (Kind::Map(_), None, Kind::Scalar { text, .. }) => {
                parent.key = Some(Key {
                    span: node.span,
                    text,
                })
            }
            (Kind::Map(_), None, _) => {
                return Err(error(
                    node.span,
                    "a key must be plain text",
                    "write `name: value`",
                ));
            }
            (Kind::List(items), _, kind) => items.push(Node {
                span: node.span,
                kind,
            }),
            (Kind::Scalar { .. }, ..) => {}
        }
        Ok(())
    }
}

fn place(span: ParserSpan) -> Span {
    let offset =
        |marker: serde_yaml::granit_parser::Marker| marker.byte_offset().unwrap_or(marker.index());
    Span {
        start: offset(span.start),
        end: offset(span.end),
    }
}

fn error(span: Span, message: impl Into<String>, instead: &'static str) -> SyntaxError {
    SyntaxError {
        span,
        message: message.into(),
        instead,
    }
}

const BRACKETS: &str = "inside braces a type with brackets needs quotes: `{x: 'f32[n]'}`; or put each parameter on its \
                        own line";

const TAB: &str = "indent with spaces";

const SYNTAX: &str = "look for a missing bracket, quote or space after `:` here or just above, and indent with spaces";

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the tree with the text each scalar and key was read from.
    fn show(node: &Node<'_>, source: &str) -> String {
        let written = |span: Span| &source[span.start..span.end];
        match &node.kind {
            Kind::Scalar { text, .. } => format!("{text}<{}>", written(node.span)),
            Kind::List(items) => {
                let items: Vec<String> = items.iter().map(|item| show(item, source)).collect();
                format!("[{}]", items.join(" "))
            }
            Kind::Map(entries) => {
                let entry = |(key, value): &(Key<'_>, Node<'_>)| {
                    format!(
                        "{}<{}>: {}",
                        key.text,
                        written(key.span),
                        show(value, source)
                    )
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(" "))
            }
        }
    }

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let node = parse(source).unwrap().unwrap();
        assert_eq!(show(&node, source), expected);
    }

    #[track_caller]
    fn check_error(source: &str, start: usize, message: &str) {
        let error = parse(source).unwrap_err();
        assert_eq!((error.span.start, error.message.as_str()), (start, message));
    }

    #[test]
    fn scalars_stay_text_and_know_their_bytes() {
        check(
            "é: [1.0, -0.0, .nan]",
            "{é<é>: [1.0<1.0> -0.0<-0.0> .nan<.nan>]}",
        );
        check(
            "a: 'it''s'\nb: \"\\u00e9\"",
            "{a<a>: it's<'it''s'> b<b>: é<\"\\u00e9\">}",
        );
        check(
            "- 0x3f800000\n- true\n",
            "[0x3f800000<0x3f800000> true<true>]",
        );
        check("a: # nothing\nb: {c: 1}", "{a<a>: <> b<b>: {c<c>: 1<1>}}");
    }

    #[test]
    fn a_key_given_twice_is_there_twice() {
        check("{a: 1, a: 2}", "{a<a>: 1<1> a<a>: 2<2>}");
    }

    #[test]
    fn a_tab_is_reported_with_its_position() {
        let says = "this line is indented with a tab";
        check_error("a: b\n\tc: d\n", 5, says);
        check_error("a: b\r\n\r\n\tc: d\r\n", 8, says);
        check_error("a:\n  - b: c\n \td: e\n", 13, says);
        check(
            "a: \"b\tc\"\nd: e\tf\n",
            "{a<a>: b\tc<\"b\tc\"> d<d>: e\tf<e\tf>}",
        );
        let elsewhere = parse("a: }\n\t- b").unwrap_err();
        assert_ne!(elsewhere.message, says);
    }

    #[test]
    fn what_is_not_read_is_refused_with_its_place() {
        check_error("a: &x 1\nb: *x", 11, "aliases are not supported");
        check_error("a: !!int 1", 9, "tags are not supported");
        check_error("[a]: 1", 0, "a key must be plain text");
        check_error("a: 1\n---\nb: 2", 5, "a second document starts here");
        assert!(parse("a: [1, 2").is_err());
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse("").unwrap().is_none());
        assert!(parse(&" ".repeat(MOST_BYTES + 1)).is_err());
        let many = "- \n".repeat(MOST_NODES);
        assert!(parse(&many).is_err());
    }
}
