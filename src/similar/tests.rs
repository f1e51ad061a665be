//! The guarantee of the winnowing paper, and real answers of this repository: solutions, wrong answers and what
//! learners write.

use std::collections::HashSet;
use std::path::Path;

use super::shape::Shape;
use super::winnow::NOISE;
use super::winnow::{hashes, winnow};
use super::{Alike, FOUND};

/// What looks alike among answers in memory.
fn alike(answers: &[&str], starter: Option<&str>) -> Alike {
    let read = |place: usize| Ok::<_, std::convert::Infallible>(answers[place]);
    let Ok(found) = super::alike(answers.len(), read, starter);
    found
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn folder(path: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut files: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

fn prints(text: &str) -> HashSet<u64> {
    let prints = Shape::of(text).fingerprints();
    prints.into_iter().map(|print| print.hash).collect()
}

/// Changes every name defined in the text, the numbers, the comments and the layout.
fn disguised(text: &str) -> String {
    let code: Vec<_> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let mut code = code.join("\n\n   /* not mine */ ");
    for (name, other) in [
        ("hf_kernel_flat", "w"),
        ("hf_bias_flat", "b"),
        ("weight", "reshaped_weight"),
        ("features", "outputs"),
    ] {
        code = code.replace(name, other);
    }
    code
}

#[test]
fn a_common_run_of_the_guaranteed_length_is_always_found() {
    use proptest::prelude::*;
    let symbols = |length| proptest::collection::vec(0_u64..6, length);
    let around = || symbols(0..40_usize);
    proptest!(|(
        common in symbols(FOUND..FOUND + 20),
        (before, after) in (around(), around()),
        (before_other, after_other) in (around(), around()),
    )| {
        let prints = |before: &[u64], after: &[u64]| -> HashSet<u64> {
            let all = [before, &common, after].concat();
            winnow(&hashes(&all)).into_iter().map(|print| print.hash).collect()
        };
        let (one, other) = (prints(&before, &after), prints(&before_other, &after_other));
        prop_assert!(one.intersection(&other).next().is_some());
    });
}

#[test]
fn what_is_shorter_than_the_noise_is_never_found() {
    let one: Vec<u64> = (0..NOISE as u64 - 1).collect();
    assert!(winnow(&hashes(&one)).is_empty());
    // Texts whose only common run is that short have no common fingerprint.
    let around = |base: u64| {
        [
            (base..base + 30).collect(),
            one.clone(),
            (base + 30..base + 60).collect(),
        ]
        .concat()
    };
    let prints = |base| -> HashSet<u64> {
        let all: Vec<u64> = around(base);
        winnow(&hashes(&all))
            .into_iter()
            .map(|print| print.hash)
            .collect()
    };
    assert!(prints(100).is_disjoint(&prints(1000)));
}

#[test]
fn names_numbers_comments_and_layout_make_no_difference() {
    let solution = read("solutions/hf_load/solution.rs");
    assert_eq!(prints(&solution), prints(&disguised(&solution)));
    for (one, other) in [
        (
            "let a = 1; f(a.b(c))",
            "let total=0x10; g(total . b(d)) // why",
        ),
        (
            "struct S { w: f32 } s.w",
            "struct Other { weight: f32 } o.weight",
        ),
        (
            "for i in 0..n { x[i] += 0.5; }",
            "for row in 3..end {\n y[row] += 1e-3;\n}",
        ),
    ] {
        let symbols = |text| Shape::of(text).symbols;
        assert_eq!(symbols(one), symbols(other), "{one}");
    }
    for (one, other) in [
        ("a.sum()", "a.mean()"),
        ("nnx::split(a)", "nnx::merge(a)"),
        ("a + b", "a - b"),
    ] {
        let symbols = |text| Shape::of(text).symbols;
        assert_ne!(symbols(one), symbols(other), "{one}");
    }
}

#[test]
fn a_disguised_copy_is_of_the_same_form() {
    let starter = read("katas/hf_load/starter.rs");
    let solution = read("solutions/hf_load/solution.rs");
    let copy = disguised(&solution);
    let found = alike(&[&solution, &starter, &copy], Some(&starter));
    let members: Vec<_> = found
        .forms
        .iter()
        .map(|form| form.members.clone())
        .collect();
    assert_eq!(members, [vec![0, 2], vec![1]]);
    assert_eq!(
        found.forms[1].own, 0,
        "the starter has no tokens that count"
    );
    assert_eq!(found.pairs, []);
}

#[test]
fn a_copy_with_a_change_is_most_alike_and_its_common_parts_are_shown() {
    let starter = read("katas/state_translation/starter.rs");
    let one = read("tests/fixtures/diagnose/state_translation/turned_where_it_fits.rs");
    let half = one.len() / 2;
    let half = half + one[half..].find(";\n").unwrap() + 2;
    let copy = disguised(&format!(
        "{}let spare = vec![0.0_f32; 3].len();\n{}",
        &one[..half],
        &one[half..]
    ));
    let mut all = folder("tests/fixtures/diagnose/state_translation");
    // The blind answers of one person are changes of one right answer, so they are alike.
    all.retain(|other| *other != one && !other.contains("Blind:"));
    let mut answers: Vec<&str> = all.iter().map(String::as_str).collect();
    answers.extend([one.as_str(), copy.as_str()]);
    let found = alike(&answers, Some(&starter));
    let pair = (answers.len() - 2, answers.len() - 1);
    let mut pairs = found.pairs.iter();
    let best = pairs.find(|found| (found.one, found.other) == pair);
    let best = best.expect("the copy is found");
    assert!(best.score >= 70, "{best:#?}");
    for region in &best.regions {
        let symbols = |text: &str, region: &std::ops::Range<usize>| {
            Shape::of(&text[region.clone()]).symbols.len()
        };
        assert_eq!(symbols(&one, &region.one), symbols(&copy, &region.other));
    }
}

#[test]
fn unrelated_answers_are_not_listed() {
    let starter = read("katas/hf_load/starter.rs");
    let (one, other) = (
        read("solutions/hf_load/solution.rs"),
        "fn f(x: &[f32]) -> f32 { let mut s = 0.0; for i in 0..x.len() { if x[i] > 0.0 { s += x[i]; } } while s > 9.0 { s /= 2.0; } s }",
    );
    assert_eq!(alike(&[&one, other], Some(&starter)).pairs, []);
    // By hand and with the library: two ways of doing the same.
    let by_hand = read("tests/fixtures/diagnose/hf_load/products_not_summed.rs");
    assert_eq!(alike(&[&one, &by_hand], Some(&starter)).pairs, []);
}

#[test]
fn what_everyone_writes_is_an_idiom() {
    let common = "let mut total = 0.0; for i in 0..n { for j in 0..m { total += a[i * m + j] * b[j]; } } total";
    let rare = "while left < right { swap(left, right); left += step; right -= step; if left == right { break; } }";
    // Calls in a different order in each answer.
    let own = |n: u64| -> String {
        let mut seed = n * 1_000_003;
        let calls = (0..6).map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("v.m{}();", (seed >> 33) % 1000)
        });
        calls.collect::<String>() + common
    };
    let mut answers: Vec<String> = (0..30).map(own).collect();
    let listed = |answers: &[String]| {
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        let pairs = alike(&answers, None).pairs.into_iter();
        pairs.map(|pair| (pair.one, pair.other)).collect::<Vec<_>>()
    };
    assert_eq!(listed(&answers), []);
    for one in [3, 17] {
        answers[one].push_str(rare);
    }
    assert_eq!(listed(&answers), [(3, 17)]);
}

#[test]
fn long_dull_answers_take_no_longer_than_their_length() {
    let dull = |words: [&str; 2], end: &str| {
        format!("fn f() {{ {} {end} }}", words.join("").repeat(12_000))
    };
    let answers = [
        dull(["a;", "b;"], "1"),
        dull(["a;", "b;"], "a"),
        dull(["a.b();", "c;"], "1"),
        dull(["a.b();", "c;"], "a"),
    ];
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    let found = alike(&answers, None);
    assert_eq!(found.forms.len(), 4);
    let took = start.elapsed();
    assert!(took.as_secs() < 10, "{took:?}");
}

#[test]
fn any_texts_are_compared_without_panicking() {
    use proptest::prelude::*;
    let text = || "[a-c .;(){}\"'0-9/*∂é\n]{0,120}";
    proptest!(|(one in text(), other in text(), starter in text())| {
        let found = alike(&[&one, &other, &one], Some(&starter));
        prop_assert_eq!(found.forms[0].members.contains(&2), true);
    });
}
