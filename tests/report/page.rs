//! The Markdown page as a renderer sees it: complete tables, and no markup from untrusted text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::arithmetic::rendered;
use super::records::all;

/// Fails if a page contains markup that the code does not write.
pub(super) fn check_page(bytes: &[u8]) {
    let page = std::str::from_utf8(bytes).expect("UTF-8");
    let (mut columns, mut cells) = (0, 0);
    let mut headings = Vec::new();
    for event in Parser::new_ext(page, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}\n{page}"),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::Code(text) => {
                panic!("{text}\n{page}")
            }
            Event::FootnoteReference(text) => panic!("a footnote: {text}\n{page}"),
            Event::Rule | Event::TaskListMarker(_) => panic!("{event:?}\n{page}"),
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                assert_eq!(cells, columns, "{page}");
                cells = 0;
            }
            Event::Start(Tag::Heading { level, .. }) => headings.push(level as usize),
            Event::Start(
                tag @ (Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Emphasis
                | Tag::Strikethrough
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)),
            ) => panic!("{tag:?}\n{page}"),
            _ => {}
        }
    }
    assert_eq!(headings.first(), Some(&1), "{page}");
    assert!(headings[1..].iter().all(|level| *level == 2), "{page}");
    // GitHub turns these into links without any markup.
    let outside = outside_fences(page);
    for never in ["://", "www."] {
        assert!(!outside.contains(never), "{never}\n{page}");
    }
    let mentions = outside
        .match_indices('@')
        .map(|(index, _)| &outside[index + 1..]);
    for after in mentions {
        assert!(after.starts_with("&#8288;"), "@{after}");
    }
}

fn outside_fences(page: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut outside = String::new();
    for line in page.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                outside.push_str(line);
                outside.push('\n');
            }
        }
    }
    outside
}

#[test]
fn untrusted_text_is_never_markup() {
    for (_, record) in all() {
        check_page(&rendered("markdown", &record));
    }
}
