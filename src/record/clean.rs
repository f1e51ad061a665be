//! A stranger's text, fit to be shown.

/// A text in which what would move a cursor, colour, begin a line or turn the direction of writing is a box.
#[must_use]
pub fn clean(text: &str) -> String {
    text.replace(|char: char| char.is_control() || turns(char), "\u{fffd}")
}

/// The same for a text of several lines.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    let harmful = |char: char| turns(char) || char.is_control() && char != '\n';
    text.replace(harmful, "\u{fffd}")
}

fn turns(char: char) -> bool {
    matches!(
        char,
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_stranger_steers_a_terminal() {
        let text = "a\x1b[31m\r\u{202e}\u{9b}b\nc é";
        let boxes = "a\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}b";
        assert_eq!(clean(text), format!("{boxes}\u{fffd}c é"));
        assert_eq!(clean_lines(text), format!("{boxes}\nc é"));
    }
}
