//! Pictures of faults: the line with the place marked, drawn by annotate-snippets as rustc draws its own.

use super::fault::{Fault, boundary};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// Bounds how many faults are drawn: a file of the wrong kind has one on every line.
const DRAWN: usize = 50;

/// Bounds how much of a line behind the place is handed over; one line may hold a whole tensor.
const BEHIND: usize = 200;

/// Says whether a picture is for a terminal with colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Styled,
}

/// Draws faults of one text, with an empty line between them.
pub(super) fn render(faults: &[Fault], text: &str, look: Look) -> String {
    let renderer = match look {
        Look::Plain => Renderer::plain().decor_style(DecorStyle::Ascii),
        Look::Styled => Renderer::styled().decor_style(DecorStyle::Unicode),
    };
    let mut pictures: Vec<String> = faults
        .iter()
        .take(DRAWN)
        .map(|fault| draw(fault, text, &renderer))
        .collect();
    if faults.len() > DRAWN {
        pictures.push(format!("and {} more", faults.len() - DRAWN));
    }
    pictures.join("\n\n") + "\n"
}

fn draw(fault: &Fault, text: &str, renderer: &Renderer) -> String {
    let start = text[..fault.span.start].rfind('\n').map_or(0, |at| at + 1);
    let shown = boundary(text, fault.span.end + BEHIND);
    let line = text[start..shown].lines().next().unwrap_or("");
    let marked = fault.span.start - start..fault.span.end - start;
    let snippet = Snippet::source(line)
        .path(fault.file.as_str())
        .line_start(fault.line)
        .annotation(AnnotationKind::Primary.span(marked));
    let report = Level::ERROR
        .primary_title(fault.message.as_str())
        .element(snippet)
        .element(Level::HELP.message(fault.instead.as_str()));
    renderer.render(&[report])
}
