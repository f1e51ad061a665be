//! Mistakes that are proved: every form of every cause.

use super::super::run::Run;
use super::{A, Example, MATRIX, biased, both, each, flat, matrix, picked};
use crate::array::Dtype;

pub(in super::super) const CERTAIN: &[Example] = &[
    Example {
        about: "a newline too many",
        cause: "text",
        what: "the right text, with different whitespace around it",
        run: || Run::new("n").text("a.b", "a.b\n"),
        also: &[],
    },
    Example {
        about: "dots for slashes",
        cause: "text",
        what: "the right text, with different separators",
        run: || Run::new("n").text("layers/0/kernel", "layers.0.kernel"),
        also: &[],
    },
    Example {
        about: "a sum that starts at -0",
        cause: "zero_sign",
        what: "a zero with the wrong sign",
        run: || {
            Run::new("n")
                .case(&[0.0, 1.0], &[-0.0, 1.0])
                .right(&[2.0, 3.0])
        },
        also: &[],
    },
    Example {
        about: "the input given back",
        cause: "input_returned",
        what: "the input `x`, unchanged",
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
        what: "an output with `b` added in reverse order",
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
        what: "an output with `b` added `in` times",
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
        what: "the correct output, converted to bf16 along the way",
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
        what: "the correct output, converted to f16 along the way",
        run: || Run::new("n").case(&[1.0001, 2049.0, 70000.0], &[1.0, 2048.0, f64::INFINITY]),
        also: &[],
    },
    Example {
        about: "a cast to an integer",
        cause: "narrowed",
        what: "the correct output, converted to whole numbers along the way",
        run: || Run::new("n").case(&[1.75, -2.75, 3.5], &[1.0, -2.0, 3.0]),
        also: &[],
    },
    Example {
        about: "sizes in u32",
        cause: "narrowed",
        what: "the correct output, converted to u32 along the way",
        run: || {
            Run::new("n").dtype(Dtype::U64).case(
                &[5_000_000_000.0, 8_030_261_248.0, 7.0],
                &[705_032_704.0, 3_735_293_952.0, 7.0],
            )
        },
        also: &[],
    },
    Example {
        about: "a subtraction in the wrong order",
        cause: "sign",
        what: "the correct output with the opposite sign",
        run: || flat(|values| each(values, |value| -value)),
        also: &["scaled"],
    },
    Example {
        about: "absolute values",
        cause: "sign",
        what: "the correct output without its signs",
        run: || flat(|values| each(values, f64::abs)),
        also: &[],
    },
    Example {
        about: "a ReLU too many",
        cause: "sign",
        what: "the correct output with its negative values set to zero",
        run: || flat(|values| each(values, |value| value.max(0.0))),
        also: &[],
    },
    Example {
        about: "big-endian numbers",
        cause: "byte_order",
        what: "the correct output with the bytes of each number reversed",
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
        what: "the correct array with its axes in a different order",
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
        what: "the right sequence of values, split into rows at the wrong places",
        run: || matrix(|values| picked(values, &[0, 2, 4, 1, 3, 5])),
        also: &["permuted"],
    },
    Example {
        about: "a flipped output",
        cause: "reversed",
        what: "the correct output, reversed",
        run: || flat(|values| values.iter().rev().copied().collect()),
        also: &["permuted"],
    },
    Example {
        about: "columns flipped",
        cause: "reversed",
        what: "the correct output, reversed along axis 1 (`columns`)",
        run: || matrix(|values| picked(values, &[2, 1, 0, 5, 4, 3])),
        also: &["permuted"],
    },
    Example {
        about: "a roll by one",
        cause: "rolled",
        what: "the correct output, rolled by 1 place",
        run: || flat(|values| picked(values, &[5, 0, 1, 2, 3, 4])),
        also: &["permuted"],
    },
    Example {
        about: "rotate_half without its halves in order",
        cause: "rolled",
        what: "the correct output with its two halves swapped",
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
        what: "the correct output with two rows swapped",
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
        what: "the correct output with its values in a different order",
        run: || flat(|values| picked(values, &[3, 0, 1, 5, 2, 4])),
        also: &[],
    },
    Example {
        about: "a mean for a sum",
        cause: "scaled",
        what: "the correct output divided by a number equal to `n`",
        run: || flat(|values| each(values, |value| f64::from(value as f32 / 6.0))),
        also: &[],
    },
    Example {
        about: "the root of a length left out",
        cause: "scaled",
        what: "the correct output times √`n`",
        run: || flat(|values| each(values, |value| value * 6.0_f64.sqrt())),
        also: &[],
    },
    Example {
        about: "a constant factor",
        cause: "scaled",
        what: "the correct output times 0.3",
        run: || flat(|values| each(values, |value| value * 0.3)),
        also: &[],
    },
    Example {
        about: "positions from one",
        cause: "shifted",
        what: "the correct output plus 1",
        run: || flat(|values| each(values, |value| value + 1.0)),
        also: &[],
    },
    Example {
        about: "indices from one",
        cause: "shifted",
        what: "the correct output minus 2",
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
        what: "an output that did not change with `seed`",
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
        what: "an output with the last sum missing",
        run: || Run::new("n").case(&[3.0, 7.5], &[1.0, 2.0, 3.5, 4.0]),
        also: &[],
    },
    Example {
        about: "an element twice, another not at all",
        cause: "displaced",
        what: "an output that uses elements of `w` in the wrong places",
        run: || {
            Run::new("n")
                .full(&[], &[("w", &A)], &A, &picked(&A, &[5, 1, 2, 3, 0, 0]))
                .traced(&[0, 1, 2, 3, 4, 5], &[5, 1, 2, 3, 0, 0])
        },
        also: &[],
    },
];
