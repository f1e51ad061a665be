//! Fills in the texts of `template/`.

/// The version of Rust to install if there is none.
pub(super) const RUST: &str = "1.95.0";

/// Replaces the placeholders `@NAME@` in a template.
pub(super) fn fill(template: &str, names: &[(&str, &str)]) -> String {
    let fill =
        |text: String, (name, value): &(&str, &str)| text.replace(&format!("@{name}@"), value);
    names.iter().fold(template.to_owned(), fill)
}
