//! Counts with their nouns, and truncation of long untrusted texts.

/// A number with its noun: "1 case", "2 cases".
#[must_use]
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// Truncates a string to this many bytes, with an ellipsis.
#[must_use]
pub(crate) fn clip(mut text: String, most: usize) -> String {
    const SIGN: &str = " […]";
    if text.len() > most {
        let mut end = most.saturating_sub(SIGN.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push_str(SIGN);
        text.shrink_to_fit();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{clip, plural};

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let clipped = |text: &str, most| clip(text.to_owned(), most);
        assert_eq!(clipped("éééééé", 12), "éééééé");
        assert_eq!(clipped("éééééé", 11), "éé […]");
        assert_eq!(clipped("🦀🦀🦀", 11), "🦀 […]");
    }

    #[test]
    fn only_one_is_one() {
        assert_eq!(plural(0, "kata"), "0 katas");
        assert_eq!(plural(1, "kata"), "1 kata");
        assert_eq!(plural(12, "more kata"), "12 more katas");
    }
}
