//! The order `layer`: creates a layer, and calls it with given variables.
//!
//! Inputs and variables are arrays such as `2x3:<hex>`, with `;` between them; `-` is none. The answer is the initial variables
//! in the order of their paths, then the output for the given ones, then the variables after the call.

use std::collections::HashMap;
use std::str::FromStr;

use ndarray::ArrayD;
use nnx::{
    BatchNorm, Conv, LayerNorm, LinearGeneral, Module, MultiHeadAttention, Padding, RMSNorm, Rngs,
    Tensor,
};

use crate::{Outcome, floats};

pub(crate) fn layer(
    name: &str,
    rngs: &mut Rngs,
    options: &str,
    inputs: &str,
    leaves: &str,
) -> Outcome<Vec<ArrayD<f32>>> {
    let options = Options::read(options)?;
    let (inputs, leaves) = (arrays(inputs)?, arrays(leaves)?);
    let x = inputs.first().ok_or("a layer has an input")?;
    match name {
        "RMSNorm" => {
            let features = options.get("num_features")?;
            let model = match options.or("use_scale", 1)? {
                0 => RMSNorm::without_scale(features),
                _ => RMSNorm::new(features, rngs),
            };
            let epsilon = options.or("epsilon", model.epsilon)?;
            let model = RMSNorm { epsilon, ..model };
            run(&model, &leaves, |model| model.forward(x))
        }
        "LayerNorm" => {
            let features = options.get("num_features")?;
            let model = match (options.or("use_scale", 1)?, options.or("use_bias", 1)?) {
                (0, 0) => LayerNorm::without_parameters(features),
                (0, _) => LayerNorm::without_scale(features, rngs),
                (_, 0) => LayerNorm::without_bias(features, rngs),
                _ => LayerNorm::new(features, rngs),
            };
            let model = LayerNorm {
                epsilon: options.or("epsilon", model.epsilon)?,
                use_fast_variance: options.or("use_fast_variance", 1)? == 1,
                ..model
            };
            run(&model, &leaves, |model| model.forward(x))
        }
        "BatchNorm" => {
            let features = options.get("num_features")?;
            let model = match (options.or("use_scale", 1)?, options.or("use_bias", 1)?) {
                (0, 0) => BatchNorm::without_parameters(features),
                (0, _) => BatchNorm::without_scale(features, rngs),
                (_, 0) => BatchNorm::without_bias(features, rngs),
                _ => BatchNorm::new(features, rngs),
            };
            let model = BatchNorm {
                epsilon: options.or("epsilon", model.epsilon)?,
                momentum: options.or("momentum", model.momentum)?,
                use_running_average: options.or("use_running_average", 0)? == 1,
                use_fast_variance: options.or("use_fast_variance", 1)? == 1,
                ..model
            };
            run(&model, &leaves, |model| model.forward(x))
        }
        "Conv" => {
            let kernel_size = options.sizes("kernel_size")?;
            let ones = vec![1; kernel_size.len()];
            let create = match options.or("use_bias", 1)? {
                0 => Conv::grouped_without_bias,
                _ => Conv::grouped,
            };
            let (inputs, outputs) = (options.get("in_features")?, options.get("out_features")?);
            let groups = options.or("feature_group_count", 1)?;
            let padding = match options.or("padding", "SAME".to_owned())?.as_str() {
                "SAME" => Padding::Same,
                "VALID" => Padding::Valid,
                _ => {
                    let sizes = options.sizes("padding")?;
                    Padding::Explicit(sizes.chunks(2).map(|pair| (pair[0], pair[1])).collect())
                }
            };
            let model = Conv {
                strides: options.sizes("strides").unwrap_or(ones.clone()),
                kernel_dilation: options.sizes("kernel_dilation").unwrap_or(ones),
                padding,
                ..create(inputs, outputs, &kernel_size, groups, rngs)
            };
            run(&model, &leaves, |model| model.forward(x))
        }
        "LinearGeneral" => {
            let create = match options.or("use_bias", 1)? {
                0 => LinearGeneral::without_bias,
                _ => LinearGeneral::new,
            };
            let (inputs, outputs) = (
                options.sizes("in_features")?,
                options.sizes("out_features")?,
            );
            let axis: String = options.get("axis")?;
            let axis = axis.split('/').map(str::parse).collect::<Result<_, _>>()?;
            let model = LinearGeneral {
                axis,
                ..create(&inputs, &outputs, rngs)
            };
            run(&model, &leaves, |model| model.forward(x))
        }
        "MultiHeadAttention" => {
            let create = match options.or("use_bias", 1)? {
                0 => MultiHeadAttention::without_bias,
                _ => MultiHeadAttention::new,
            };
            let model = create(
                options.get("num_heads")?,
                options.get("in_features")?,
                options.get("qkv_features")?,
                options.get("out_features")?,
                rngs,
            );
            let k = inputs.get(1).unwrap_or(x);
            let v = inputs.get(2).unwrap_or(k);
            // An order has floats only.
            let mask = inputs.get(3).map(|mask| -> Outcome<Tensor> {
                let floats = ArrayD::<f32>::try_from(mask)?;
                Ok(Tensor::from_array(floats.mapv(|is_seen| is_seen != 0.0)))
            });
            let mask = mask.transpose()?;
            run(&model, &leaves, |model| {
                model.forward_with(x, k, v, mask.as_ref())
            })
        }
        _ => Err("no such layer".into()),
    }
}

fn run<M: Module>(
    model: &M,
    leaves: &[Tensor],
    forward: impl FnOnce(&M) -> Result<Tensor, nnx::Error>,
) -> Outcome<Vec<ArrayD<f32>>> {
    let state = nnx::state(model);
    let values = || state.iter().map(|(_, leaf)| leaf.value());
    let mut answer: Vec<ArrayD<f32>> = values().collect();
    if leaves.len() != state.len() {
        return Err(format!("{} variables for {}", leaves.len(), state.len()).into());
    }
    for ((_, leaf), value) in state.iter().zip(leaves) {
        leaf.set_value(value);
    }
    answer.push(forward(model)?.try_into()?);
    answer.extend(values());
    Ok(answer)
}

/// Arguments by name: `num_features=4,epsilon=1e-5`.
struct Options<'a>(HashMap<&'a str, &'a str>);

impl<'a> Options<'a> {
    fn read(text: &'a str) -> Outcome<Self> {
        let pairs = text.split(',').map(|pair| pair.split_once('='));
        Ok(Self(
            pairs
                .collect::<Option<_>>()
                .ok_or("an option is name=value")?,
        ))
    }

    fn get<T: FromStr>(&self, name: &str) -> Outcome<T> {
        let value = self.0.get(name).and_then(|value| value.parse().ok());
        value.ok_or_else(|| format!("{name} is missing or no such value").into())
    }

    /// Sizes with `/` between them.
    fn sizes(&self, name: &str) -> Outcome<Vec<usize>> {
        let text: String = self.get(name)?;
        Ok(text.split('/').map(str::parse).collect::<Result<_, _>>()?)
    }

    fn or<T: FromStr>(&self, name: &str, default: T) -> Outcome<T> {
        if self.0.contains_key(name) {
            self.get(name)
        } else {
            Ok(default)
        }
    }
}

fn arrays(text: &str) -> Outcome<Vec<Tensor>> {
    let texts = text.split(';').filter(|text| *text != "-");
    texts
        .map(|text| {
            let (shape, hex) = text.split_once(':').ok_or("an array is 2x3:hex")?;
            let sizes: Vec<usize> = shape.split('x').map(str::parse).collect::<Result<_, _>>()?;
            let array = ArrayD::from_shape_vec(sizes, floats(hex)?.to_vec());
            Ok(array.map_err(|error| error.to_string())?.into())
        })
        .collect()
}
