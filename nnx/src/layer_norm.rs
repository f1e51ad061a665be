//! `nnx.LayerNorm`: normalizes each vector to mean 0 and variance 1, then scales and shifts each feature.
//!
//! Learners load the scale and the bias of a checkpoint into it. It computes through `arithmetic`, which fixes the order of
//! operations.

use ndarray::{Array, ArrayRef, Dimension};

use crate::arithmetic::{Affine, Statistics};
use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::initializers::{ones, zeros};
use crate::module;
use crate::optional::OptionalParam;
use crate::path::Path;
use crate::rngs::Rngs;
use crate::tensor::Tensor;
use crate::variable::Param;

module! {
    /// Layer normalization.
    ///
    /// ```
    /// # use nnx::{LayerNorm, Rngs};
    /// let norm = LayerNorm { epsilon: 1e-5, ..LayerNorm::new(4, &mut Rngs::new(0)) };
    /// ```
    #[derive(Debug)]
    pub struct LayerNorm {
        /// Shape (features); absent if the layer was created without this parameter.
        pub scale: OptionalParam,
        /// Shape (features); absent if the layer was created without this parameter.
        pub bias: OptionalParam,
        /// The number of features that the layer was created for.
        pub num_features: usize,
        /// What is added to the variance; 1e-6 by default. (PyTorch adds 1e-5.)
        pub epsilon: f32,
        /// Whether the variance is the mean of the squares minus the square of the mean; true by default. Otherwise, it
        /// is the mean of the squared distances from the mean, as in PyTorch.
        pub use_fast_variance: bool,
    }
}

impl LayerNorm {
    /// A layer with a scale of ones and a bias of zeros. Takes two keys from the stream `params`, as Flax does,
    /// although these values need none.
    ///
    /// # Panics
    /// If `rngs` has neither the stream `params` nor `default`.
    #[track_caller]
    pub fn new(num_features: usize, rngs: &mut Rngs) -> Self {
        let norm = Self::without_bias(num_features, rngs);
        rngs.params();
        Self {
            bias: Param::init(&[num_features], || zeros(&[num_features])).into(),
            ..norm
        }
    }

    /// A layer without a bias (`use_bias=False`). Takes one key.
    ///
    /// # Panics
    /// Like [`Self::new`].
    #[track_caller]
    pub fn without_bias(num_features: usize, rngs: &mut Rngs) -> Self {
        rngs.params();
        Self {
            scale: Param::init(&[num_features], || ones(&[num_features])).into(),
            ..Self::without_parameters(num_features)
        }
    }

    /// A layer without a scale (`use_scale=False`). Takes one key.
    ///
    /// # Panics
    /// Like [`Self::new`].
    #[track_caller]
    pub fn without_scale(num_features: usize, rngs: &mut Rngs) -> Self {
        rngs.params();
        Self {
            bias: Param::init(&[num_features], || zeros(&[num_features])).into(),
            ..Self::without_parameters(num_features)
        }
    }

    /// A layer with neither a scale nor a bias.
    pub fn without_parameters(num_features: usize) -> Self {
        note("nnx.LayerNorm");
        Self {
            scale: OptionalParam::NONE,
            bias: OptionalParam::NONE,
            num_features,
            epsilon: 1e-6,
            use_fast_variance: true,
        }
    }

    /// Normalizes inputs (.., features): a vector, or a batch of vectors with any number of dimensions.
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

    /// [`Self::call`] for a tensor of floats. The outputs are f32; measured against Flax's, they differ by at most 2 ulp
    /// of the greatest output.
    ///
    /// # Errors
    /// If the shapes are incompatible or a parameter is abstract. As in Flax, only the arrays count, not the number of
    /// features that the layer was created for.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, Error> {
        let operation = note("nnx.LayerNorm.__call__");
        let x = x.floats(operation, || Path::from("x"))?;
        let made = self.num_features;
        let scale = self.scale.for_features(operation, "scale", &x, made)?;
        let bias = self.bias.for_features(operation, "bias", &x, made)?;
        let affine = Affine::new(scale.as_ref(), bias.as_ref());
        let statistics = |row: &[f32]| Statistics::of(row, self.use_fast_variance);
        Ok(affine.rows(&x, self.epsilon, statistics))
    }
}
