//! Markdown on a terminal: headings, paragraphs, lists, code and emphasis, the subset that statements and hints use.

use colored::Colorize;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Ui, words};

impl Ui {
    /// Shows Markdown, wrapped to the screen.
    pub fn markdown(&mut self, text: &str) {
        let shown = render(text, self.width());
        self.print(shown.trim_end());
    }
}

/// The text so far, and the current block.
struct Page {
    done: String,
    line: String,
    columns: usize,
    lists: Vec<Option<u64>>,
    item: Option<String>,
    quoted: bool,
    emphasis: bool,
    strong: bool,
    code: bool,
    link: Option<String>,
    cells: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn render(text: &str, columns: usize) -> String {
    let mut page = Page {
        done: String::new(),
        line: String::new(),
        columns,
        lists: Vec::new(),
        item: None,
        quoted: false,
        emphasis: false,
        strong: false,
        code: false,
        link: None,
        cells: Vec::new(),
        rows: Vec::new(),
    };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        page.event(event);
    }
    page.done
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => {
                for line in text.lines() {
                    let indent = self.indent() + 4;
                    self.done
                        .push_str(&format!("{}{line}\n", " ".repeat(indent)));
                }
            }
            Event::Text(text) if self.emphasis => self.line.push_str(&text.italic().to_string()),
            Event::Text(text) if self.strong => self.line.push_str(&text.bold().to_string()),
            Event::Text(text) => self.line.push_str(&text),
            Event::Code(code) => self
                .line
                .push_str(&format!("`{}`", words::unbroken(&code).cyan())),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.line.push('\n'),
            Event::Rule => self
                .done
                .push_str(&format!("{}\n\n", "─".repeat(self.columns.min(40)))),
            Event::Html(text) | Event::InlineHtml(text) => self.line.push_str(&text),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.item = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                });
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::BlockQuote(_) => self.quoted = true,
            Tag::Emphasis => {
                self.emphasis = true;
                self.mark_emphasis();
            }
            Tag::Strong => self.strong = true,
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let line = words::spaced(&std::mem::take(&mut self.line));
                let heading = match level {
                    HeadingLevel::H1 => line.bold().underline(),
                    _ => line.bold(),
                };
                self.done.push_str(&format!("{heading}\n\n"));
            }
            TagEnd::Paragraph => {
                self.flush();
                if self.lists.is_empty() {
                    self.done.push('\n');
                }
            }
            TagEnd::Item => self.flush(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.done.push('\n');
                }
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.done.push('\n');
            }
            TagEnd::BlockQuote(_) => self.quoted = false,
            TagEnd::Emphasis => {
                self.emphasis = false;
                self.mark_emphasis();
            }
            TagEnd::Strong => self.strong = false,
            TagEnd::Link => {
                if let Some(url) = self.link.take()
                    && url.contains("://")
                {
                    self.line.push_str(&format!(" ({url})"));
                }
            }
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.line)),
            TagEnd::TableHead | TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.cells)),
            TagEnd::Table => {
                let rows = std::mem::take(&mut self.rows);
                let table = super::table::render(&rows, &[], 2);
                let is_wide = table.lines().any(|line| words::width(line) > self.columns);
                self.done.push_str(&if is_wide {
                    stacked(&rows, self.columns)
                } else {
                    words::spaced(&table)
                });
                self.done.push_str("\n\n");
            }
            _ => {}
        }
    }

    /// Without styles, emphasis keeps its asterisks: otherwise the name of a case would look like part of the
    /// sentence.
    fn mark_emphasis(&mut self) {
        if !colored::control::SHOULD_COLORIZE.should_colorize() {
            self.line.push('*');
        }
    }

    fn indent(&self) -> usize {
        2 * self.lists.len().saturating_sub(1) + if self.quoted { 2 } else { 0 }
    }

    /// Ends the current paragraph or item.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.line);
        if text.is_empty() {
            return;
        }
        let mark = self.item.take();
        let hang = if self.lists.is_empty() { 0 } else { 2 };
        let indent = self.indent() + mark.as_ref().map_or(hang, String::len);
        let wrapped = words::wrap(&text, self.columns, indent);
        match mark {
            Some(mark) => {
                let room = " ".repeat(indent - mark.len());
                self.done
                    .push_str(&format!("{room}{mark}{}\n", wrapped.trim_start()));
            }
            None => self.done.push_str(&format!("{wrapped}\n")),
        }
    }
}

/// A table that is wider than the screen: the other cells of each row are below its first cell, indented. Of the
/// head, only the first column's title is shown.
fn stacked(rows: &[Vec<String>], columns: usize) -> String {
    let mut lines = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut cells = row.iter();
        if let Some(first) = cells.next() {
            lines.push(words::wrap(first, columns, 2));
        }
        let rest = cells.filter(|cell| number > 0 && !cell.is_empty());
        lines.extend(rest.map(|cell| words::wrap(cell, columns, 6)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn emphasis_is_seen_without_styles() {
        colored::control::set_override(false);
        assert_eq!(
            render("In *one layer* all fits.", 80),
            "In *one layer* all fits.\n\n"
        );
    }

    #[test]
    fn a_wide_table_is_stacked() {
        colored::control::set_override(false);
        let text = "| need | call |\n|---|---|\n| repeat along an axis | `jnp.repeat(..)` |\n";
        let wide = "  need                  call\n  repeat along an axis  `jnp.repeat(..)`\n\n";
        assert_eq!(render(text, 80), wide);
        let narrow = "  need\n  repeat along an axis\n      `jnp.repeat(..)`\n\n";
        assert_eq!(render(text, 30), narrow);
    }

    /// In copied code, a non-breaking space would not be a space for Rust or Python.
    #[test]
    fn code_that_is_copied_has_plain_spaces() {
        colored::control::set_override(false);
        let text = "# A `b c`\n\n| need | call |\n|---|---|\n| all | `f(a, b)` |\n";
        let shown = "A `b c`\n\n  need  call\n  all   `f(a, b)`\n\n";
        assert_eq!(render(text, 80), shown);
        let stacked = "A `b c`\n\n  need\n  all\n      `f(a, b)`\n\n";
        assert_eq!(render(text, 16), stacked);
    }

    #[test]
    fn what_a_statement_uses_is_shown() {
        colored::control::set_override(false);
        let text = "# A kata\n\nOne sentence.\nAnother `code` here.\n\n- one\n- two that is long enough to wrap\n\n1. first\n\n```rust\nlet x = 1;\n```\n";
        let expected = "A kata\n\nOne sentence. Another `code`\nhere.\n\n- one\n- two that is long enough to\n  wrap\n\n1. first\n\n    let x = 1;\n\n";
        assert_eq!(render(text, 28), expected);
    }
}
