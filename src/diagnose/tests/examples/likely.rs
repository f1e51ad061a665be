//! Mistakes that only look like their cause: a case has no output, there is too little evidence, or the mistake
//! cannot be undone.

use super::super::run::Run;
use super::{A, B, Example, MATRIX, both, each, flat, matrix, picked};
use crate::array::Dtype;

pub(in super::super) const LIKELY: &[Example] = &[
    Example {
        about: "a newline too many in the only text",
        cause: "text",
        what: "the right text, with different whitespace around it",
        run: || Run::new("n").text("a.b", "a.b\n").failed(&[2.0]),
        also: &[],
    },
    Example {
        about: "a zero's sign, and no output in another case",
        cause: "zero_sign",
        what: "a zero with the wrong sign",
        run: || {
            Run::new("n")
                .case(&[0.0, 1.0], &[-0.0, 1.0])
                .failed(&[2.0, 3.0])
        },
        also: &[],
    },
    Example {
        about: "the input given back, and no output in another case",
        cause: "input_returned",
        what: "the input `x`, unchanged",
        run: || {
            Run::new("n").failed(&[1.0, 2.0]).full(
                &[],
                &[("x", &[7.0, 8.5])],
                &[1.0, 2.0],
                &[7.0, 8.5],
            )
        },
        also: &[],
    },
    Example {
        about: "the bias left out, and no output in another case",
        cause: "bias",
        what: "an output to which `b` was never added",
        run: || {
            Run::new("n").failed(&[4.0, 7.0]).full(
                &[],
                &[("b", &[1.0, 2.0])],
                &[4.0, 7.0],
                &[3.0, 5.0],
            )
        },
        also: &[],
    },
    Example {
        about: "bf16, and no output in another case",
        cause: "narrowed",
        what: "the correct output, converted to bf16 along the way",
        run: || {
            Run::new("n")
                .case(&[1.001, 2.003, -3.007], &[1.0, 2.0, -3.0])
                .failed(&[1.001])
        },
        also: &[],
    },
    Example {
        about: "a different sign, and no output in another case",
        cause: "sign",
        what: "the correct output with the opposite sign",
        run: || {
            Run::new("n")
                .case(&[1.0, 2.0], &[-1.0, -2.0])
                .failed(&[1.0, 2.0])
        },
        also: &[],
    },
    Example {
        about: "big-endian, and no output in another case",
        cause: "byte_order",
        what: "the correct output with the bytes of each number reversed",
        run: || {
            Run::new("n")
                .dtype(Dtype::U16)
                .case(&[1.0, 515.0, 4.0], &[256.0, 770.0, 1024.0])
                .failed(&[1.0])
        },
        also: &[],
    },
    Example {
        about: "transposed, and no output in another case",
        cause: "transposed",
        what: "the right matrix, transposed",
        run: || matrix(|values| picked(values, &[0, 3, 1, 4, 2, 5])).failed(&A),
        also: &[],
    },
    Example {
        about: "Fortran order, and no output in another case",
        cause: "reshaped",
        what: "the right sequence of values, split into rows at the wrong places",
        run: || matrix(|values| picked(values, &[0, 2, 4, 1, 3, 5])).failed(&A),
        also: &[],
    },
    Example {
        about: "two values swapped",
        cause: "reversed",
        what: "the correct output, reversed",
        run: || Run::new("n").case(&[7.0, 5.0], &[5.0, 7.0]),
        also: &[],
    },
    Example {
        about: "rolled, and no output in another case",
        cause: "rolled",
        what: "the correct output, rolled by 1 place",
        run: || {
            Run::new("n")
                .case(&A, &picked(&A, &[5, 0, 1, 2, 3, 4]))
                .failed(&B)
        },
        also: &[],
    },
    Example {
        about: "a different order in every case",
        cause: "permuted",
        what: "the correct output with its values in a different order",
        run: || {
            Run::new("n")
                .case(&A, &picked(&A, &[3, 0, 1, 5, 2, 4]))
                .case(&B, &picked(&B, &[0, 4, 1, 3, 5, 2]))
        },
        also: &[],
    },
    Example {
        about: "a factor, and no output in another case",
        cause: "scaled",
        what: "the correct output times 0.3",
        run: || {
            Run::new("n")
                .case(&A, &each(&A, |value| value * 0.3))
                .failed(&B)
        },
        also: &[],
    },
    Example {
        about: "a shift, and no output in another case",
        cause: "shifted",
        what: "the correct output plus 1",
        run: || {
            Run::new("n")
                .case(&A, &each(&A, |value| value + 1.0))
                .failed(&B)
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
        what: "an output with some elements never written",
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
        about: "numbers learned by heart",
        cause: "constant",
        what: "an output that does not depend on the inputs",
        run: || flat(|_| vec![3.5, 1.25, 9.0, 2.0, 7.0, 5.5]),
        also: &[],
    },
    Example {
        about: "one row for all",
        cause: "broadcast",
        what: "an output whose values were merely repeated along axis 0 (`rows`)",
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
        what: "the beginning of the correct output",
        run: || Run::new("n").case(&A, &A[..3]),
        also: &[],
    },
    Example {
        about: "a value for each input",
        cause: "count",
        what: "an output with `in` values",
        run: || Run::new("n").shaped(&[("n", 2), ("in", 3)], &[1.0, 2.5], &[7.0, 8.0, 9.5]),
        also: &[],
    },
    Example {
        about: "the next floats",
        cause: "rounding",
        what: "the right computation, rounded differently",
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
    Example {
        about: "an element twice, and a case without an output",
        cause: "displaced",
        what: "an output that uses elements of `w` in the wrong places",
        run: || {
            Run::new("n")
                .failed(&B)
                .full(&[], &[("w", &A)], &A, &picked(&A, &[5, 1, 2, 3, 0, 0]))
                .traced(&[0, 1, 2, 3, 4, 5], &[5, 1, 2, 3, 0, 0])
        },
        also: &[],
    },
];
