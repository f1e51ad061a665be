//! The pages, on three sizes of screen.

use super::{SIZES, WAITING};
use crate::common::terminal::Terminal;
use crate::common::{Course, shown};

#[test]
fn each_page_on_each_size() {
    for (sized, size) in SIZES {
        let course = Course::of_learner();
        let terminal = Terminal::start(&course, "watch hf_load", size);
        let name = |page: &str| format!("watch_{page}_{sized}");
        terminal.shows("Load Hugging Face").shows(WAITING);
        shown(&name("task"), &terminal.text());
        course.answer("hf_load", "one_bit");
        terminal.shows("not yet").shows(WAITING);
        shown(&name("verdict"), &terminal.text());
        terminal.press("h").shows("hint 1 of 4");
        terminal.press("h").shows("hint 2 of 4");
        shown(&name("hint"), &terminal.text());
        terminal.press("?").shows("the next hint; each");
        shown(&name("keys"), &terminal.text());
        course.solve("hf_load");
        terminal.shows("passed.").shows("n opens split_merge");
        shown(&name("passed"), &terminal.text());
        terminal.press("n").shows("Split a model");
        terminal.press("p").shows("passed.");
        assert_eq!(terminal.ends_after("q").code(), Some(0));
        // A verdict in watch is as good as any other.
        course.katas("list").exits(0).says("1 of 3 katas passed");
    }
}

#[test]
fn the_whole_verdict_and_scrolling() {
    let course = Course::of_learner();
    course.answer("hf_load", "one_bit");
    let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
    terminal.shows("0 of 8 cases passed").shows(WAITING);
    terminal.press("f").shows("1–21 of ");
    terminal.press("G").hides("0 of 8 cases passed");
    terminal.press("g").shows("0 of 8 cases passed");
    terminal.press("f").shows("1/3");
    terminal
        .press("a")
        .shows("0 of 3 katas passed.")
        .shows("Esc shows the verdict");
    terminal.press("i").shows("nnx");
    terminal.press("\x1b").shows("0 of 8 cases passed");
}

#[test]
fn a_new_size_is_drawn_at_once() {
    let course = Course::of_learner();
    course.answer("hf_load", "one_bit");
    let terminal = Terminal::start(&course, "watch hf_load", (160, 50));
    terminal.shows("0 of 8 cases passed").shows(WAITING);
    terminal.resize((40, 12)).shows("? keys  q quit");
    terminal.hides("a all");
    shown("watch_resized_40x12", &terminal.text());
    terminal.resize((80, 24)).shows("r run");
    shown("watch_verdict_80x24", &terminal.text());
}

#[test]
fn a_reset_and_the_reference_answer_are_asked_about() {
    let course = Course::of_author();
    course.answer("hf_load", "one_bit");
    let terminal = Terminal::start(&course, "watch hf_load", (80, 24));
    terminal.shows("0 of 8 cases passed").shows(WAITING);
    terminal.press("x").shows("Start hf_load over?");
    terminal.press("n").shows(WAITING);
    assert_ne!(
        course.read("katas/hf_load/hf_load.rs"),
        course.read("katas/hf_load/starter.rs")
    );
    terminal.press("s").shows("Show the reference answer?");
    terminal
        .press("y")
        .shows("The reference answer: solution.rs");
    terminal.press("x").shows("Start hf_load over?");
    terminal
        .press("y")
        .shows("is the starter again")
        .shows(".backup");
    assert_eq!(
        course.read("katas/hf_load/hf_load.rs"),
        course.read("katas/hf_load/starter.rs")
    );
    terminal.press("q");
    let list = course.katas("list").exits(0);
    list.says("The reference answer was shown before an answer passed: hf_load.");
}

#[test]
fn the_editor_gets_the_terminal_and_gives_it_back() {
    let course = Course::of_learner();
    course.write(
        "editor.sh",
        "echo EDITING $1; read line; echo \"// $line\" >> $1\n",
    );
    let editor = format!("sh {}", course.root.join("editor.sh").display());
    let variables = [("NO_COLOR", "1"), ("EDITOR", editor.as_str())];
    let terminal = Terminal::with(&course, "watch hf_load", (80, 24), &variables);
    terminal.shows(WAITING).press("e").shows("EDITING");
    terminal
        .press("hqxn\r")
        .shows("not written yet")
        .hides("EDITING");
    let answer = course.read("katas/hf_load/hf_load.rs");
    assert!(answer.ends_with("// hqxn\n"), "{answer}");
    terminal.ends_after("q");
}
