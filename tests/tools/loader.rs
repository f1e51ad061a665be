//! Programs that need more of the system than usual, or more than they may have.

use super::Bench;

/// Every function of C's mathematical library that std uses, in both precisions.
const MATHEMATICS: &str = "
fn all<const N: usize>(values: [f64; N]) -> bool { values.iter().all(|value| value.is_finite()) }
fn mathematics() -> bool {
    let x = std::hint::black_box(0.5_f64);
    let y = std::hint::black_box(0.5_f32);
    all([x.exp(), x.exp2(), x.exp_m1(), x.ln(), x.log2(), x.log10(), x.ln_1p(), x.powf(0.3), x.powi(3), x.sqrt()])
        && all([x.sin(), x.cos(), x.tan(), x.asin(), x.acos(), x.atan(), x.atan2(2.0), x.sinh(), x.cosh(), x.tanh()])
        && all([x.asinh(), (x + 1.0).acosh(), x.atanh(), x.hypot(2.0), x.cbrt(), x % 0.3, x.mul_add(2.0, 1.0)])
        && all([y.exp(), y.exp2(), y.exp_m1(), y.ln(), y.log2(), y.log10(), y.ln_1p(), y.powf(0.3)].map(f64::from))
        && all([y.sin(), y.cos(), y.tan(), y.asin(), y.acos(), y.atan(), y.atan2(2.0), y.sinh()].map(f64::from))
        && all([y.cosh(), y.tanh(), y.hypot(2.0), y.cbrt(), y % 0.3, y.mul_add(2.0, 1.0)].map(f64::from))
        && std::hint::black_box(i128::MAX) / std::hint::black_box(3) > 0
}
";

#[test]
fn an_answer_may_use_mathematics() {
    let bench = Bench::new();
    let answer = bench.course.read("katas/hf_load/hf_load.rs");
    let called = answer.replace(
        "    let model =",
        "    assert!(mathematics());\\n    let model ="
            .replace("\\n", "\n")
            .as_str(),
    );
    assert_ne!(called, answer);
    let text = format!("{called}{MATHEMATICS}");
    bench.course.write_answer("hf_load", &text);
    std::fs::write(bench.class.join("amy/hf_load.rs"), text).expect("it is ours");
    bench.passes();
}

/// A program too large to be loaded: the tools work, so it is the answer's fault, and the answer scores 0.
#[test]
fn an_answer_that_cannot_be_loaded_scores_nothing() {
    let bench = Bench::new();
    let answer = bench.course.read("katas/hf_load/hf_load.rs");
    let called = answer.replace(
        "    let model =",
        "    assert!(HUGE.lock().is_ok());\n    let model =",
    );
    let text = format!(
        "{called}static HUGE: std::sync::Mutex<[u8; 3 << 30]> = std::sync::Mutex::new([0; 3 << 30]);\n"
    );
    bench.course.write_answer("hf_load", &text);
    std::fs::write(bench.class.join("amy/hf_load.rs"), text).expect("it is ours");
    bench.run().exits(1);
    let graded = bench.grade_with(&|_| {}).exits(0);
    graded
        .says("Average: 0 of 4 points.")
        .says_nothing_of("not judged");
}
