//! `hints.md`: steps under headings `## 1`, `## 2` …, each stronger than the one before.

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The heading after the number; often empty.
    pub title: String,
    /// Its text, in Markdown.
    pub text: String,
}

/// Splits the file at its second-level headings; text before the first one is ignored.
pub(super) fn parse(markdown: &str) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let mut in_code = false;
    for line in markdown.lines() {
        in_code ^= line.trim_start().starts_with("```");
        if let (false, Some(heading)) = (in_code, line.strip_prefix("## ")) {
            let title = heading
                .trim()
                .trim_start_matches(|char: char| char.is_ascii_digit());
            hints.push(Hint {
                title: title.trim_start_matches(['.', ':', ' ']).to_owned(),
                text: String::new(),
            });
        } else if let Some(hint) = hints.last_mut() {
            hint.text.push_str(line);
            hint.text.push('\n');
        }
    }
    for hint in &mut hints {
        hint.text = hint.text.trim().to_owned();
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::{Hint, parse};

    #[test]
    fn steps_are_taken_apart_at_their_headings() {
        let hint = |title: &str, text: &str| Hint {
            title: title.to_owned(),
            text: text.to_owned(),
        };
        let text = "# Hints\n\n## 1\nLook.\n\n## 2. Shapes\n```\n## no heading\n```\n";
        assert_eq!(
            parse(text),
            [hint("", "Look."), hint("Shapes", "```\n## no heading\n```")]
        );
    }
}
