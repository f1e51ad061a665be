//! `nnx.BatchNorm`: normalizes each feature to mean 0 and variance 1 over a batch, or by running statistics.
//!
//! Learners load a checkpoint's parameters and running statistics into it. It computes through `arithmetic`, which fixes the order
//! of operations.

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
use crate::variable::{BatchStat, Param};

module! {
    /// Batch normalization of the last dimension.
    ///
    /// ```
    /// # use nnx::{BatchNorm, Rngs};
    /// let norm = BatchNorm { momentum: 0.9, ..BatchNorm::new(4, &mut Rngs::new(0)) };
    /// ```
    #[derive(Debug)]
    pub struct BatchNorm {
        /// Shape (features); absent if the layer was created without this parameter.
        pub scale: OptionalParam,
        /// Shape (features); absent if the layer was created without this parameter.
        pub bias: OptionalParam,
        /// The running mean of each feature.
        pub mean: BatchStat,
        /// The running variance of each feature.
        pub var: BatchStat,
        /// The number of features that the layer was created for.
        pub num_features: usize,
        /// Whether a call uses the running statistics; false by default. Otherwise, it uses the statistics of its
        /// inputs, and updates the running ones.
        pub use_running_average: bool,
        /// How much of a running statistic an update keeps; 0.99 by default. (PyTorch's momentum is 1 minus this.)
        ///
        /// An f64, as in Python: 1 − momentum is rounded to f32 afterwards.
        pub momentum: f64,
        /// What is added to the variance; 1e-5 by default.
        pub epsilon: f32,
        /// Whether the variance is the mean of the squares minus the square of the mean; true by default. Otherwise, it
        /// is the mean of the squared distances from the mean.
        pub use_fast_variance: bool,
    }
}

impl BatchNorm {
    /// A layer with a scale of ones and a bias of zeros, a running mean of zeros and a running variance of ones. Takes two keys
    /// from the stream `params`, as Flax does, although these values need none.
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
        note("nnx.BatchNorm");
        Self {
            scale: OptionalParam::NONE,
            bias: OptionalParam::NONE,
            mean: BatchStat::init(&[num_features], || zeros(&[num_features])),
            var: BatchStat::init(&[num_features], || ones(&[num_features])),
            num_features,
            use_running_average: false,
            momentum: 0.99,
            epsilon: 1e-5,
            use_fast_variance: true,
        }
    }

    /// Normalizes inputs (.., features), with any number of dimensions. Updates the running statistics, unless it uses them.
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
    /// If the shapes are incompatible or a variable is abstract; no running statistic is updated then. As in Flax, only
    /// the arrays count, not the number of features that the layer was created for.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, Error> {
        let operation = note("nnx.BatchNorm.__call__");
        let x = x.floats(operation, || Path::from("x"))?;
        let made = self.num_features;
        let scale = self.scale.for_features(operation, "scale", &x, made)?;
        let bias = self.bias.for_features(operation, "bias", &x, made)?;
        let mean = self.mean.for_features(operation, "mean", &x, made)?;
        let variance = self.var.for_features(operation, "var", &x, made)?;
        let affine = Affine::new(scale.as_ref(), bias.as_ref());
        let running = Statistics::zip(&mean, &variance);
        if self.use_running_average {
            return Ok(affine.columns(&x, self.epsilon, &running));
        }
        let of_batch = Statistics::of_columns(&x, self.use_fast_variance);
        let (keep, take) = (self.momentum as f32, (1.0 - self.momentum) as f32);
        let pairs = || running.iter().zip(&of_batch);
        let means = pairs().map(|(old, new)| keep * old.mean + take * new.mean);
        let variances = pairs().map(|(old, new)| keep * old.variance + take * new.variance);
        let shape = &[running.len()];
        self.mean
            .set_value(Tensor::from_vec(means.collect(), shape));
        self.var
            .set_value(Tensor::from_vec(variances.collect(), shape));
        Ok(affine.columns(&x, self.epsilon, &of_batch))
    }
}
