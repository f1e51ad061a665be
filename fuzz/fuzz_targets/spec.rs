//! Any text as `kata.yaml`, `course.yaml`, `hidden.yaml` and `sealed.yaml`: reading never panics, and every fault can
//! be drawn.

#![no_main]

use std::sync::LazyLock;

use katas::spec::{self, CaseKind, Faults, Look, Spec};
use libfuzzer_sys::fuzz_target;

/// A real spec, for reading the files of hidden results and sealed cases.
static REAL: LazyLock<Spec> = LazyLock::new(|| {
    let text = include_str!("../../katas/hf_load/kata.yaml");
    spec::parse("kata.yaml", text, &file).expect("a real spec is right")
});

/// Any file that a spec names: some exist.
fn file(name: &str) -> std::io::Result<Vec<u8>> {
    match name.len() % 3 {
        0 => Ok(vec![0x3f; 4 * name.len()]),
        1 => Ok(name.as_bytes().to_vec()),
        _ => Err(std::io::ErrorKind::NotFound.into()),
    }
}

fn drawn<T>(read: Result<T, Faults>) -> Option<T> {
    read.map_err(|faults| {
        assert!(faults.iter().len() > 0);
        let unwrapped = |text: &str, _: usize| text.to_owned();
        assert!(!faults.render(Look::Plain, 80, &unwrapped).is_empty());
        assert!(!faults.render(Look::Styled, 80, &unwrapped).is_empty());
    })
    .ok()
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Some(spec) = drawn(spec::parse("kata.yaml", &text, &file)) {
        for case in &spec.cases {
            assert_eq!(case.given.len(), spec.params.len());
            assert_eq!(case.expect.is_some(), case.kind == CaseKind::Shown);
        }
    }
    if let Some(course) = drawn(spec::parse_course("course.yaml", &text)) {
        assert!(!course.chapters.is_empty());
    }
    drawn(spec::parse_hidden("hidden.yaml", &text, &REAL, &file));
    drawn(spec::parse_sealed("sealed.yaml", &text, &REAL, &file));
});
