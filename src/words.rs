//! A count with its noun: the one place that knows how English makes a plural.

/// A number with its noun: "1 case", "2 cases".
#[must_use]
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn only_one_is_one() {
        assert_eq!(plural(0, "kata"), "0 katas");
        assert_eq!(plural(1, "kata"), "1 kata");
        assert_eq!(plural(12, "more kata"), "12 more katas");
    }
}
