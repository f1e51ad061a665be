//! Tests of formatting. The whole page is tested in `tests/class_page.rs`, and clicks in `scripts/class_page`.

use super::words::{clipped, marked, percent, quoted, sentence, visible};

#[test]
fn a_share_is_whole_only_when_it_is() {
    for (share, text) in [
        (0.0, "0%"),
        (0.29, "29%"),
        (0.999, "99%"),
        (1.0, "100%"),
        (2.0 / 3.0, "67%"),
        (0.001, "1%"),
    ] {
        assert_eq!(percent(share), text);
    }
}

#[test]
fn what_would_hide_or_turn_text_is_shown() {
    for (text, shown) in [
        ("plain\n\ttext é", "plain\n\ttext é"),
        ("a\u{202e}b", "a\\u{202e}b"),
        ("\u{1b}[31mred", "\\u{1b}[31mred"),
        ("a\r\nb\rc", "a\nb\\u{d}c"),
    ] {
        assert_eq!(visible(text), shown);
    }
}

#[test]
fn code_between_backticks_is_still_text() {
    for (text, html) in [
        ("a `b` c", "a <code>b</code> c"),
        ("a ` b", "a ` b"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("<b>", "&lt;b&gt;"),
    ] {
        assert_eq!(marked(text).to_string(), html);
    }
}

#[test]
fn a_word_is_quoted_where_a_shell_would_change_it() {
    for (word, text) in [
        ("a/b_c-1.rs", "a/b_c-1.rs"),
        ("a b", "'a b'"),
        ("$(x)", "'$(x)'"),
        ("o'b", "'o'\\''b'"),
        ("-x", "'-x'"),
        ("", "''"),
    ] {
        assert_eq!(quoted(word), text);
    }
}

#[test]
fn long_texts_show_how_much_is_left_out() {
    assert_eq!(clipped("äbc", 3), "äbc");
    assert_eq!(clipped("äbcd", 2), "äb\n… and 2 more characters");
    assert_eq!(
        sentence("not yet. 1 of 2 cases passed."),
        "1 of 2 cases passed."
    );
    assert_eq!(sentence("there is no answer."), "There is no answer.");
}
