//! `nnx.LinearGeneral`: a linear layer over several dimensions at once.
//!
//! Attention projects to heads and back with it. A kernel is (in.., out..). As in Flax, its initial values are those of
//! the matrix that results from flattening both parts. It computes through `arithmetic`, which fixes the order of
//! operations.

use ndarray::{ArrayD, ArrayRef, Dimension};

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
    /// A linear layer from some dimensions of its inputs to new dimensions at the end.
    #[derive(Debug)]
    pub struct LinearGeneral {
        /// Shape (in.., out..).
        pub kernel: Param,
        /// Shape (out..); absent if the layer was created by [`LinearGeneral::without_bias`].
        pub bias: OptionalParam,
        /// The sizes of the inputs' dimensions that the layer was created for.
        pub in_features: Vec<usize>,
        /// The sizes of the outputs' dimensions that the layer was created for.
        pub out_features: Vec<usize>,
        /// The dimensions of the inputs that are multiplied; negative ones count from the end. By default, they are the
        /// last ones, as many as `in_features` has. As in Flax, they are taken in ascending order.
        pub axis: Vec<isize>,
    }
}

impl LinearGeneral {
    /// A layer with a bias of zeros and a `lecun_normal` kernel. Takes two keys from the stream `params`, for the
    /// kernel and the bias.
    ///
    /// # Panics
    /// If a size is 0, or `rngs` has neither the stream `params` nor `default`.
    #[track_caller]
    pub fn new(in_features: &[usize], out_features: &[usize], rngs: &mut Rngs) -> Self {
        let operation = note("nnx.LinearGeneral");
        or_panic(Self::create(
            operation,
            in_features,
            out_features,
            true,
            rngs,
        ))
    }

    /// A layer without a bias (`use_bias=False`). Takes one key.
    ///
    /// # Panics
    /// Like [`Self::new`].
    #[track_caller]
    pub fn without_bias(in_features: &[usize], out_features: &[usize], rngs: &mut Rngs) -> Self {
        let operation = note("nnx.LinearGeneral");
        or_panic(Self::create(
            operation,
            in_features,
            out_features,
            false,
            rngs,
        ))
    }

    /// A layer, for an operation that has already been counted.
    pub(crate) fn create(
        operation: &'static str,
        in_features: &[usize],
        out_features: &[usize],
        use_bias: bool,
        rngs: &mut Rngs,
    ) -> Result<Self, Error> {
        let shape = [in_features, out_features].concat();
        let key = rngs.next_key("params")?;
        drawable(operation, "kernel", &shape)?;
        let matrix = [in_features.iter().product(), out_features.iter().product()];
        let draw = || Tensor::from(lecun_normal(key, &matrix)).reshaped(&shape);
        let bias = if use_bias {
            rngs.next_key("params")?; // zeros need no key, but Flax takes one
            Param::init(out_features, || zeros(out_features)).into()
        } else {
            OptionalParam::NONE
        };
        Ok(Self {
            kernel: Param::init(&shape, draw),
            bias,
            in_features: in_features.to_vec(),
            out_features: out_features.to_vec(),
            axis: (1..=in_features.len() as isize)
                .rev()
                .map(|axis| -axis)
                .collect(),
        })
    }

    /// Computes the outputs. Their shape is the other dimensions of the inputs, then those of the kernel's outputs.
    ///
    /// # Panics
    /// If [`Self::forward`] returns an error; the message is the error's.
    #[track_caller]
    pub fn call<D: Dimension>(&self, x: &ArrayRef<f32, D>) -> ArrayD<f32> {
        or_panic(self.try_call(x))
    }

    /// Like [`Self::call`], but returns the error.
    ///
    /// # Errors
    /// Like [`Self::forward`].
    pub fn try_call<D: Dimension>(&self, x: &ArrayRef<f32, D>) -> Result<ArrayD<f32>, Error> {
        self.forward(&Tensor::from_array(x.view()))?.try_into()
    }

    /// [`Self::call`] for a tensor of floats. The outputs are f32.
    ///
    /// # Errors
    /// If the shapes are incompatible or a parameter is abstract. A bias must have one value for each output.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, Error> {
        self.apply(note("nnx.LinearGeneral.__call__"), "x", x)
    }

    /// The outputs, for an operation that has already been counted. `name` is what an error calls the inputs.
    pub(crate) fn apply(
        &self,
        operation: &'static str,
        name: &str,
        x: &Tensor,
    ) -> Result<Tensor, Error> {
        let x = x.floats(operation, || Path::from(name))?;
        let kernel = self.kernel.floats(operation, "kernel")?;
        let axes = self.axes(operation, name, &x)?;
        let rest: Vec<usize> = (0..x.ndim()).filter(|axis| !axes.contains(axis)).collect();
        let sizes = |axes: &[usize]| axes.iter().map(|axis| x.shape()[*axis]).collect();
        let (inputs, leading): (Vec<usize>, Vec<usize>) = (sizes(&axes), sizes(&rest));
        if kernel.ndim() != axes.len() + self.out_features.len()
            || !kernel.shape().starts_with(&inputs)
        {
            return Err(self.misfit(operation, name, &x, &axes, &kernel));
        }
        let out = &kernel.shape()[axes.len()..];
        let bias = self.bias.of_shape(operation, "bias", out)?;
        let (n, f) = (inputs.iter().product(), out.iter().product());
        let rows = x.permute(&[rest, axes.clone()].concat());
        let rows = rows.reshaped(&[leading.iter().product(), n]);
        let bias = bias.map(|bias| bias.reshaped(&[f]));
        let y = affine(&rows, &kernel.reshaped(&[n, f]), bias.as_ref());
        Ok(y.reshaped(&[&leading[..], out].concat()))
    }

    /// The dimensions of x that are multiplied, ascending.
    fn axes(&self, operation: &'static str, name: &str, x: &Tensor) -> Result<Vec<usize>, Error> {
        let from_start = |axis: &isize| match usize::try_from(*axis) {
            Ok(axis) => Some(axis).filter(|axis| *axis < x.ndim()),
            Err(_) => x.ndim().checked_sub(axis.unsigned_abs()),
        };
        let axes: Option<Vec<usize>> = self.axis.iter().map(from_start).collect();
        let mut axes = axes.ok_or_else(|| Error::Rank {
            operation,
            path: Path::from(name),
            expected: self.in_features.len() + 1,
            found: x.shape().to_vec(),
        })?;
        axes.sort_unstable();
        axes.dedup();
        Ok(axes)
    }

    /// Which of x and the kernel has the wrong shape: x, if the kernel still has its original shape.
    fn misfit(
        &self,
        operation: &'static str,
        name: &str,
        x: &Tensor,
        axes: &[usize],
        kernel: &Tensor,
    ) -> Error {
        let made = [&self.in_features[..], &self.out_features].concat();
        let (path, expected, found) = if kernel.shape() == made {
            let mut expected = x.shape().to_vec();
            for (axis, size) in axes.iter().zip(&self.in_features) {
                expected[*axis] = *size;
            }
            (Path::from(name), expected, x)
        } else {
            (self.kernel.place_or("kernel"), made, kernel)
        };
        Error::Shape {
            operation,
            path,
            expected,
            found: found.shape().to_vec(),
        }
    }
}
