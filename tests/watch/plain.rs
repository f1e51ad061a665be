//! `--plain`: lines that are only added, for screen readers, pipes and simple terminals.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::common::Course;
use crate::common::terminal::Terminal;

#[test]
fn words_are_typed_on_a_terminal() {
    let course = Course::of_learner();
    let terminal = Terminal::start(&course, "watch hf_load --plain", (80, 60));
    terminal.shows("Waiting for a save of katas/hf_load/hf_load.rs");
    course.answer("hf_load", "one_bit");
    terminal.shows("0 of 8 cases passed");
    terminal.press("hint\r").shows("hint 1 of 4");
    terminal
        .press("?\r")
        .shows("The name of a kata opens that kata.");
    terminal
        .press("split_merge\r")
        .shows("Waiting for a save of katas/split_merge");
    terminal
        .press("nonsense\r")
        .shows("`nonsense` is neither a key nor a kata.");
    terminal.press("x\r").shows("Start split_merge over?");
    terminal.press("n\r");
    assert_eq!(terminal.ends_after("quit\r").code(), Some(0));
}

#[test]
fn a_simple_terminal_gets_lines() {
    let course = Course::of_learner();
    let variables = [("TERM", "dumb")];
    let terminal = Terminal::with(&course, "watch hf_load", (80, 60), &variables);
    terminal.shows("Type ? for the commands.");
    terminal.signal(rustix::process::Signal::INT);
    assert_eq!(terminal.ends().code(), Some(130));
}

#[test]
fn a_pipe_gets_each_verdict() {
    let course = Course::of_learner();
    let mut command = course.command(&["watch", "hf_load"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut katas = command.spawn().expect("katas can be started");
    let output = katas.stdout.take().expect("a pipe");
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    let waits = |text: &str| loop {
        let line = lines.recv_timeout(Duration::from_secs(60)).expect(text);
        assert!(!line.contains('\x1b'), "{line:?}");
        if line.contains(text) {
            return;
        }
    };
    waits("Waiting for a save");
    course.answer("hf_load", "one_bit");
    waits("0 of 8 cases passed");
    waits("Waiting for a save");
    course.solve("hf_load");
    waits("hf_load: passed.");
    katas.kill().expect("it runs");
    katas.wait().expect("it ends");
}
