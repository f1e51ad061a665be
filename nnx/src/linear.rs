//! `nnx.Linear`: y = x · kernel + bias.
//!
//! Learners build it and load weights into it. The kernel is (in, out), the transpose of PyTorch's weight. It draws its initial
//! values as Flax does, and computes through `arithmetic`, which fixes the order of operations.

use ndarray::{Array, ArrayRef, Dimension};

use crate::arithmetic::affine;
use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::initializers::{drawable, lecun_normal, zeros};
use crate::module;
use crate::optional::OptionalParam;
use crate::path::Path;
use crate::rngs::Rngs;
use crate::tensor::Tensor;
use crate::variable::Param;

module! {
    /// A linear layer.
    #[derive(Debug)]
    pub struct Linear {
        /// Shape (in, out).
        pub kernel: Param,
        /// Shape (out); absent if the layer was created by [`Linear::without_bias`].
        pub bias: OptionalParam,
        /// The number of inputs that the layer was created for.
        pub in_features: usize,
        /// The number of outputs that the layer was created for.
        pub out_features: usize,
    }
}

impl Linear {
    /// A layer with a bias of zeros and a `lecun_normal` kernel. Takes two keys from the stream `params`, for the
    /// kernel and the bias.
    ///
    /// # Panics
    /// If a size is 0, or `rngs` has neither the stream `params` nor `default`.
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
    /// Like [`Self::new`].
    #[track_caller]
    pub fn without_bias(in_features: usize, out_features: usize, rngs: &mut Rngs) -> Self {
        let (operation, shape) = (note("nnx.Linear"), [in_features, out_features]);
        let key = rngs.params();
        or_panic(drawable(operation, "kernel", &shape));
        Self {
            kernel: Param::init(&shape, || lecun_normal(key, &shape)),
            bias: OptionalParam::NONE,
            in_features,
            out_features,
        }
    }

    /// Computes the outputs (.., out) for inputs (.., in): a vector, or a batch of vectors with any number of dimensions.
    ///
    /// # Panics
    /// If [`Self::forward`] returns an error; the message is the error's.
    #[track_caller]
    pub fn call<D: Dimension>(&self, x: &ArrayRef<f32, D>) -> Array<f32, D> {
        or_panic(self.try_call(x))
    }

    /// Like [`Self::call`], but returns the error.
    ///
    /// # Errors
    /// Like [`Self::forward`].
    pub fn try_call<D: Dimension>(&self, x: &ArrayRef<f32, D>) -> Result<Array<f32, D>, Error> {
        self.forward(&Tensor::from_array(x.view()))?.try_into()
    }

    /// Computes the outputs (.., out) for a tensor (.., in) of floats. The outputs are f32.
    ///
    /// # Errors
    /// If the shapes are incompatible or a parameter is abstract. As in Flax, only the arrays count, not the numbers of
    /// features that the layer was created for. A bias must have one value for each output; Flax would also broadcast a
    /// single one.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, Error> {
        let operation = note("nnx.Linear.__call__");
        let x = x.floats(operation, || Path::from("x"))?;
        let kernel = self.kernel.floats(operation, "kernel")?;
        let &[inputs, f] = kernel.shape() else {
            return Err(self.misfit(operation, kernel.shape(), x.shape()));
        };
        if x.shape().last() != Some(&inputs) {
            return Err(self.misfit(operation, kernel.shape(), x.shape()));
        }
        let bias = self.bias.of_shape(operation, "bias", &[f])?;
        Ok(affine(&x, &kernel, bias.as_ref()))
    }

    /// The error for an x and a kernel with incompatible shapes: it names x if the kernel still has its original shape.
    fn misfit(&self, operation: &'static str, kernel: &[usize], x: &[usize]) -> Error {
        let (leading, n) = match x {
            [leading @ .., n] => (leading, *n),
            [] => (x, self.in_features), // no kernel has inputs for a single number
        };
        let made = [self.in_features, self.out_features];
        let (path, expected, found) = if kernel == made {
            let expected = [leading, &[self.in_features]].concat();
            (Path::from("x"), expected, x)
        } else {
            let expected = vec![n, self.out_features];
            (self.kernel.place_or("kernel"), expected, kernel)
        };
        Error::Shape {
            operation,
            path,
            expected,
            found: found.to_vec(),
        }
    }
}
