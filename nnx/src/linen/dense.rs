//! `linen.Dense`: y = x · kernel + bias with the arrays of `{"params": {"kernel": …, "bias": …}}`.
//!
//! Same arithmetic as [`crate::Linear`]. As in Linen the shapes of the arrays are checked against the layer's.

use ndarray::{Array, ArrayD, ArrayRef};

use crate::calls::{Call, note};
use crate::dot::{Rank, affine};
use crate::error::{Error, or_panic};
use crate::path::Path;
use crate::pure_dict::{Node, PureDict};
use crate::value::{DType, Value, flat};

/// A linear layer without values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dense {
    /// The number of outputs.
    pub features: usize,
    /// Whether a bias is added.
    pub use_bias: bool,
}

impl Dense {
    /// A layer with a bias.
    pub fn new(features: usize) -> Self {
        note(Call::Dense);
        Self {
            features,
            use_bias: true,
        }
    }

    /// A layer without a bias (`use_bias=False`).
    pub fn without_bias(features: usize) -> Self {
        Self {
            use_bias: false,
            ..Self::new(features)
        }
    }

    /// The layer's outputs for a vector (n) or a batch of vectors (b, n). `variables` has the collection `params`; others are not looked at.
    ///
    /// # Panics
    /// If an array is missing, abstract or of another shape; the text says which and how.
    #[track_caller]
    pub fn apply<D: Rank>(&self, variables: &PureDict, x: &ArrayRef<f32, D>) -> Array<f32, D> {
        or_panic(self.try_apply(variables, x))
    }

    /// Like [`Self::apply`], with the error as a value.
    ///
    /// # Errors
    /// If an array is missing, abstract or of another shape.
    pub fn try_apply<D: Rank>(
        &self,
        variables: &PureDict,
        x: &ArrayRef<f32, D>,
    ) -> Result<Array<f32, D>, Error> {
        let (x, mut shape) = D::flat(x);
        let y = self.forward(variables, &x, &shape)?;
        shape.pop();
        shape.push(self.features);
        Ok(D::shaped(y, &shape))
    }

    fn forward(&self, variables: &PureDict, x: &[f32], shape: &[usize]) -> Result<Vec<f32>, Error> {
        note(Call::DenseForward);
        let n = shape.last().copied().unwrap_or(0);
        let kernel = param(variables, "kernel", &[n, self.features])?;
        let bias = if self.use_bias {
            Some(param(variables, "bias", &[self.features])?)
        } else {
            None
        };
        let rows = if shape.len() == 2 { shape[0] } else { 1 };
        Ok(affine(
            x,
            rows,
            &flat(kernel),
            self.features,
            bias.map(flat).as_deref(),
        ))
    }
}

fn param<'a>(
    variables: &'a PureDict,
    name: &str,
    expected: &[usize],
) -> Result<&'a ArrayD<f32>, Error> {
    let path = Path::from(["params", name]);
    let params = variables.get("params").and_then(Node::as_dict);
    let Some(value) = params
        .and_then(|params| params.get(name))
        .and_then(Node::as_array)
    else {
        let known = variables
            .flatten_dict()
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        return Err(Error::UnknownPath {
            operation: OPERATION,
            path,
            known,
        });
    };
    let found = value.shape().to_vec();
    let array = match value {
        Value::F32(array) => array,
        Value::Abstract(_) => {
            return Err(Error::Abstract {
                operation: OPERATION,
                path,
                shape: found,
            });
        }
        other => {
            let (expected, found) = (DType::F32.name(), other.dtype().name());
            return Err(Error::DType {
                operation: OPERATION,
                path,
                expected,
                found,
            });
        }
    };
    if found != expected {
        return Err(Error::Shape {
            operation: OPERATION,
            path,
            expected: expected.to_vec(),
            found,
        });
    }
    Ok(array)
}

const OPERATION: &str = "linen.Dense.apply";
