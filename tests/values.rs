//! Every kind of value and every comparison rule, through the whole program: spec, wire, comparison, screen.

use crate::common::{Course, Output, shown};

const ARRAY: &str = "use ndarray::Array1;\n";

fn judge(id: &str, answer: &str) -> Output {
    let course = Course::from_fixture("kinds");
    course.write_answer(id, answer);
    course.katas(&format!("run {id}"))
}

fn of_x(body: &str) -> String {
    format!("{ARRAY}pub fn answer(x: &Array1<f32>) -> Array1<f32> {{ {body} }}")
}

#[test]
fn a_matrix_is_shown_as_a_grid() {
    let answer = |body: &str| {
        format!(
            "{ARRAY}pub fn answer(flat: &Array1<f32>, rows: usize, columns: usize) -> Array1<f32> {{ {body} }}"
        )
    };
    judge("matrix", &answer("let _ = rows * columns; flat.clone()")).exits(0);
    let turned = "flat.to_shape((rows, columns)).unwrap().t().iter().copied().collect()";
    shown("value_matrix", &judge("matrix", &answer(turned)).exits(1));
}

#[test]
fn a_long_array_is_shown_around_the_first_difference() {
    let answer = |last: &str| {
        format!(
            "{ARRAY}pub fn answer(count: usize) -> Array1<f64> {{ \
             Array1::from_shape_fn(count, |index| if index == 20 {{ {last} }} else {{ index as f64 / 4.0 }}) }}"
        )
    };
    judge("long", &answer("5.0")).exits(0);
    shown("value_long", &judge("long", &answer("5.25")).exits(1));
}

#[test]
fn an_open_length_counts_the_values() {
    let answer = |body: &str| {
        format!("{ARRAY}pub fn answer(numbers: &Array1<i32>) -> Array1<i32> {{ {body} }}")
    };
    judge(
        "open",
        &answer("numbers.iter().copied().filter(|number| number % 2 == 0).collect()"),
    )
    .exits(0);
    shown(
        "value_open",
        &judge("open", &answer("numbers.clone()")).exits(1),
    );
}

#[test]
fn texts() {
    let answer = |body: &str| format!("pub fn answer(name: &str) -> String {{ {body} }}");
    judge(
        "text",
        &answer("name.replace('.', \"/\").replace(\"weight\", \"kernel\")"),
    )
    .exits(0);
    shown(
        "value_text",
        &judge("text", &answer("name.replace('.', \"/\")")).exits(1),
    );
}

#[test]
fn bytes() {
    let answer = |body: &str| format!("pub fn answer(header: &[u8]) -> Vec<u8> {{ {body} }}");
    judge("bytes", &answer("header.iter().rev().copied().collect()")).exits(0);
    shown(
        "value_bytes",
        &judge("bytes", &answer("header[..3].to_vec()")).exits(1),
    );
}

#[test]
fn numbers_by_value_arrive_to_the_last_bit() {
    let head = "pub fn answer(a: f32, b: f64, c: i32, d: i64, e: u8, f: u16, g: u32, h: u64, i: bool, j: usize) -> f64";
    let whole = "assert_eq!((c, d, e, f, g, h, i, j), (-1, -2, u8::MAX, u16::MAX, u32::MAX, u64::MAX, true, 7));";
    judge(
        "scalars",
        &format!("{head} {{ {whole} f64::from(a) + b + 1.0 }}"),
    )
    .exits(0);
    let screen = judge("scalars", &format!("{head} {{ {whole} f64::from(a) + b }}"));
    shown("value_scalars", &screen.exits(1));
}

#[test]
fn a_tolerance_is_as_wide_as_it_says() {
    judge("close", &of_x("x.mapv(|value| value * (1.0 + 5e-7))")).exits(0);
    shown(
        "value_close",
        &judge("close", &of_x("x.mapv(|value| value * (1.0 + 5e-6))")).exits(1),
    );
    // Four ulp of the largest value are a large error in the smallest one.
    judge("scaled", &of_x("x.mapv(|value| value + 4.0 / 8192.0)")).exits(0);
    shown(
        "value_scaled",
        &judge("scaled", &of_x("x.mapv(|value| value + 5.0 / 8192.0)")).exits(1),
    );
}

#[test]
fn zeros_are_equal_if_the_kata_says_so() {
    judge("equal_zeros", &of_x("-x")).exits(0);
}

#[test]
fn a_type_that_rust_lacks() {
    let course = Course::from_fixture("kinds");
    let spec = course.read("katas/close/kata.yaml");
    course.write("katas/close/kata.yaml", &spec.replace("f32", "bf16"));
    shown("value_bf16", &course.katas("run close").exits(4));
}

#[test]
fn a_course_of_several_chapters() {
    let course = Course::from_fixture("kinds");
    shown("list_chapters", &course.katas("list").exits(0));
}

/// An answer to `scaled`, which has one case.
fn scaled(body: &str) -> Course {
    let course = Course::from_fixture("kinds");
    course.write_answer(
        "scaled",
        &format!(
            "use ndarray::Array1;\npub fn answer(x: &Array1<f32>) -> Array1<f32> {{ {body} }}\n"
        ),
    );
    course
}

#[test]
fn a_difference_that_the_rule_allows_is_not_called_the_same() {
    let body = "let mut y = x.clone(); y[1] = 2.5; y[2] = 1024.0001; y";
    let course = scaled(body);
    course
        .katas("run scaled")
        .exits(1)
        .says("1 of 3 values differs")
        .says("[0]           1          1  same\n")
        .says("[2]        1024  1024.0001  allowed\n");
}

#[test]
fn where_there_is_one_case_there_is_no_other() {
    let course = scaled("x.clone()");
    course
        .katas("run scaled")
        .exits(0)
        .says("passed. The only case matches, within 4 ulp of the largest expected");
    let course = scaled("if x.len() > 0 { loop {} } x.clone()");
    course
        .katas("run scaled --time-limit 1")
        .exits(1)
        .says("Look for a loop that never ends.")
        .says_nothing_of("The cases after this one");
}
