//! The time to explain a wrong output of 100,000 elements, for outputs that are searched in different ways.
//!
//!     cargo bench --bench diagnose
//!
//! Prints the best and the median time in milliseconds, the shape, the mistake and the explanation. The goal is less
//! than 5 ms.

use std::io::Write;
use std::time::Instant;

use katas::array::{Array, Dtype, Value};
use katas::compare::{Rule, Zeros};
use katas::diagnose::{CaseEvidence, CaseOutput, Evidence, diagnose};
use katas::spec::{Difficulty, Expr, Param, Spec, Type};

const SHAPES: &[&[usize]] = &[&[100_000], &[250, 400], &[20, 10, 20, 25]];
const ROUNDS: usize = 21;

type Mistake = fn(&[f32], &[usize]) -> Vec<f32>;

const MISTAKES: &[(&str, Mistake)] = &[
    ("random numbers", |right, _| random(right.len(), 99)),
    ("one number wrong, the last", |right, _| {
        let mut got = right.to_vec();
        *got.last_mut().expect("there are elements") = 77.0;
        got
    }),
    ("all zeros", |right, _| vec![0.0; right.len()]),
    ("transposed", |right, shape| {
        let (rows, columns) = (shape[0], right.len() / shape[0]);
        (0..right.len())
            .map(|index| right[index % rows * columns + index / rows])
            .collect()
    }),
    ("shuffled", |right, _| {
        let mut got = right.to_vec();
        let keys = random(right.len(), 7);
        let mut order: Vec<usize> = (0..right.len()).collect();
        order.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]));
        for (at, place) in order.iter().enumerate() {
            got[at] = right[*place];
        }
        got
    }),
    ("bias left out", |right, shape| {
        let columns = shape[shape.len() - 1];
        let bias = random(columns, 5);
        right
            .iter()
            .enumerate()
            .map(|(index, value)| value - bias[index % columns])
            .collect()
    }),
    ("the next float", |right, _| {
        right.iter().map(|value| value.next_up()).collect()
    }),
    ("times 0.3", |right, _| {
        right.iter().map(|value| value * 0.3).collect()
    }),
    ("rounded to whole numbers", |right, _| {
        right.iter().map(|value| value.trunc()).collect()
    }),
];

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for shape in SHAPES {
        let count = shape.iter().product();
        for (outputs, right) in [("random", random(count, 1)), ("few values", few(count))] {
            for (name, mistake) in MISTAKES {
                let got = mistake(&right, shape);
                if got == right {
                    continue;
                }
                let (said, mut times) = measure(shape, &right, &got);
                times.sort_by(f64::total_cmp);
                writeln!(
                    out,
                    "{:>5.2} {:>5.2}  {shape:?} {outputs}, {name}: {said}",
                    times[0],
                    times[times.len() / 2]
                )?;
            }
        }
    }
    Ok(())
}

fn measure(shape: &[usize], right: &[f32], got: &[f32]) -> (String, Vec<f64>) {
    let names: Vec<String> = (0..shape.len()).map(|axis| format!("n{axis}")).collect();
    let spec = spec(&names);
    let dims: Vec<(String, usize)> = names.into_iter().zip(shape.iter().copied()).collect();
    let columns = shape[shape.len() - 1];
    let given = [value(&[columns], &random(columns, 5))];
    let (right, got) = (value(shape, right), value(shape, got));
    let evidence = Evidence {
        spec: &spec,
        cases: vec![CaseEvidence {
            shown: true,
            dims: &dims,
            given: &given,
            expected: Some(&right),
            outcome: CaseOutput::Value(&got),
            fingerprint: None,
        }],
        known: Vec::new(),
        ignored_inputs: Vec::new(),
        traced: Vec::new(),
        refuted: Vec::new(),
    };
    let mut said = String::new();
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let told = diagnose(&evidence);
        let took = start.elapsed().as_secs_f64() * 1000.0;
        said = told
            .first()
            .map_or("nothing".to_owned(), |told| told.lead());
        took
    });
    let times = times.collect();
    (said, times)
}

fn spec(names: &[String]) -> Spec {
    let array = |names: &[String]| Type::Array {
        dtype: Dtype::F32,
        dims: names.iter().map(|name| Expr::Name(name.clone())).collect(),
        open: false,
    };
    Spec {
        title: String::new(),
        difficulty: Difficulty::Easy,
        points: 1,
        tags: Vec::new(),
        function: "f".to_owned(),
        params: vec![Param {
            name: "bias".to_owned(),
            ty: array(&names[names.len() - 1..]),
        }],
        returns: array(names),
        rule: Rule::Bits,
        zeros: Zeros::Distinct,
        uses: Vec::new(),
        parts: Vec::new(),
        without: Vec::new(),
        draws: None,
        limits: katas::spec::KataLimits::default(),
        cases: Vec::new(),
        narrow: None,
        takeaway: None,
        pitfalls: Vec::new(),
    }
}

fn value(shape: &[usize], numbers: &[f32]) -> Value {
    let bits: Vec<u64> = numbers
        .iter()
        .map(|number| number.to_bits().into())
        .collect();
    let array = Array::from_bits(Dtype::F32, shape.to_vec(), &bits);
    Value::Array(array.expect("as many numbers as the shape has"))
}

/// Numbers between −8 and 8 from a small generator, so that every run measures the same.
fn random(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..count)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1 << 20) as f32 - 8.0
        })
        .collect()
}

/// Zeros, except for every thousandth element.
fn few(count: usize) -> Vec<f32> {
    let mut numbers = random(count, 3);
    for (index, number) in numbers.iter_mut().enumerate() {
        if index % 1000 != 17 {
            *number = 0.0;
        }
    }
    numbers
}
