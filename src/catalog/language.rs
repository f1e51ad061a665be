//! Selects the parts of a statement or a hint that are for one language.
//!
//! A kata can be solved in any language that has a starter, but its texts are written once. These parts belong to one
//! language: a line that begins with `In Rust,`; a table column with the heading `Rust`; a code block that begins
//! with ` ```rust `. A page that shows the whole file, as a repository does, stays readable.

/// Leaves out the parts for other languages. Names of languages are compared ignoring case.
#[must_use]
pub fn in_language(markdown: &str, others: &[&str]) -> String {
    let mut text = String::new();
    let mut block: Option<bool> = None;
    let mut columns: Option<Vec<bool>> = None;
    for line in markdown.lines() {
        let start = line.trim_start();
        if let Some(named) = start.strip_prefix("```") {
            let was_shown = match block.take() {
                Some(is_shown) => is_shown,
                None => *block.insert(!is_other(named, others)),
            };
            if was_shown {
                push(&mut text, line);
            }
            continue;
        }
        if block == Some(false) {
            continue;
        }
        if block == Some(true) {
            push(&mut text, line);
            continue;
        }
        if start.starts_with('|') {
            let cells = cells(start);
            let kept = columns
                .get_or_insert_with(|| cells.iter().map(|cell| !is_other(cell, others)).collect());
            if let Some(row) = row(&cells, kept) {
                push(&mut text, &row);
            }
            continue;
        }
        columns = None;
        let named = start
            .strip_prefix("In ")
            .and_then(|rest| rest.split([',', ':']).next());
        if !named.is_some_and(|named| is_other(named, others)) {
            push(&mut text, line);
        }
    }
    text
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn is_other(named: &str, others: &[&str]) -> bool {
    others
        .iter()
        .any(|other| other.eq_ignore_ascii_case(named.trim()))
}

/// The cells of a row. A `\|` is part of a cell.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let inner = row.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut characters = inner.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, cells.last_mut()) {
            ('\\', Some(cell)) if characters.peek() == Some(&'|') => {
                cell.push_str("\\|");
                characters.next();
            }
            ('|', _) => cells.push(String::new()),
            (_, Some(cell)) => cell.push(character),
            (_, None) => {}
        }
    }
    cells
}

/// A row without the columns of other languages; `None` if all remaining columns except the first are empty.
fn row(cells: &[String], kept: &[bool]) -> Option<String> {
    if kept.iter().all(|kept| *kept) {
        return Some(format!("|{}|", cells.join("|")));
    }
    let left = cells
        .iter()
        .zip(kept)
        .filter(|(_, kept)| **kept)
        .map(|(cell, _)| cell.as_str());
    let left: Vec<&str> = left.collect();
    let is_empty = left.iter().skip(1).all(|cell| cell.trim().is_empty());
    (!is_empty).then(|| format!("|{}|", left.join("|")))
}

#[cfg(test)]
mod tests {
    use super::in_language;

    const TEXT: &str = "One.
In Rust, `a`.
In Python, `b`.
In Rustic words, two.

| need | Rust | Python |
|---|---|---|
| both | `x` | `y` |
| closure | `\\|i\\| i` | |
| repeat | | `r` |

| axis | size |
|---|---|
| In Rust, | |

```rust
In Python, code
```
```text
In Rust, 1
```
";

    #[test]
    fn what_belongs_to_other_languages_is_left_out() {
        let rust = "One.\nIn Rust, `a`.\nIn Rustic words, two.\n\n| need | Rust |\n|---|---|\n| both | `x` |\n\
            | closure | `\\|i\\| i` |\n\n| axis | size |\n|---|---|\n| In Rust, | |\n\n```rust\nIn Python, code\n```\n\
            ```text\nIn Rust, 1\n```\n";
        assert_eq!(in_language(TEXT, &["python"]), rust);
        let python = "One.\nIn Python, `b`.\nIn Rustic words, two.\n\n| need | Python |\n|---|---|\n| both | `y` |\n\
            | repeat | `r` |\n\n| axis | size |\n|---|---|\n| In Rust, | |\n\n```text\nIn Rust, 1\n```\n";
        assert_eq!(in_language(TEXT, &["rust"]), python);
    }

    #[test]
    fn a_text_of_one_language_stays_as_it_is() {
        assert_eq!(in_language(TEXT, &[]), TEXT);
    }
}
