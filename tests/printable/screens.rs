//! Screens of commands in a course, and on answers and submissions, in which every text is an attack.

use super::{ATTACKS, check, check_values, table};
use crate::common::{Course, Output};

/// A text as YAML with escapes, which the reader of specs accepts.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|char| match char {
        '"' | '\\' => format!("\\{char}"),
        ' '..='~' => char.to_string(),
        char => format!("\\U{:08x}", u32::from(char)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// A course in which every text is an attack, and an answer to its first kata that makes the compiler and the screen
/// repeat one.
fn hostile() -> Course {
    let course = Course::of_author();
    let text = format!("{ATTACKS}{}", table());
    let yaml = quoted(&text);
    for (file, from, to) in [
        (
            "katas/course.yaml",
            "title: From PyTorch to JAX, one weight at a time",
            format!("title: {yaml}"),
        ),
        (
            "katas/course.yaml",
            "  - title: One layer, three containers",
            format!("  - title: {yaml}"),
        ),
        (
            "katas/split_merge/kata.yaml",
            "title: Split a model and merge it again",
            format!("title: {yaml}"),
        ),
        (
            "katas/split_merge/kata.yaml",
            "  - name: one output\n",
            format!("  - name: {yaml}\n"),
        ),
        (
            "katas/split_merge/kata.yaml",
            "    note: Only one input is not zero here, so the first sum is that of one row of the kernel drawn from this seed.\n",
            format!("    note: {yaml}\n"),
        ),
    ] {
        let old = course.read(file);
        assert!(old.contains(from), "{file}");
        course.write(file, &old.replacen(from, &to, 1));
    }
    // The text of a file may contain anything.
    course.write("katas/split_merge/README.md", &format!("# {text}\n\n{text} `{text}`\n\n```text\n{text}\n```\n\n- {text}\n\n| {text} |\n|---|\n| *{text}* |\n"));
    course.write(
        "katas/split_merge/hints.md",
        &format!("## 1\n\n{text}\n\n## 2\n\n{text}\n"),
    );
    let screen = course
        .katas("author seal --track rust split_merge --color always")
        .exits(0);
    check_screen(&screen, true, "author seal");
    course
}

fn compile_error() -> String {
    // The compiler repeats a literal that a macro passes to it, which may contain anything.
    let literal = format!("{ATTACKS}{}", table());
    let literal: String = literal
        .chars()
        .map(|char| format!("\\u{{{:x}}}", u32::from(char)))
        .collect();
    format!("compile_error!(\"{literal}\");\n")
}

fn panics() -> String {
    let literal = format!("{ATTACKS}{}", table());
    let literal: String = literal
        .chars()
        .map(|char| format!("\\u{{{:x}}}", u32::from(char)))
        .collect();
    let start = "use ndarray::Array1;\n\npub fn split_merge_round_trip(_: i64, _: &Array1<f32>, _: &Array1<f32>, _: usize) -> Array1<f32> {\n";
    format!(
        "{start}    print!(\"{{}}\", \"{literal}\");\n    panic!(\"{{}}\", \"{literal}\");\n}}\n"
    )
}

#[test]
fn no_screen_is_steered() {
    let course = hostile();
    let odd = format!("odd{ATTACKS}").replace(['/', '\0'], "");
    course.write(&format!("class/{odd}/split_merge.rs"), &compile_error());
    course.write(&format!("class/two {odd}/a/split_merge.rs"), &panics());
    course.write(&format!("class/two {odd}/b {odd}/split_merge.rs"), "");
    course.write(&format!("class/{odd}.tar"), "");
    let missing = format!("no such {odd}.rs");
    for color in ["always", "never"] {
        let is_colored = color == "always";
        for answer in [compile_error(), panics()] {
            course.write_answer("split_merge", &answer);
            for words in [
                "run split_merge",
                "run split_merge --full",
                "grade split_merge --report markdown=out.md",
            ] {
                let screen = course.katas(&format!("{words} --color {color}"));
                assert!(matches!(screen.code, Some(0 | 1)), "{words}: {screen}");
                // The repeated text is shown in readable form.
                let screen = screen.says("52;c;b3duZWQ=");
                check_screen(&screen, is_colored, words);
            }
        }
        for words in [
            "list",
            "show split_merge",
            "hint split_merge",
            "hint split_merge --all",
            "doctor",
            "author check --track rust split_merge",
            "author table",
            "reset split_merge",
            "grade split_merge --class class --report json=class.json",
            "grade nothing --class class",
        ] {
            let screen = course.katas(&format!("{words} --color {color}"));
            assert!(
                screen.code.is_some_and(|code| code < 5),
                "{words}: {screen}"
            );
            check_screen(&screen, is_colored, words);
        }
        for words in [
            ["run", "--answer", &missing],
            ["grade", "--submission", &missing],
            ["show", &odd, "--color"],
        ] {
            let all = words
                .iter()
                .copied()
                .chain((words[0] != "show").then_some("--color"))
                .chain([color]);
            let screen = course
                .finish(&mut course.command(&all.collect::<Vec<_>>()))
                .says("error:");
            check_screen(&screen, is_colored, words[0]);
        }
        // In a broken course, the picture of a fault shows the line.
        let whole = course.read("katas/hf_load/kata.yaml");
        course.write(
            "katas/hf_load/kata.yaml",
            &format!("{ATTACKS}: {whole}").replace('\r', ""),
        );
        let screen = course
            .katas(&format!("show hf_load --color {color}"))
            .exits(3);
        check_screen(&screen, is_colored, "a fault");
        course.write("katas/hf_load/kata.yaml", &whole);
    }
    // The record contains it too; apart from the sources of answers, its file is free of such characters.
    let json = course.read("class.json");
    check(&json, false, "json");
    let mut record = katas::report::read(json.as_bytes()).expect("a record");
    for kata in record.submissions.iter_mut().flat_map(|one| &mut one.katas) {
        if let Some(answer) = &mut kata.answer {
            answer.source = None;
        }
    }
    check_values(&serde_json::to_value(record).expect("JSON"), "a record");
}

#[track_caller]
fn check_screen(screen: &Output, is_colored: bool, what: &str) {
    check(&screen.stdout, is_colored, what);
    check(&screen.stderr, is_colored, what);
}
