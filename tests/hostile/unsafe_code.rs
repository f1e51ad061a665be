//! Answers that try to get unsafe code past the check for it, and safe ones that must not be refused.
//!
//! The head of each file in `unsafe/` gives the location and reason of the refusal, or its verdict, and the verdict
//! if unsafe code is allowed. The latter shows that the compiler accepts the answer, and for most answers that their
//! unsafe code runs.

use std::path::PathBuf;

use katas::sandbox::Author;
use katas::track::rust::UnsafeCode;
use katas::verdict::{Judged, KataResult, Refusal};

use super::world::World;
use super::{attacks, verdict};

#[test]
fn unsafe_code_is_refused() {
    let world = World::new();
    let mut faults = Vec::new();
    let files = files("unsafe");
    assert!(files.len() > 25);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let head = |key: &str| {
            let start = format!("//! {key}: ");
            let line = text.lines().find_map(|line| line.strip_prefix(&start));
            line.unwrap_or_else(|| panic!("{} does not say `{key}`", file.display()))
        };
        let answer = world.answer(&text);
        let checked = [Author::Own, Author::Untrusted].map(|author| world.judge(&answer, author));
        for result in &checked {
            let got = place(result).unwrap_or_else(|| verdict(result));
            if got != head("expect") {
                faults.push(format!("{}: {got}: {:?}", file.display(), result.judged));
            }
        }
        let allowed = world.judge_with(&answer, Author::Own, UnsafeCode::Allowed);
        if verdict(&allowed) != head("allowed") {
            faults.push(format!("{}, allowed: {:?}", file.display(), allowed.judged));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The attacks on the sandbox are already refused by this check.
#[test]
fn hostile_answers_with_unsafe_code_are_refused() {
    let world = World::new();
    let mut refused = 0;
    for file in ["run", "compile"].map(files).into_iter().flatten() {
        let text = std::fs::read_to_string(&file).unwrap();
        if text.contains("unsafe") || text.contains("global_asm!") {
            let result = world.judge(&world.answer(&text), Author::Untrusted);
            assert_eq!(
                verdict(&result),
                "not safe",
                "{}: {:?}",
                file.display(),
                result.judged
            );
            refused += 1;
        }
    }
    assert!(refused > 20, "{refused}");
}

/// rustc skips such a first line, so text that looks like a string to others may begin inside one.
#[test]
fn no_first_line_hides_code() {
    let world = World::new();
    let unsafe_code = "#[allow(unsafe_code)]\npub fn answer(x: &ndarray::Array1<f32>) -> ndarray::Array1<f32> {\n    \
                       unsafe { std::ptr::read(x) };\n    panic!()\n}\n";
    for (before, after, place_of, allowed) in [
        ("#!\"\n", "//\"", "2:9 `unsafe_code`", "panicked"),
        ("\u{feff}#!/*\n", "//*/", "2:9 `unsafe_code`", "panicked"),
        ("\u{feff}", "", "1:9 `unsafe_code`", "panicked"),
        // If rustc accepts manifests in answers, this is "panicked"; the location is refused in any case.
        ("---\n\"\n---\n", "//\"", "4:9 `unsafe_code`", "errors"),
    ] {
        let answer = world.answer(&format!("{before}{unsafe_code}{after}"));
        let result = world.judge(&answer, Author::Own);
        assert_eq!(
            place(&result).as_deref(),
            Some(place_of),
            "{before:?}: {:?}",
            result.judged
        );
        let result = world.judge_with(&answer, Author::Own, UnsafeCode::Allowed);
        assert_eq!(verdict(&result), allowed, "{before:?}: {:?}", result.judged);
    }
}

/// Macros of the linked crates contain unsafe blocks, but code of an answer never ends up inside one.
#[test]
fn no_macro_makes_an_unsafe_call_safe() {
    let world = World::new();
    for call in [
        "x.slice(s![std::mem::zeroed::<usize>()..]);",
        "x.slice(s![0..std::mem::zeroed::<usize>();std::mem::zeroed::<usize>()]);",
        "azip!((a in x) { let _ = std::mem::zeroed::<f32>() + a; });",
        "azip!((a in &std::mem::zeroed::<Array1<f32>>()) { let _ = a; });",
        "stack![Axis(std::mem::zeroed()), x.view()];",
        "concatenate![Axis(0), std::mem::zeroed::<ArrayView1<'_, f32>>()];",
        "array![std::mem::zeroed::<f32>()];",
        "thread_local! { static A: f32 = std::mem::zeroed(); static B: f32 = const { std::mem::zeroed() } }",
        "std::pin::pin!(std::mem::zeroed::<f32>());",
        "println!(\"{}\", std::mem::zeroed::<f32>());",
        "assert!(std::mem::zeroed::<bool>());",
        "vec![std::mem::zeroed::<f32>(); std::mem::zeroed()];",
    ] {
        let answer = world.answer(&format!(
            "#![allow(unused_imports)]\nuse ndarray::{{Array1, ArrayView1, Axis, array, azip, concatenate, s, stack}};\n\
             pub fn answer(x: &Array1<f32>) -> Array1<f32> {{\n    {call}\n    x.clone()\n}}\n"
        ));
        let result = world.judge(&answer, Author::Own);
        let Judged::Refused(Refusal::Errors { messages, .. }) = &result.judged else {
            panic!("{call}: {:?}", result.judged);
        };
        let unsafe_call = |message: &katas::verdict::CompilerMessage| message.code == "E0133";
        assert!(messages.iter().all(unsafe_call), "{call}: {messages:?}");
    }
}

#[test]
fn safe_answers_are_not_refused() {
    let world = World::new();
    for text in [
        // Every macro of the linked crates, with all kinds of expressions in its arguments.
        "use ndarray::{Array1, Axis, array, azip, concatenate, s, stack};\n\
         pub fn answer(x: &Array1<f32>) -> Array1<f32> {\n    \
             let one = |n: usize| -> usize { if n > 0 { n } else { 1 } };\n    \
             let all = x.slice(s![..{ let end = x.len(); end }]);\n    \
             let _ = x.slice(s![..one(1);1]);\n    \
             let mut sum = Array1::zeros(x.len());\n    \
             azip!((sum in &mut sum, &x in x) *sum = { let y = x; y });\n    \
             assert_eq!(array![one(1), { 2 }].len(), 2);\n    \
             let rows = stack![Axis(one(0) - 1), sum, all];\n    \
             concatenate![Axis(0), rows.row(one(1)), x.slice(s![0..0])]\n}\n",
        // The words in comments and strings.
        "//! No unsafe here, so no allow(unsafe_code) either.\n\
         #![doc = \"unsafe_code\"]\n#![deny(warnings)]\n\
         /* unsafe */ pub fn answer(x: &ndarray::Array1<f32>) -> ndarray::Array1<f32> {\n    \
             assert_ne!(\"unsafe\", r#\"unsafe_code\"#); x.clone() // unsafe\n}\n",
        // The only allocator that safe code can name is the one that is in use anyway.
        "#[global_allocator]\nstatic SYSTEM: std::alloc::System = std::alloc::System;\n\
         pub fn answer(x: &ndarray::Array1<f32>) -> ndarray::Array1<f32> { x.clone() }\n",
    ] {
        let answer = world.answer(text);
        for author in [Author::Own, Author::Untrusted] {
            let result = world.judge(&answer, author);
            assert_eq!(verdict(&result), "passed", "{text}: {:?}", result.judged);
        }
    }
}

/// Only the compiler finds assembly, so a cached program that was built with unsafe code allowed must not be reused.
#[test]
fn what_was_built_with_unsafe_code_allowed_is_not_found_again() {
    let world = World::new();
    let text = std::fs::read_to_string(attacks("unsafe").join("assembly.rs")).unwrap();
    let answer = world.answer(&text);
    for author in [Author::Own, Author::Untrusted] {
        let allowed = world.judge_with(&answer, author, UnsafeCode::Allowed);
        assert_eq!(verdict(&allowed), "passed", "{:?}", allowed.judged);
        let result = world.judge(&answer, author);
        assert_eq!(verdict(&result), "not safe", "{:?}", result.judged);
    }
}

/// The location and reason for which an answer is refused as unsafe.
fn place(result: &KataResult) -> Option<String> {
    match &result.judged {
        Judged::Refused(Refusal::Forbidden {
            found,
            line,
            column,
            ..
        }) => Some(format!("{line}:{column} {found}")),
        _ => None,
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(attacks(folder)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
