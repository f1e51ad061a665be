//! Draws values on demand, for `scripts/nnx_against_flax` to compare with real Flax's.
//!
//! One order on each line of stdin, one line of stdout for each array: its bits, eight hex digits a value, row-major.
//! - `linear default=0,params=7 3x4 5x6-`: layers from one `Rngs`, `-` for one without a bias; the kernel and the bias of each.
//! - `embed default=0 5x3 <ids> <query>`: a table from a new `Rngs`, its rows for the ids (decimal, with commas), and its
//!   products with the query.
//! - `forward 3 4 <x> <kernel> <bias or ->`: `nnx.Linear`'s outputs, then `linen.Dense`'s.
//! - `sum <values>`: the sum of a vector.
//! - `layer RMSNorm default=0 num_features=4,epsilon=1e-5 <inputs> <leaves>`: any other layer; see `layers`.
//!
//! Anything else ends it with an error.

mod layers;

use std::error::Error;
use std::io::{BufWriter, Write, stdin, stdout};

use ndarray::{Array1, Array2, ArrayD, arr0};
use nnx::{Embed, Linear, PureDict, Rngs, linen};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        for array in obey(&words).map_err(|error| format!("{line:.80}: {error}"))? {
            for value in array {
                write!(out, "{:08x}", value.to_bits())?;
            }
            writeln!(out)?;
        }
    }
    Ok(out.flush()?)
}

fn obey(words: &[&str]) -> Outcome<Vec<ArrayD<f32>>> {
    match words {
        ["linear", streams, layers @ ..] => linear(streams, layers),
        ["embed", streams, shape, ids, query] => embed(streams, shape, ids, query),
        ["forward", n, f, x, kernel, bias] => forward(n.parse()?, f.parse()?, x, kernel, bias),
        ["sum", values] => Ok(vec![arr0(nnx::sum(&floats(values)?)).into_dyn()]),
        ["layer", name, streams, options, inputs, leaves] => {
            layers::layer(name, &mut rngs(streams)?, options, inputs, leaves)
        }
        _ => Err("no such order".into()),
    }
}

fn linear(streams: &str, layers: &[&str]) -> Outcome<Vec<ArrayD<f32>>> {
    let mut rngs = rngs(streams)?;
    let mut arrays = Vec::new();
    for layer in layers {
        let (n, f) = shape(layer.trim_end_matches('-'))?;
        let make = if layer.ends_with('-') {
            Linear::without_bias
        } else {
            Linear::new
        };
        let model = make(n, f, &mut rngs);
        arrays.push(model.kernel.value());
        arrays.extend(model.bias.as_option().map(|bias| bias.value()));
    }
    Ok(arrays)
}

fn embed(streams: &str, size: &str, ids: &str, query: &str) -> Outcome<Vec<ArrayD<f32>>> {
    let (rows, features) = shape(size)?;
    let model = Embed::new(rows, features, &mut rngs(streams)?);
    let ids: Array1<i32> = ids.split(',').map(str::parse).collect::<Result<_, _>>()?;
    Ok(vec![
        model.embedding.value(),
        model.try_call(&ids)?.into_dyn(),
        model.try_attend(&floats(query)?)?.into_dyn(),
    ])
}

fn rngs(streams: &str) -> Outcome<Rngs> {
    let mut seeds: Vec<(&str, i64)> = Vec::new();
    for stream in streams.split(',') {
        let (name, seed) = stream.split_once('=').ok_or("a stream is name=seed")?;
        seeds.push((name, seed.parse()?));
    }
    Ok(Rngs::from_streams(seeds))
}

fn shape(text: &str) -> Outcome<(usize, usize)> {
    let (n, f) = text.split_once('x').ok_or("a shape is 3x4")?;
    Ok((n.parse()?, f.parse()?))
}

fn forward(n: usize, f: usize, x: &str, kernel: &str, bias: &str) -> Outcome<Vec<ArrayD<f32>>> {
    let x = floats(x)?;
    let kernel = Array2::from_shape_vec((n, f), floats(kernel)?.to_vec())
        .map_err(|error| error.to_string())?;
    let bias = if bias == "-" {
        None
    } else {
        Some(floats(bias)?)
    };
    let make = if bias.is_some() {
        Linear::new
    } else {
        Linear::without_bias
    };
    let model = nnx::eval_shape(|| make(n, f, &mut Rngs::new(0)));
    model.kernel.set_value(kernel.view());
    let mut params = PureDict::new().with("kernel", kernel);
    let mut dense = linen::Dense::without_bias(f);
    if let Some(bias) = bias {
        model.bias.set_value(bias.view());
        params.insert("bias", bias);
        dense = linen::Dense::new(f);
    }
    let variables = PureDict::from([("params", params)]);
    Ok(vec![
        model.try_call(&x)?.into_dyn(),
        dense.try_apply(&variables, &x)?.into_dyn(),
    ])
}

fn floats(hex: &str) -> Outcome<Array1<f32>> {
    let words = hex.as_bytes().chunks(8).map(|digits| {
        let bits = u32::from_str_radix(std::str::from_utf8(digits)?, 16)?;
        Ok(f32::from_bits(bits))
    });
    words.collect()
}
