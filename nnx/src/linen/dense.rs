//! `linen.Dense`: y = x · kernel + bias with the arrays of `{"params": {"kernel": …, "bias": …}}`.
//!
//! The arithmetic is that of [`crate::Linear`]. As in Linen, the shapes of the arrays are checked against the layer's.

use ndarray::{Array, ArrayRef, Dimension};

use crate::arithmetic::affine;
use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::path::Path;
use crate::pure_dict::{Node, PureDict};
use crate::tensor::Tensor;

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
        note("linen.Dense");
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

    /// Computes the outputs (.., features) for inputs (.., in). `variables` contains the collection `params`; others are ignored.
    ///
    /// # Panics
    /// If [`Self::forward`] returns an error; the message is the error's.
    #[track_caller]
    pub fn apply<D: Dimension>(&self, variables: &PureDict, x: &ArrayRef<f32, D>) -> Array<f32, D> {
        or_panic(self.try_apply(variables, x))
    }

    /// Like [`Self::apply`], but returns the error.
    ///
    /// # Errors
    /// Like [`Self::forward`].
    pub fn try_apply<D: Dimension>(
        &self,
        variables: &PureDict,
        x: &ArrayRef<f32, D>,
    ) -> Result<Array<f32, D>, Error> {
        self.forward(variables, &Tensor::from_array(x.view()))?
            .try_into()
    }

    /// Computes the outputs (.., features) for a tensor (.., in) of floats. The outputs are f32.
    ///
    /// # Errors
    /// If x is a single number, or an array is missing, abstract or of a different shape.
    pub fn forward(&self, variables: &PureDict, x: &Tensor) -> Result<Tensor, Error> {
        let operation = note(OPERATION);
        let x = x.floats(operation, || Path::from("x"))?;
        let (_, n) = x.features(operation, "x")?;
        let kernel = param(variables, "kernel", &[n, self.features])?;
        let bias = if self.use_bias {
            Some(param(variables, "bias", &[self.features])?)
        } else {
            None
        };
        Ok(affine(&x, &kernel, bias.as_ref()))
    }
}

fn param(variables: &PureDict, name: &str, expected: &[usize]) -> Result<Tensor, Error> {
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
    let array = value.floats(OPERATION, || path.clone())?;
    if array.shape() != expected {
        return Err(Error::Shape {
            operation: OPERATION,
            path,
            expected: expected.to_vec(),
            found: array.shape().to_vec(),
        });
    }
    Ok(array)
}

const OPERATION: &str = "linen.Dense.apply";
