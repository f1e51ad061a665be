//! Names that must be valid in both languages a kata can be solved in, and ids that become file names.

/// Explains why a name cannot name a function or a parameter; `None` when it can.
pub(super) fn unfit(name: &str) -> Option<String> {
    if !is_identifier(name) {
        return Some(format!("`{name}` is not a valid name in Rust and Python"));
    }
    let languages = match (RUST.contains(&name), PYTHON.contains(&name)) {
        (true, true) => "Rust and Python",
        (true, false) => "Rust",
        (false, true) => "Python",
        (false, false) => return None,
    };
    Some(format!("`{name}` is a keyword in {languages}"))
}

/// Proposes a valid name close to an invalid one.
pub(super) fn proposal(name: &str) -> String {
    if is_identifier(name) && name != "_" {
        return format!("{name}_");
    }
    let mut fit: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    if fit.is_empty()
        || fit.starts_with(|first: char| first.is_ascii_digit())
        || fit.chars().all(|c| c == '_')
    {
        fit.insert_str(0, "f_");
    }
    fit
}

/// Returns whether a string consists of ASCII letters, digits and underscores, and does not start with a digit.
pub(super) fn is_identifier(name: &str) -> bool {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    starts_well && name != "_" && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Returns whether a string can name a folder or a file everywhere: lowercase letters, digits and underscores.
#[must_use]
pub fn is_id(text: &str) -> bool {
    is_identifier(text)
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.contains(|c: char| c.is_ascii_uppercase())
}

const RUST: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_both_languages() {
        for name in ["x", "load_hf_weights", "_x1", "X"] {
            assert_eq!(unfit(name), None);
        }
        assert_eq!(unfit("fn").as_deref(), Some("`fn` is a keyword in Rust"));
        assert_eq!(
            unfit("lambda").as_deref(),
            Some("`lambda` is a keyword in Python")
        );
        assert_eq!(
            unfit("in").as_deref(),
            Some("`in` is a keyword in Rust and Python")
        );
        for (name, proposed) in [
            ("in", "in_"),
            ("load-weights", "load_weights"),
            ("2d", "f_2d"),
            ("", "f_"),
            ("größe", "gr__e"),
            ("_", "f__"),
        ] {
            assert!(unfit(name).is_some(), "{name}");
            assert_eq!(proposal(name), proposed);
            assert_eq!(unfit(proposed), None);
        }
    }

    #[test]
    fn ids_are_plain() {
        assert!(is_id("hf_load") && is_id("rope2"));
        for id in ["", "Hf", "../x", "a b", "2x", "_x", "hf-load"] {
            assert!(!is_id(id), "{id}");
        }
    }
}
