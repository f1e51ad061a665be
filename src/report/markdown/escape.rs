//! Escapes untrusted text in Markdown.
//!
//! `markdown` calls it for everything that is not a literal in the code.

use super::super::text::one_line;

/// Returns a string as one line in which nothing is markup: no table cell, emphasis, link, HTML, entity, mention or
/// address.
pub(super) fn inline(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len());
    for (index, char) in line.char_indices() {
        match char {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => {
                escaped.push('\\');
                escaped.push(char);
            }
            // Inside a word, an underscore is not emphasis.
            '_' if !is_inside_a_word(&line, index) => escaped.push_str("\\_"),
            // GitHub turns URLs and e-mail addresses into links without markup, by `://`, `www.` or `@`, and `@`
            // notifies a person. An inserted word joiner is invisible.
            ':' if line[index..].starts_with("://") => escaped.push_str(":&#8288;"),
            '.' if ends_in_www(&line[..index]) => escaped.push_str("&#8288;."),
            '@' => escaped.push_str("@&#8288;"),
            // At the start of a line, these create headings and lists.
            '#' | '-' | '+' if index == 0 => {
                escaped.push('\\');
                escaped.push(char);
            }
            char => escaped.push(char),
        }
    }
    // So does a number before a period.
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && escaped[digits..].starts_with(". ") {
        escaped.insert(digits, '\\');
    }
    escaped
}

fn is_inside_a_word(line: &str, index: usize) -> bool {
    let before = line[..index].chars().next_back();
    let after = line[index + 1..].chars().next();
    [before, after]
        .into_iter()
        .all(|char| char.is_some_and(char::is_alphanumeric))
}

fn ends_in_www(text: &str) -> bool {
    let mut last = text.chars().rev();
    (0..3).all(|_| matches!(last.next(), Some('w' | 'W')))
}

/// Returns a code block whose fences are longer than any run of backticks in the text.
pub(super) fn fence(language: &str, text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for char in text.chars() {
        run = if char == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_a_text() {
        for (text, escaped) in [
            ("Ångström, 45° rotation.", "Ångström, 45° rotation."),
            ("a|b", "a\\|b"),
            ("<script>&lt;", "\\<script\\>\\&lt;"),
            ("[x](y)", "\\[x\\](y)"),
            ("![x]", "!\\[x\\]"),
            ("see https://a.b", "see https:&#8288;//a.b"),
            ("www.a.b", "www&#8288;.a.b"),
            ("@octocat a@b.c", "@&#8288;octocat a@&#8288;b.c"),
            ("- a\n# b", "\\- a # b"),
            ("1. a", "1\\. a"),
            ("4.5 of 8", "4.5 of 8"),
            ("# a", "\\# a"),
            ("_a_", "\\_a\\_"),
            ("state_a `b` *c*", "state_a \\`b\\` \\*c\\*"),
        ] {
            assert_eq!(inline(text), escaped);
        }
    }

    #[test]
    fn a_fence_is_longer_than_what_is_in_it() {
        assert_eq!(fence("text", "a\n"), "```text\na\n```\n");
        assert_eq!(fence("sh", "a ```` b"), "`````sh\na ```` b\n`````\n");
    }
}
