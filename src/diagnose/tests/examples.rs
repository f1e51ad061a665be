//! One mistake for each way of each cause: first those that are proved, then those that only look like it.

use super::run::Run;
use crate::array::Dtype;

/// Holds a mistake and the cause that must be named first.
pub(super) struct Example {
    pub(super) about: &'static str,
    pub(super) cause: &'static str,
    pub(super) what: &'static str,
    pub(super) run: fn() -> Run,
    /// Other causes that are true of it too, less specific ones.
    pub(super) also: &'static [&'static str],
}

/// Six values with nothing special about them, and as many of another case.
const A: [f64; 6] = [1.0, -2.5, 3.25, 4.0, -5.75, 6.0];
const B: [f64; 6] = [0.5, 9.0, -7.25, 2.0, 8.5, -3.0];

const MATRIX: [(&str, usize); 2] = [("rows", 2), ("columns", 3)];

fn each(values: &[f64], change: impl Fn(f64) -> f64) -> Vec<f64> {
    values.iter().map(|value| change(*value)).collect()
}

fn picked(values: &[f64], places: &[usize]) -> Vec<f64> {
    places.iter().map(|place| values[*place]).collect()
}

/// Both outputs changed in the same way.
fn both(returns: &str, dims: &[(&str, usize)], change: impl Fn(&[f64]) -> Vec<f64>) -> Run {
    Run::new(returns)
        .shaped(dims, &A, &change(&A))
        .shaped(dims, &B, &change(&B))
}

fn flat(change: impl Fn(&[f64]) -> Vec<f64>) -> Run {
    both("n", &[("n", 6)], change)
}

fn matrix(change: impl Fn(&[f64]) -> Vec<f64>) -> Run {
    both("rows, columns", &MATRIX, change)
}

/// An output of a bias of three, in two rows, where the right one is `A` and the bias was treated as `change` says.
fn biased(change: impl Fn(usize, &[f64]) -> f64) -> Run {
    let bias = [0.5, -1.0, 4.0];
    let changed = |values: &[f64]| -> Vec<f64> {
        values
            .iter()
            .enumerate()
            .map(|(index, value)| value + change(index, &bias))
            .collect()
    };
    Run::new("rows, columns")
        .full(&MATRIX, &[("b", &bias)], &A, &changed(&A))
        .full(&MATRIX, &[("b", &bias)], &B, &changed(&B))
}

pub(super) const CERTAIN: &[Example] = &[
    Example {
        about: "a newline too many",
        cause: "text",
        what: "the right text with other spaces or line ends around it",
        run: || Run::new("n").text("a.b", "a.b\n"),
        also: &[],
    },
    Example {
        about: "dots for slashes",
        cause: "text",
        what: "the right text with other separators",
        run: || Run::new("n").text("layers/0/kernel", "layers.0.kernel"),
        also: &[],
    },
    Example {
        about: "a sum that starts at -0",
        cause: "zero_sign",
        what: "a zero of the other sign",
        run: || {
            Run::new("n")
                .case(&[0.0, 1.0], &[-0.0, 1.0])
                .right(&[2.0, 3.0])
        },
        also: &["sign", "confined", "rounding"],
    },
    Example {
        about: "the input given back",
        cause: "input_returned",
        what: "`x` itself, as it came in",
        run: || {
            Run::new("n").full(
                &[],
                &[("x", &[7.0, 8.0, 8.5])],
                &[1.0, 2.0, 4.5],
                &[7.0, 8.0, 8.5],
            )
        },
        also: &[],
    },
    Example {
        about: "the bias left out",
        cause: "bias",
        what: "an output to which `b` was never added",
        run: || biased(|index, bias| -bias[index % 3]),
        also: &[],
    },
    Example {
        about: "the bias twice",
        cause: "bias",
        what: "an output to which `b` was added twice",
        run: || biased(|index, bias| bias[index % 3]),
        also: &[],
    },
    Example {
        about: "the bias subtracted",
        cause: "bias",
        what: "an output from which `b` was subtracted",
        run: || biased(|index, bias| -2.0 * bias[index % 3]),
        also: &[],
    },
    Example {
        about: "the bias backwards",
        cause: "bias",
        what: "an output with `b` added backwards",
        run: || biased(|index, bias| bias[2 - index % 3] - bias[index % 3]),
        also: &[],
    },
    Example {
        about: "the bias down the rows",
        cause: "bias",
        what: "an output with `b` added along the wrong axis",
        run: || {
            let bias = [0.5, -1.0];
            let got = [
                1.5 - 0.5,
                -2.5 + 0.5 + 1.0,
                3.25 - 1.0 - 0.5,
                4.0 - 1.0 + 1.0,
            ];
            Run::new("n, n").full(&[("n", 2)], &[("b", &bias)], &[1.0, -2.5, 3.25, 4.0], &{
                let mut got = got;
                got[0] = 1.0;
                got[1] = -2.5 + 0.5 + 1.0;
                got[2] = 3.25 - 1.0 - 0.5;
                got[3] = 4.0;
                got
            })
        },
        also: &[],
    },
    Example {
        about: "the bias inside the sum over four inputs",
        cause: "bias",
        what: "an output with `b` added once for every input",
        run: || {
            let bias = [0.5, -1.0];
            let expected = [3.0, -7.5];
            Run::new("features").full(
                &[("in", 4), ("features", 2)],
                &[("b", &bias)],
                &expected,
                &[3.0 + 1.5, -7.5 - 3.0],
            )
        },
        also: &[],
    },
    Example {
        about: "a cast to bf16",
        cause: "narrowed",
        what: "the right output, gone through bf16",
        run: || {
            Run::new("n")
                .case(&[1.001, 2.003, -3.007], &[1.0, 2.0, -3.0])
                .right(&[4.0, 0.5])
        },
        also: &[],
    },
    Example {
        about: "a cast to f16",
        cause: "narrowed",
        what: "the right output, gone through f16",
        run: || Run::new("n").case(&[1.0001, 2049.0, 70000.0], &[1.0, 2048.0, f64::INFINITY]),
        also: &[],
    },
    Example {
        about: "a cast to an integer",
        cause: "narrowed",
        what: "the right output, gone through a whole number",
        run: || Run::new("n").case(&[1.75, -2.75, 3.5], &[1.0, -2.0, 3.0]),
        also: &[],
    },
    Example {
        about: "sizes in u32",
        cause: "narrowed",
        what: "the right output, gone through u32",
        run: || {
            Run::new("n").dtype(Dtype::U64).case(
                &[5_000_000_000.0, 8_030_261_248.0, 7.0],
                &[705_032_704.0, 3_735_293_952.0, 7.0],
            )
        },
        also: &[],
    },
    Example {
        about: "a difference the wrong way round",
        cause: "sign",
        what: "the right output with the other sign",
        run: || flat(|values| each(values, |value| -value)),
        also: &["scaled"],
    },
    Example {
        about: "absolute values",
        cause: "sign",
        what: "the right output without its signs",
        run: || flat(|values| each(values, f64::abs)),
        also: &[],
    },
    Example {
        about: "a ReLU too many",
        cause: "sign",
        what: "the right output with its negative values set to zero",
        run: || flat(|values| each(values, |value| value.max(0.0))),
        also: &[],
    },
    Example {
        about: "big-endian numbers",
        cause: "byte_order",
        what: "the right output with the bytes of each number reversed",
        run: || {
            Run::new("n")
                .dtype(Dtype::U16)
                .case(&[1.0, 515.0, 4.0], &[256.0, 770.0, 1024.0])
        },
        also: &[],
    },
    Example {
        about: "a matrix not transposed",
        cause: "transposed",
        what: "the right matrix, transposed",
        run: || matrix(|values| picked(values, &[0, 3, 1, 4, 2, 5])),
        also: &["permuted"],
    },
    Example {
        about: "heads before tokens",
        cause: "transposed",
        what: "the right array with its axes in another order",
        run: || {
            both(
                "seq, heads, dim",
                &[("seq", 3), ("heads", 2), ("dim", 1)],
                |values| picked(values, &[0, 2, 4, 1, 3, 5]),
            )
        },
        also: &["permuted", "reshaped"],
    },
    Example {
        about: "a flat matrix, not transposed",
        cause: "transposed",
        what: "the right matrix, transposed",
        run: || {
            both("rows * columns", &MATRIX, |values| {
                picked(values, &[0, 3, 1, 4, 2, 5])
            })
        },
        also: &["permuted"],
    },
    Example {
        about: "Fortran order",
        cause: "reshaped",
        what: "the right run of values, cut into rows at the wrong places",
        run: || matrix(|values| picked(values, &[0, 2, 4, 1, 3, 5])),
        also: &["permuted"],
    },
    Example {
        about: "a flipped output",
        cause: "reversed",
        what: "the right output, reversed",
        run: || flat(|values| values.iter().rev().copied().collect()),
        also: &["permuted"],
    },
    Example {
        about: "columns flipped",
        cause: "reversed",
        what: "the right output, reversed along axis 1 (`columns`)",
        run: || matrix(|values| picked(values, &[2, 1, 0, 5, 4, 3])),
        also: &["permuted"],
    },
    Example {
        about: "a roll by one",
        cause: "rolled",
        what: "the right output, rolled by 1 place",
        run: || flat(|values| picked(values, &[5, 0, 1, 2, 3, 4])),
        also: &["permuted"],
    },
    Example {
        about: "rotate_half without its halves in order",
        cause: "rolled",
        what: "the right output with its two halves exchanged",
        run: || {
            let values: Vec<f64> = (0..24).map(|value| f64::from(value) * 1.5).collect();
            let halves = [&values[12..], &values[..12]].concat();
            Run::new("n").case(&values, &halves)
        },
        also: &["permuted"],
    },
    Example {
        about: "k before q",
        cause: "permuted",
        what: "the right output with two rows exchanged",
        run: || {
            both("rows, columns", &[("rows", 3), ("columns", 2)], |values| {
                picked(values, &[2, 3, 0, 1, 4, 5])
            })
        },
        also: &[],
    },
    Example {
        about: "values shuffled",
        cause: "permuted",
        what: "the right output with its values in another order",
        run: || flat(|values| picked(values, &[3, 0, 1, 5, 2, 4])),
        also: &[],
    },
    Example {
        about: "a mean for a sum",
        cause: "scaled",
        what: "the right output divided by `n`",
        run: || flat(|values| each(values, |value| f64::from(value as f32 / 6.0))),
        also: &[],
    },
    Example {
        about: "the root of a length left out",
        cause: "scaled",
        what: "the right output times √`n`",
        run: || flat(|values| each(values, |value| value * 6.0_f64.sqrt())),
        also: &[],
    },
    Example {
        about: "a constant factor",
        cause: "scaled",
        what: "the right output times 0.3",
        run: || flat(|values| each(values, |value| value * 0.3)),
        also: &[],
    },
    Example {
        about: "positions from one",
        cause: "shifted",
        what: "the right output plus 1",
        run: || flat(|values| each(values, |value| value + 1.0)),
        also: &[],
    },
    Example {
        about: "indices from one",
        cause: "shifted",
        what: "the right output minus 2",
        run: || {
            Run::new("n")
                .dtype(Dtype::I32)
                .case(&[4.0, 9.0, 5.0], &[2.0, 7.0, 3.0])
        },
        also: &[],
    },
    Example {
        about: "an input without effect",
        cause: "input_ignored",
        what: "an answer that ignores `seed`",
        run: || {
            Run::new("n")
                .case(&[3.0, 1.0, 4.0], &[2.5, 7.25, -1.75])
                .ignoring("seed")
        },
        also: &[],
    },
    Example {
        about: "an outer product",
        cause: "count",
        what: "an output whose last sum is missing",
        run: || Run::new("n").case(&[3.0, 7.5], &[1.0, 2.0, 3.5, 4.0]),
        also: &[],
    },
];

pub(super) const LIKELY: &[Example] = &[
    Example {
        about: "a newline too many in one of two",
        cause: "text",
        what: "the right text with other spaces or line ends around it",
        run: || Run::new("n").text("a.b", "a.b\n").text("c", "d"),
        also: &[],
    },
    Example {
        about: "a zero's sign in one of two cases",
        cause: "zero_sign",
        what: "a zero of the other sign",
        run: || {
            Run::new("n")
                .case(&[0.0, 1.0], &[-0.0, 1.0])
                .case(&[2.0, 3.0], &[9.5, 7.0])
        },
        also: &[],
    },
    Example {
        about: "the input given back in one of two cases",
        cause: "input_returned",
        what: "`x` itself, as it came in",
        run: || {
            Run::new("n")
                .full(&[], &[("x", &[7.0, 8.0])], &[1.0, 2.0], &[7.0, 8.0])
                .full(&[], &[("x", &[7.0, 8.0])], &[1.0, 2.0], &[7.0, 3.5])
        },
        also: &[],
    },
    Example {
        about: "the bias left out, and something else in another case",
        cause: "bias",
        what: "an output to which `b` was never added",
        run: || {
            Run::new("n")
                .full(&[], &[("b", &[1.0, 2.0])], &[4.0, 7.0], &[3.0, 5.0])
                .full(&[], &[("b", &[1.0, 2.0])], &[4.0, 7.0], &[0.25, 9.0])
        },
        also: &[],
    },
    Example {
        about: "bf16 in one of two cases",
        cause: "narrowed",
        what: "the right output, gone through bf16",
        run: || {
            Run::new("n")
                .case(&[1.001, 2.003, -3.007], &[1.0, 2.0, -3.0])
                .case(&[1.001, 2.003, -3.007], &[9.0, -2.5, 0.75])
        },
        also: &[],
    },
    Example {
        about: "one sign of two cases",
        cause: "sign",
        what: "the right output with the other sign",
        run: || {
            Run::new("n")
                .case(&[1.0, 2.0], &[-1.0, -2.0])
                .case(&[1.0, 2.0], &[9.0, -2.5])
        },
        also: &[],
    },
    Example {
        about: "big-endian in one of two cases",
        cause: "byte_order",
        what: "the right output with the bytes of each number reversed",
        run: || {
            Run::new("n")
                .dtype(Dtype::U16)
                .case(&[1.0, 515.0, 4.0], &[256.0, 770.0, 1024.0])
                .case(&[1.0, 515.0, 4.0], &[77.0, 12.0, 999.0])
        },
        also: &[],
    },
    Example {
        about: "transposed, but not in a case of other numbers",
        cause: "transposed",
        what: "the right matrix, transposed",
        run: || {
            matrix(|values| picked(values, &[0, 3, 1, 4, 2, 5])).shaped(
                &MATRIX,
                &A,
                &each(&A, |value| value * value + 0.125),
            )
        },
        also: &[],
    },
    Example {
        about: "Fortran order, but not in a case of other numbers",
        cause: "reshaped",
        what: "the right run of values, cut into rows at the wrong places",
        run: || {
            matrix(|values| picked(values, &[0, 2, 4, 1, 3, 5])).shaped(
                &MATRIX,
                &A,
                &each(&A, |value| value * value + 0.125),
            )
        },
        also: &[],
    },
    Example {
        about: "two values exchanged",
        cause: "reversed",
        what: "the right output, reversed",
        run: || Run::new("n").case(&[7.0, 5.0], &[5.0, 7.0]),
        also: &[],
    },
    Example {
        about: "rolled in one of two cases",
        cause: "rolled",
        what: "the right output, rolled by 1 place",
        run: || {
            Run::new("n")
                .case(&A, &picked(&A, &[5, 0, 1, 2, 3, 4]))
                .case(&B, &each(&B, |value| value * value + 0.125))
        },
        also: &[],
    },
    Example {
        about: "another order in every case",
        cause: "permuted",
        what: "the right output with its values in another order",
        run: || {
            Run::new("n")
                .case(&A, &picked(&A, &[3, 0, 1, 5, 2, 4]))
                .case(&B, &picked(&B, &[0, 4, 1, 3, 5, 2]))
        },
        also: &[],
    },
    Example {
        about: "a factor in one of two cases",
        cause: "scaled",
        what: "the right output times 0.3",
        run: || {
            Run::new("n")
                .case(&A, &each(&A, |value| value * 0.3))
                .case(&B, &each(&B, |value| value * value + 0.125))
        },
        also: &[],
    },
    Example {
        about: "a shift in one of two cases",
        cause: "shifted",
        what: "the right output plus 1",
        run: || {
            Run::new("n")
                .case(&A, &each(&A, |value| value + 1.0))
                .case(&B, &each(&B, |value| value * value + 0.125))
        },
        also: &[],
    },
    Example {
        about: "an overflow that became a NaN",
        cause: "not_finite",
        what: "a NaN that spread; the first is at [1]",
        run: || Run::new("n").case(&[1.0, 2.0, 3.0], &[1.0, f64::NAN, f64::INFINITY]),
        also: &[],
    },
    Example {
        about: "nothing written",
        cause: "zeros",
        what: "an output that was never written",
        run: || flat(|values| vec![0.0; values.len()]),
        also: &[],
    },
    Example {
        about: "the middle not written",
        cause: "zeros",
        what: "an output with places that were never written",
        run: || Run::new("n").case(&A, &[1.0, 0.0, 0.0, 4.0, -5.75, 6.0]),
        also: &[],
    },
    Example {
        about: "one number everywhere",
        cause: "constant",
        what: "one value, repeated",
        run: || flat(|values| vec![values[3] + 0.75; values.len()]),
        also: &[],
    },
    Example {
        about: "numbers learnt by heart",
        cause: "constant",
        what: "an output that does not depend on the inputs",
        run: || flat(|_| vec![3.5, 1.25, 9.0, 2.0, 7.0, 5.5]),
        also: &[],
    },
    Example {
        about: "one row for all",
        cause: "broadcast",
        what: "a shape that was only broadcast along axis 0 (`rows`)",
        run: || matrix(|values| picked(values, &[0, 1, 2, 0, 1, 2])),
        also: &[],
    },
    Example {
        about: "a softmax down the columns",
        cause: "other_axis",
        what: "a softmax over the wrong axis",
        run: || {
            Run::new("rows, columns").shaped(
                &MATRIX,
                &[0.5, 0.25, 0.25, 0.125, 0.375, 0.5],
                &[0.75, 0.5, 0.375, 0.25, 0.5, 0.625],
            )
        },
        also: &[],
    },
    Example {
        about: "a loop that starts one late",
        cause: "off_by_one",
        what: "an output that is off by one",
        run: || flat(|values| [&[17.0], &values[..5]].concat()),
        also: &[],
    },
    Example {
        about: "half the output",
        cause: "count",
        what: "the beginning of the right output",
        run: || Run::new("n").case(&A, &A[..3]),
        also: &[],
    },
    Example {
        about: "a value for each input",
        cause: "count",
        what: "an output with one value for each of `in`",
        run: || Run::new("n").shaped(&[("n", 2), ("in", 3)], &[1.0, 2.5], &[7.0, 8.0, 9.5]),
        also: &[],
    },
    Example {
        about: "the next floats",
        cause: "rounding",
        what: "the right computation, rounded in another way",
        run: || {
            flat(|values| {
                each(values, |value| {
                    f64::from(f32::from_bits((value as f32).to_bits() + 1))
                })
            })
        },
        also: &[],
    },
    Example {
        about: "the last row",
        cause: "confined",
        what: "a mistake in the last row only",
        run: || {
            let dims = [("rows", 3), ("columns", 2)];
            both("rows, columns", &dims, |values| {
                let mut got = values.to_vec();
                got[4] = 77.5;
                got[5] = -31.25;
                got
            })
        },
        also: &[],
    },
];
