//! The screen of `katas list`.

use super::SIZES;
use crate::common::terminal::Terminal;
use crate::common::{Course, shown};

#[test]
fn the_list_on_each_size() {
    for (sized, size) in SIZES {
        let course = Course::of_learner();
        course.solve("hf_load").katas("run hf_load").exits(0);
        let terminal = Terminal::start(&course, "list", size);
        let name = |page: &str| format!("list_{page}_{sized}");
        terminal.shows("1 of 3 katas passed");
        shown(&name("screen"), &terminal.text());
        terminal
            .press("easy trans")
            .shows("1 of 3 katas")
            .hides("hf_load");
        shown(&name("filtered"), &terminal.text());
        terminal.press("\x1b").shows("hf_load");
        // Home, and one row down.
        terminal
            .press("\x1b[H\x1b[B")
            .shows("> new     split_merge");
        terminal
            .press("\r")
            .shows("Split a model")
            .shows("Waiting for a save");
        assert!(
            course
                .root
                .join("katas/split_merge/split_merge.rs")
                .exists()
        );
        terminal.press("l").shows("> new     split_merge");
        terminal.press("\x1b[A\r").shows("hf_load: passed.");
        assert_eq!(terminal.ends_after("q").code(), Some(0));
    }
}

#[test]
fn it_is_left_by_escape_and_by_ctrl_c() {
    for (key, code) in [("\x1b", 0), ("\x03", 130)] {
        let course = Course::of_learner();
        let terminal = Terminal::start(&course, "list", (80, 24));
        terminal.shows("0 of 3 katas passed").press(key);
        assert_eq!(terminal.ends().code(), Some(code));
    }
}

#[test]
fn plain_it_is_printed_on_a_terminal_too() {
    let course = Course::of_learner();
    let terminal = Terminal::start(&course, "list --plain", (80, 24));
    terminal
        .shows("0 of 3 katas passed")
        .shows("  -       split_merge");
    assert_eq!(terminal.ends().code(), Some(0));
}
