//! Pictures of faults: the line with the span marked, rendered by annotate-snippets as in rustc.

use super::fault::{Fault, boundary};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// The maximum number of faults that are rendered: a file of the wrong kind has one on every line.
const DRAWN: usize = 50;

/// The maximum length of a line after the span; one line may contain a whole tensor.
const BEHIND: usize = 200;

/// Whether a picture is for a terminal with colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Styled,
}

/// Breaks a sentence into lines of at most this many columns, because annotate-snippets does not wrap.
pub(crate) type Wrap<'a> = &'a dyn Fn(&str, usize) -> String;

/// The width of a picture for an unknown screen, as in rustc.
pub(super) const UNBROKEN: usize = 140;

/// Renders the faults of one text, separated by empty lines.
pub(super) fn render(
    faults: &[Fault],
    text: &str,
    look: Look,
    columns: usize,
    wrap: Wrap<'_>,
) -> String {
    let renderer = match look {
        Look::Plain => Renderer::plain().decor_style(DecorStyle::Ascii),
        Look::Styled => Renderer::styled().decor_style(DecorStyle::Unicode),
    }
    .term_width(columns);
    let mut pictures: Vec<String> = faults
        .iter()
        .take(DRAWN)
        .map(|fault| draw(fault, text, &renderer, columns, wrap))
        .collect();
    if faults.len() > DRAWN {
        pictures.push(format!("and {} more", faults.len() - DRAWN));
    }
    pictures.join("\n\n") + "\n"
}

fn draw(fault: &Fault, text: &str, renderer: &Renderer, columns: usize, wrap: Wrap<'_>) -> String {
    let start = text[..fault.span.start].rfind('\n').map_or(0, |at| at + 1);
    let shown = boundary(text, fault.span.end + BEHIND);
    let line = text[start..shown].lines().next().unwrap_or("");
    let marked = fault.span.start - start..fault.span.end - start;
    let snippet = Snippet::source(line)
        .path(fault.file.as_str())
        .line_start(fault.line)
        .annotation(AnnotationKind::Primary.span(marked));
    let number = fault.line.to_string();
    let message = wrap(&fault.message, columns.saturating_sub("error: ".len()));
    let help = number.len() + "  = help:".len();
    let instead = wrap(&fault.instead, columns.saturating_sub(help));
    let report = Level::ERROR
        .primary_title(message.as_str())
        .element(snippet)
        .element(Level::HELP.message(instead.as_str()));
    renderer.render(&[report])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Span;

    const TEXT: &str = "uses: [nnx.splits(1)]\n";

    fn drawn(look: Look, columns: usize, wrap: Wrap<'_>) -> String {
        let fault = Fault {
            file: "kata.yaml".to_owned(),
            line: 1,
            column: 8,
            span: Span { start: 7, end: 20 },
            message: "this is not the name of a call".to_owned(),
            instead: "write it with dots".to_owned(),
        };
        render(&[fault], TEXT, look, columns, wrap)
    }

    #[test]
    fn a_picture_can_have_colors() {
        let unbroken = |text: &str, _: usize| text.to_owned();
        assert!(drawn(Look::Styled, 80, &unbroken).contains('\u{1b}'));
        assert!(!drawn(Look::Plain, 80, &unbroken).contains('\u{1b}'));
    }

    #[test]
    fn sentences_are_broken_and_go_on_below_where_they_began() {
        let in_halves = |text: &str, columns: usize| {
            let half = text[..=columns].rfind(' ').unwrap();
            format!("{}\n{}", &text[..half], &text[half + 1..])
        };
        let expected = "\
error: this is not the name
       of a call
 --> kata.yaml:1:8
  |
1 | uses: [nnx.splits(1)]
  |        ^^^^^^^^^^^^^
  |
  = help: write it with
          dots
";
        assert_eq!(drawn(Look::Plain, 27, &in_halves), expected);
    }
}
