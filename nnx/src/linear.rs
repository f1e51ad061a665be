//! `nnx.Linear`: y = x · kernel + bias.
//!
//! Learners build it and load weights into it. The kernel is (in, out), the transpose of PyTorch's weight. It draws its initial
//! values as Flax does and leaves the arithmetic's order to `dot`.

use ndarray::{Array, ArrayRef};

use crate::calls::{Call, note};
use crate::dot::{Rank, affine};
use crate::error::{Error, or_panic};
use crate::initializers::{lecun_normal, zeros};
use crate::module;
use crate::optional::OptionalParam;
use crate::path::Path;
use crate::rngs::Rngs;
use crate::value::flat;
use crate::variable::Param;

module! {
    /// A linear layer.
    #[derive(Debug)]
    pub struct Linear {
        /// Shape (in, out).
        pub kernel: Param,
        /// Shape (out); none if made by [`Linear::without_bias`].
        pub bias: OptionalParam,
        /// The number of inputs it was made for.
        pub in_features: usize,
        /// The number of outputs it was made for.
        pub out_features: usize,
    }
}

impl Linear {
    /// A layer with a bias of zeros and a `lecun_normal` kernel. Takes two keys of the stream `params`, for the kernel and the bias.
    ///
    /// # Panics
    /// If `rngs` has neither the stream `params` nor `default`.
    #[track_caller]
    pub fn new(in_features: usize, out_features: usize, rngs: &mut Rngs) -> Self {
        let linear = Self::without_bias(in_features, out_features, rngs);
        rngs.params(); // zeros need no key, but Flax takes one
        Self {
            bias: Param::init(&[out_features], || zeros(&[out_features])).into(),
            ..linear
        }
    }

    /// A layer without a bias (`use_bias=False`). Takes one key.
    ///
    /// # Panics
    /// As [`Self::new`].
    #[track_caller]
    pub fn without_bias(in_features: usize, out_features: usize, rngs: &mut Rngs) -> Self {
        note(Call::Linear);
        let (key, shape) = (rngs.params(), [in_features, out_features]);
        let kernel = Param::init(&shape, || lecun_normal(key, shape));
        Self {
            kernel,
            bias: OptionalParam::NONE,
            in_features,
            out_features,
        }
    }

    /// The layer's outputs for a vector (in) or a batch of vectors (b, in).
    ///
    /// # Panics
    /// If the shapes do not fit or a parameter is abstract; the text says which and how.
    #[track_caller]
    pub fn call<D: Rank>(&self, x: &ArrayRef<f32, D>) -> Array<f32, D> {
        or_panic(self.try_call(x))
    }

    /// Like [`Self::call`], with the error as a value.
    ///
    /// # Errors
    /// If the shapes do not fit or a parameter is abstract. As in Flax only the arrays count, not the numbers of features the layer was
    /// made for. A bias has one value for each output; Flax would also stretch a single one.
    pub fn try_call<D: Rank>(&self, x: &ArrayRef<f32, D>) -> Result<Array<f32, D>, Error> {
        let (x, mut shape) = D::flat(x);
        let y = self.forward(&x, &shape)?;
        shape.pop();
        shape.push(y.1);
        Ok(D::shaped(y.0, &shape))
    }

    /// The outputs in row-major order, and how many there are for each vector.
    fn forward(&self, x: &[f32], shape: &[usize]) -> Result<(Vec<f32>, usize), Error> {
        let operation = note(Call::LinearForward);
        let kernel = self.kernel.floats(operation, "kernel")?;
        let n = shape.last().copied().unwrap_or(0);
        let &[inputs, f] = kernel.shape() else {
            return Err(self.misfit(operation, n, kernel.shape(), shape));
        };
        if inputs != n {
            return Err(self.misfit(operation, n, kernel.shape(), shape));
        }
        let bias = self
            .bias
            .as_option()
            .map(|bias| bias.floats(operation, "bias"))
            .transpose()?;
        if let (Some(bias), Some(param)) = (&bias, self.bias.as_option())
            && bias.shape() != [f]
        {
            let (path, found) = (param.place_or("bias"), bias.shape().to_vec());
            return Err(Error::Shape {
                operation,
                path,
                expected: vec![f],
                found,
            });
        }
        let rows = if shape.len() == 2 { shape[0] } else { 1 };
        let bias = bias.as_deref().map(flat);
        Ok((affine(x, rows, &flat(&kernel), f, bias.as_deref()), f))
    }

    /// Who is to blame for x and kernel not fitting: x, if the kernel is as it was made.
    fn misfit(&self, operation: &'static str, n: usize, kernel: &[usize], x: &[usize]) -> Error {
        let made = [self.in_features, self.out_features];
        if kernel != made {
            let path = self.kernel.place_or("kernel");
            let expected = vec![n, self.out_features];
            return Error::Shape {
                operation,
                path,
                expected,
                found: kernel.to_vec(),
            };
        }
        let mut expected = x.to_vec();
        expected.pop();
        expected.push(self.in_features);
        Error::Shape {
            operation,
            path: Path::from("x"),
            expected,
            found: x.to_vec(),
        }
    }
}
