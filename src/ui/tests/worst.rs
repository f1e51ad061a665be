//! Results with the longest possible texts: long inputs, long names, every kind of verdict, long explanations with
//! pictures.

use std::time::Duration;

use crate::array::{Array, Dtype, Value};
use crate::compare::{Comparison, Zeros, compare_values};
use crate::diagnose::{Certainty, Explanation, Grid, Line, Picture, Subject};
use crate::spec::{CaseKind, Spec, parse};
use crate::verdict::{
    CaseResult, CaseVerdict, CompilerMessage, Difference, Failure, Location, Mismatch, NotRun,
    Outputs,
};

pub(super) const SENTENCE: &str = "The kernel is right and the bias runs backwards, which turning a matrix never does to anything. ";

/// A kata with many long inputs, with the given number of shown cases, and two hidden ones.
pub(super) fn spec(cases: usize, name: &str) -> Spec {
    let params: Vec<String> = (0..12)
        .map(|at| format!("a_long_name_of_an_input_{at}: \"f32[n]\""))
        .collect();
    let given: Vec<String> = (0..12)
        .map(|at| format!("a_long_name_of_an_input_{at}: [0.33333334, 1.25e-30, 3, 4, 5, 6, 7, 8]"))
        .collect();
    let mut text = format!(
        "format: 1\ntitle: t\ndifficulty: easy\npoints: 1\nfunction: f\nparams: {{{}}}\nreturns: f32[]\ncases:\n",
        params.join(", ")
    );
    for at in 0..cases + 2 {
        let what = if at < cases {
            "expect: [1]"
        } else {
            "hidden: true"
        };
        text.push_str(&format!(
            "- {{name: {name} {at}, given: {{{}}}, {what}}}\n",
            given.join(", ")
        ));
    }
    parse("kata.yaml", &text, &|_| {
        Err(std::io::ErrorKind::NotFound.into())
    })
    .unwrap_or_else(|faults| panic!("{faults}"))
}

fn array(dtype: Dtype, shape: &[usize], divisor: f64) -> Value {
    let count = shape.iter().product::<usize>();
    let bits: Vec<u64> = (0..count)
        .map(|at| match dtype {
            Dtype::F64 => (at as f64 / divisor).to_bits(),
            _ => u64::from((at as f32 / divisor as f32).to_bits()),
        })
        .collect();
    Value::Array(Array::from_bits(dtype, shape.to_vec(), &bits).expect("the shape fits"))
}

fn different(expected: Value, got: Value) -> CaseVerdict {
    let how = match compare_values(
        &expected,
        &got,
        &crate::compare::Rule::Bits.into(),
        Zeros::Distinct,
    ) {
        Comparison::Values(differences) => Difference::Values(Box::new(differences)),
        Comparison::Count { expected, got } => Difference::Count { expected, got },
        Comparison::Bytes(bytes) => Difference::Bytes(bytes),
        Comparison::Text(text) => Difference::Text(text),
        other => panic!("{other:?}"),
    };
    CaseVerdict::Different(Mismatch {
        how,
        parts: Vec::new(),
        outputs: Some(Box::new(Outputs { expected, got })),
    })
}

pub(super) fn verdicts() -> Vec<CaseVerdict> {
    let both =
        |dtype, shape: &[usize]| different(array(dtype, shape, 7.0), array(dtype, shape, -3.0));
    let panicked = |message: String, own| {
        CaseVerdict::Failed(Failure::Panicked {
            message,
            place: Some(Location {
                file: "katas/a_kata/a_kata.rs".to_owned(),
                line: 12,
                column: 5,
                own,
            }),
        })
    };
    vec![
        both(Dtype::F32, &[4]),
        both(Dtype::F64, &[1000]),
        both(Dtype::F32, &[20, 30]),
        both(Dtype::F64, &[20, 30]),
        both(Dtype::F64, &[2, 2]),
        both(Dtype::F64, &[30, 1]),
        different(
            array(Dtype::F64, &[300], 7.0),
            array(Dtype::F64, &[30], 7.0),
        ),
        different(Value::Bytes(vec![1; 900]), Value::Bytes(vec![2; 900])),
        different(
            Value::Str("long ".repeat(300)),
            Value::Str("text\n".repeat(300)),
        ),
        panicked("left: [1.0, 2.0, 3.0] and more of it, ".repeat(90), true),
        panicked("a line\n".repeat(90), false),
        panicked("x".repeat(3000), true),
        CaseVerdict::Failed(Failure::OutOfTime {
            limit: Duration::from_secs(10),
        }),
    ]
}

fn grid(marked: bool) -> Grid {
    let bits = |at: usize| u64::from((at as f32 / 7.0).to_bits());
    Grid {
        title: "expected".to_owned(),
        dtype: Dtype::F32,
        rows: (0..6)
            .map(|row| (0..3).map(|at| bits(3 * row + at)).collect())
            .collect(),
        marked: if marked { vec![(0, 1), (5, 2)] } else { vec![] },
        of: (40, 40),
    }
}

pub(super) fn explanations() -> Vec<Vec<Explanation>> {
    let told = |sentences: usize, picture: Option<Picture>| Explanation {
        certainty: Certainty::ThisIs,
        subject: Subject::Pitfall("a_pitfall".to_owned()),
        what: "a known mistake".to_owned(),
        text: SENTENCE.repeat(sentences).trim().to_owned(),
        hint: Some(1),
        explains: vec![0],
        wrong: 3,
        picture,
    };
    let grids = Picture::Grids {
        left: grid(false),
        right: grid(true),
    };
    let line = |title: &str| Line {
        title: title.to_owned(),
        dtype: Dtype::F32,
        bits: vec![0x3eaa_aaab; 9],
        marked: vec![1],
    };
    let lines = Picture::Lines {
        lines: vec![line("expected"), line("got"), line("bias")],
        start: 3,
        of: 90,
    };
    vec![
        vec![],
        vec![told(1, None)],
        vec![told(3, Some(grids.clone())), told(2, None)],
        vec![told(20, Some(lines)), told(20, Some(grids))],
    ]
}

pub(super) fn cases(
    count: usize,
    name: &str,
    verdict: &CaseVerdict,
    printed: &str,
) -> Vec<CaseResult> {
    let waits = CaseVerdict::NotRun(NotRun::ShownCasesFirst);
    let stops = CaseVerdict::Failed(Failure::StackOverflow);
    let case = |at: usize| CaseResult {
        name: format!("{name} {at}"),
        number: at + 1,
        kind: if at < count {
            CaseKind::Shown
        } else {
            CaseKind::Hidden
        },
        note: None,
        verdict: match at {
            _ if at >= count => waits.clone(),
            _ if at % 3 == 2 => CaseVerdict::Passed,
            _ if at % 4 == 3 => stops.clone(),
            _ => verdict.clone(),
        },
        printed: printed.to_owned(),
    };
    (0..count + 2).map(case).collect()
}

pub(super) fn message(lines: usize) -> CompilerMessage {
    CompilerMessage {
        text: "something the compiler has much to say about".to_owned(),
        code: String::new(),
        line: 1,
        column: 1,
        rendered: "error: what the compiler says, on lines that may be wider than any screen that there is today\n".repeat(lines),
    }
}
