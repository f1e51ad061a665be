//! `nnx.RMSNorm`: divides each vector by the root of the mean of its squares.
//!
//! Learners load the scale of a checkpoint into it. It computes through `arithmetic`, which fixes the order of operations.

use ndarray::{Array, ArrayRef, Dimension};

use crate::arithmetic::{Affine, Statistics};
use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::initializers::ones;
use crate::module;
use crate::optional::OptionalParam;
use crate::path::Path;
use crate::rngs::Rngs;
use crate::tensor::Tensor;
use crate::variable::Param;

module! {
    /// Root mean square normalization. Flax's `use_fast_variance` does not exist here: without a mean, it makes no
    /// difference.
    ///
    /// ```
    /// # use nnx::{RMSNorm, Rngs};
    /// let norm = RMSNorm { epsilon: 1e-5, ..RMSNorm::new(4, &mut Rngs::new(0)) };
    /// ```
    #[derive(Debug)]
    pub struct RMSNorm {
        /// Shape (features); absent if the layer was created by [`RMSNorm::without_scale`].
        pub scale: OptionalParam,
        /// The number of features that the layer was created for.
        pub num_features: usize,
        /// What is added to the mean of the squares; 1e-6 by default.
        pub epsilon: f32,
    }
}

impl RMSNorm {
    /// A layer with a scale of ones. Takes one key from the stream `params`, as Flax does, although ones need none.
    ///
    /// # Panics
    /// If `rngs` has neither the stream `params` nor `default`.
    #[track_caller]
    pub fn new(num_features: usize, rngs: &mut Rngs) -> Self {
        rngs.params();
        Self {
            scale: Param::init(&[num_features], || ones(&[num_features])).into(),
            ..Self::without_scale(num_features)
        }
    }

    /// A layer without a scale (`use_scale=False`). It has no parameters.
    pub fn without_scale(num_features: usize) -> Self {
        note("nnx.RMSNorm");
        Self {
            scale: OptionalParam::NONE,
            num_features,
            epsilon: 1e-6,
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
    /// If the shapes are incompatible or the scale is abstract. As in Flax, only the arrays count, not the number of
    /// features that the layer was created for.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, Error> {
        let operation = note("nnx.RMSNorm.__call__");
        let x = x.floats(operation, || Path::from("x"))?;
        let scale = self
            .scale
            .for_features(operation, "scale", &x, self.num_features)?;
        let affine = Affine::new(scale.as_ref(), None);
        Ok(affine.rows(&x, self.epsilon, Statistics::about_zero))
    }
}
