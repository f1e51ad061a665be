//! The mutants of a text, as a list of changes.

use super::*;
use crate::spec;

fn spec() -> Spec {
    let text = "format: 1\ntitle: t\ndifficulty: easy\npoints: 1\nfunction: f\nparams: {x: 'f32[n]', k: usize}\nreturns: f32[n]\n\
                cases:\n  - {name: a, given: {x: [1], k: 1}, expect: [1]}\n";
    spec::parse("kata.yaml", text, &|_| {
        Err(std::io::ErrorKind::NotFound.into())
    })
    .expect("a spec")
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let text = format!("fn f(x: &Array1<f32>, k: usize) -> Array1<f32> {{ {body} }}");
    let all = mutants(&spec(), &text);
    let found: Vec<_> = all
        .iter()
        .filter(|mutant| !mutant.what.ends_with("` reversed"))
        .map(|mutant| {
            let body = mutant.source.split_once("{ ").expect("a body").1;
            body.strip_suffix(" }").expect("its end")
        })
        .collect();
    let mut expected = expected.to_vec();
    let mut found = found;
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn layouts_are_changed() {
    check("a.t()", &["a"]);
    check(
        "a.to_shape((m, n)).expect(\"fits\")",
        &[
            "a.to_shape((n, m)).expect(\"fits\")",
            "a.to_shape((m, n)).expect(\"fits\").reversed_axes()",
        ],
    );
    check("a.array2().reversed_axes()", &["a.array2()"]);
    check(
        "g(s[\"k\"].value())",
        &[
            "g(s[\"k\"].array2().reversed_axes().into_dyn())",
            "g(s[\"k\"])",
        ],
    );
}

#[test]
fn arguments_are_exchanged() {
    check("g(a, b)", &["g(b, a)"]);
    check("g(a, h(b, c))", &["g(h(b, c), a)", "g(a, h(c, b))"]);
    check("[a, b, c]", &["[b, a, c]", "[c, b, a]", "[a, c, b]"]);
    check(
        "g(a, b, c, d)",
        &["g(b, a, c, d)", "g(a, c, b, d)", "g(a, b, d, c)"],
    );
}

#[test]
fn statements_are_left_out() {
    check("a.set(b); c", &["; c"].map(|_| " c"));
    check("let a = b; let a = h(a); a", &["let a = b;  a"]);
    check("for i in r { g(i); } h", &["for i in r {  } h"]);
}

#[test]
fn numbers_and_operators_are_changed() {
    check("a - b", &["a + b"]);
    check("-a", &["a"]);
    check("a < 0.5", &["a <= 0.5", "a < 1.0"]);
    check("a[0]", &["a[0 + 1]", "a[1]"]);
    check("g(k)", &["g((k + 1))"]);
    check(
        "a.abs().max(0.0_f32)",
        &[
            "a.max(0.0_f32)",
            "a.abs().min(0.0_f32)",
            "a.abs().max(1.0_f32)",
        ],
    );
    check("(0..k)", &["(0..=k)", "(1..k)", "(0..(k + 1))"]);
    check(
        "s[\"a\"] + s[\"b\"]",
        &[
            "s[\"b\"] + s[\"b\"]",
            "s[\"a\"] + s[\"a\"]",
            "s[\"a\"] - s[\"b\"]",
        ],
    );
}

#[test]
fn what_people_read_stays() {
    check(
        "assert_eq!(1, 2); g().expect(\"a, b\"); panic!(\"{}\", 1)",
        &[" panic!(\"{}\", 1)"].map(|_| "assert_eq!(1, 2);  panic!(\"{}\", 1)"),
    );
}

#[test]
fn an_input_is_reversed_and_shown_as_a_diff() {
    let text = "use a::b;\nfn f(x: &Array1<f32>, k: usize) {\n    x\n}\n";
    let all = mutants(&spec(), text);
    let [mutant] = &all[..] else {
        panic!("{all:?}")
    };
    assert_eq!(mutant.what, "`x` reversed");
    assert_eq!(mutant.line, 3);
    assert_eq!(
        mutant.diff,
        "@@ -2,0 +3 @@\n+    let x = &x.slice(ndarray::s![..;-1]).to_owned();"
    );
}

#[test]
fn of_too_many_some_of_each_kind_are_taken() {
    let text = format!(
        "fn f(x: &A, k: usize) {{ {} a.t(); g(b, c) }}",
        "h(1);".repeat(100)
    );
    let all = mutants(&spec(), &text);
    assert_eq!(all.len(), MOST_MUTANTS);
    for what in [
        "`.t` left out",
        "`b` and `c` swapped",
        "`2` for `1`",
        "the statement `h` left out",
    ] {
        assert!(all.iter().any(|mutant| mutant.what == what), "{what}");
    }
}
