//! The names that answers in a language can use: a Markdown text whose tables have a row for each name, for `katas
//! api`.
//!
//! The first two cells of a table's header say where the names in these columns are defined. This module knows
//! no language and prints nothing.

use std::collections::BTreeSet;

/// The names that answers can use, or a text without tables that says where they are documented.
#[derive(Clone, Copy, Debug)]
pub struct Api(&'static str);

impl Api {
    /// Wraps a string.
    #[must_use]
    pub const fn new(markdown: &'static str) -> Self {
        Self(markdown)
    }

    /// The whole text.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.0
    }

    /// The rows that contain this in one of their two names, ignoring case, below the heads of their tables; `None`
    /// if there are none. A text without tables is returned whole.
    #[must_use]
    pub fn search(self, part: &str) -> Option<String> {
        let part = part.to_lowercase();
        let is_match = |name: &str| name.to_lowercase().contains(&part);
        let (mut found, mut shown) = (String::new(), None);
        let rows = self.rows();
        if rows.is_empty() {
            return Some(self.0.to_owned());
        }
        for row in rows {
            if row.names().iter().any(|name| is_match(name)) {
                if shown != Some(row.head) {
                    shown = Some(row.head);
                    let columns = "|---".repeat(row.head.matches('|').count() - 1);
                    found.push_str(&format!("\n{}\n{columns}|\n", row.head));
                }
                found.push_str(&format!("{}\n", row.line));
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// All names in the first columns, without their prefixes.
    #[must_use]
    pub fn names(self) -> BTreeSet<&'static str> {
        let rows = self.rows().into_iter();
        rows.map(|row| cell(row.line, 0)).collect()
    }

    fn rows(self) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut head = None;
        for line in self.0.lines() {
            match head {
                _ if !line.starts_with('|') => head = None,
                None => head = Some(line),
                Some(_) if line.starts_with("|-") => {}
                Some(head) => rows.push(Row { head, line }),
            }
        }
        rows
    }
}

/// A row of a table, with the table's head.
struct Row {
    head: &'static str,
    line: &'static str,
}

impl Row {
    /// Its two names with their prefixes; a head that is only a word, such as `Flax`, is not a prefix.
    fn names(&self) -> [String; 2] {
        let [place, other] = [0, 1].map(|column| cell(self.head, column));
        let [name, counterpart] = [0, 1].map(|column| cell(self.line, column));
        let counterpart = match other.contains('.') {
            true => format!("{other}.{counterpart}"),
            false => counterpart.to_owned(),
        };
        [format!("{place}::{name}"), counterpart]
    }
}

/// A cell of a row, without backquotes.
fn cell(row: &str, column: usize) -> &str {
    let cell = row.split('|').nth(column + 1).unwrap_or_default();
    cell.trim().trim_matches('`')
}

#[cfg(test)]
mod tests {
    use super::Api;

    const API: Api = Api::new(
        "# Names\n\n\
         | nnx | Flax | what it does |\n|---|---|---|\n\
         | `Linear` | `nnx.Linear` | x · kernel |\n\
         | `Linear::new` | – | inputs |\n\
         | `List` | `nnx.List` | a key |\n\n\
         | nnx::random | jax.random | what it does |\n|---|---|---|\n\
         | `key` | `key` | from a seed |\n\
         | `bits_at` | – | one of them |\n",
    );

    const HEAD: &str = "\n| nnx | Flax | what it does |\n|---|---|---|\n";
    const RANDOM: &str = "\n| nnx::random | jax.random | what it does |\n|---|---|---|\n";

    #[test]
    fn a_part_of_a_name_selects_rows() {
        let linear = "| `Linear` | `nnx.Linear` | x · kernel |\n";
        let new = "| `Linear::new` | – | inputs |\n";
        let list = "| `List` | `nnx.List` | a key |\n";
        let key = "| `key` | `key` | from a seed |\n";
        let bits = "| `bits_at` | – | one of them |\n";
        for (part, expected) in [
            ("LINEAR", format!("{HEAD}{linear}{new}")),
            ("nnx::Linear::new", format!("{HEAD}{new}")),
            ("nnx.l", format!("{HEAD}{linear}{list}")),
            // Text outside tables contains no names.
            ("key", format!("{RANDOM}{key}")),
            ("jax.random.key", format!("{RANDOM}{key}")),
            ("random", format!("{RANDOM}{key}{bits}")),
            ("i", format!("{HEAD}{linear}{new}{list}{RANDOM}{bits}")),
        ] {
            assert_eq!(API.search(part), Some(expected), "{part}");
        }
        for part in ["Linaer", "inputs", "Flax", "|", "---"] {
            assert_eq!(API.search(part), None, "{part}");
        }
        let names = ["Linear", "Linear::new", "List", "bits_at", "key"];
        assert_eq!(API.names().into_iter().collect::<Vec<_>>(), names);
    }

    #[test]
    fn a_text_without_tables_stays_whole() {
        let text = Api::new("See elsewhere.");
        assert_eq!(text.search("linear").as_deref(), Some("See elsewhere."));
        assert!(text.names().is_empty());
    }
}
