//! What is shown as a code, what stays, and which colors are kept.

use super::*;

#[test]
fn the_table_is_in_order() {
    let pairs = CODES.windows(2);
    assert!(CODES.iter().all(|(first, last)| first <= last));
    assert!(pairs.clone().all(|pair| pair[0].1 < pair[1].0));
}

#[test]
fn what_has_no_shape_is_shown_as_its_code() {
    for (text, shown) in [
        ("\x1b]0;title\x07", "\\u{1b}]0;title\\u{7}"),
        ("\x1b[2J\x1b[31mred", "\\u{1b}[2J\\u{1b}[31mred"),
        ("a\rb\0", "a\\u{d}b\\u{0}"),
        ("\u{7f}\u{9b}31m", "\\u{7f}\\u{9b}31m"),
        (
            "pass\u{ad}\u{200b}\u{200d}ed",
            "pass\\u{ad}\\u{200b}\\u{200d}ed",
        ),
        ("a\u{61c}\u{200e}\u{200f}b", "a\\u{61c}\\u{200e}\\u{200f}b"),
        (
            "a\u{2028}\u{2029}\u{202e}b",
            "a\\u{2028}\\u{2029}\\u{202e}b",
        ),
        (
            "\u{2060}\u{2064}\u{2066}\u{2069}",
            "\\u{2060}\\u{2064}\\u{2066}\\u{2069}",
        ),
        (
            "a\u{feff}\u{fff9}\u{fffb}\u{ffff}",
            "a\\u{feff}\\u{fff9}\\u{fffb}\\u{ffff}",
        ),
        (
            "\u{e0041}\u{e0100}\u{1fffe}",
            "\\u{e0041}\\u{e0100}\\u{1fffe}",
        ),
    ] {
        assert_eq!(lines(text), shown);
        assert_eq!(line(text), shown);
        assert_eq!(line(shown), shown, "a code is shown as it is");
    }
}

#[test]
fn text_in_use_stays() {
    for text in [
        "",
        "plain",
        "Ångström, 45° \u{fffd}",
        "漢字 עברית العربية",
        // Joined emoji, one with a selector; a Persian word; a variant of a Japanese letter.
        "👩\u{200d}💻 ❤\u{fe0f} 👩\u{200d}❤\u{fe0f}\u{200d}👩",
        "می\u{200c}خواهم",
        "葛\u{e0100}城",
    ] {
        assert!(
            matches!(line(text), Cow::Borrowed(same) if same == text),
            "{text}"
        );
    }
}

#[test]
fn what_changes_no_shape_hides() {
    for (text, shown) in [
        ("é\u{fe0f}\u{fe0f}", "é\u{fe0f}\\u{fe0f}"),
        ("é\u{200d}\u{200d}é", "é\\u{200d}\\u{200d}é"),
        ("é\u{200d}", "é\\u{200d}"),
        ("é\u{200d}a", "é\\u{200d}a"),
        ("1\u{fe0f}", "1\\u{fe0f}"),
    ] {
        assert_eq!(line(text), shown);
    }
}

#[test]
fn line_ends_and_tabs_are_layout() {
    assert_eq!(lines("a\tb\nc\r\nd\r\r\n"), "a\tb\nc\nd\\u{d}\n");
    assert_eq!(line("a\tb\r\nc"), "a\\u{9}b\\u{d}\\u{a}c");
    assert_eq!(path(Path::new("a\n::error::b")), "a\\u{a}::error::b");
}

#[test]
fn plain_colors_stay_in_a_styled_text() {
    for text in [
        "\x1b[0m\x1b[1m\x1b[38;5;9merror\x1b[0m",
        "\x1b[1;31mred\x1b[m",
        "\x1b[94m|\x1b[39m\x1b[0m",
    ] {
        assert!(matches!(styled(text), Cow::Borrowed(same) if same == text));
    }
    for (text, shown) in [
        // An open color is ended.
        ("\x1b[31mred", "\x1b[31mred\x1b[0m"),
        // Black, concealed text, a background, and codes that are not colors.
        ("\x1b[30ma", "\\u{1b}[30ma"),
        ("\x1b[8ma", "\\u{1b}[8ma"),
        ("\x1b[1;41ma", "\\u{1b}[1;41ma"),
        ("\x1b[38;5;0ma", "\\u{1b}[38;5;0ma"),
        ("\x1b[38;2;0;0;0ma", "\\u{1b}[38;2;0;0;0ma"),
        ("\x1b[38ma", "\\u{1b}[38ma"),
        ("\x1b[2J\x1b[H\x1b[?25l", "\\u{1b}[2J\\u{1b}[H\\u{1b}[?25l"),
        ("\x1b]52;c;aGk=\x07", "\\u{1b}]52;c;aGk=\\u{7}"),
        ("\x1b[31\u{9b}m", "\\u{1b}[31\\u{9b}m"),
        ("\x1b", "\\u{1b}"),
        ("\x1b[", "\\u{1b}["),
    ] {
        assert_eq!(styled(text), shown);
    }
}

#[test]
fn no_line_is_a_command() {
    for (text, shown) in [
        ("::error::a", "\\u003a:error::a"),
        (
            "a\n \u{3000}\t::add-mask::b",
            "a\n \u{3000}\t\\u003a:add-mask::b",
        ),
        ("a\r::error::b", "a\r\\u003a:error::b"),
        (":::", "\\u003a::"),
        ("a ##[error]b", "a \\u0023#[error]b"),
        (
            "###vso[task.setvariable]c",
            "#\\u0023#vso[task.setvariable]c",
        ),
        ("##teamcity[x]", "\\u0023#teamcity[x]"),
        ("a::b ## c [d] #[e] std::f", "a::b ## c [d] #[e] std::f"),
    ] {
        assert_eq!(without_commands(text), shown);
    }
}
