//! `nnx.Conv`: a kernel that moves over the spatial dimensions of its inputs.
//!
//! Learners load a checkpoint's kernel into it. Features are the last dimension and the kernel is (spatial.., in /
//! groups, out); in PyTorch, both come first. Each output is one product of a window with a column of the kernel,
//! through `arithmetic`, which fixes the order of operations.

use std::ops::Range;

use ndarray::{Array, ArrayRef, Dimension, IxDyn, indices};

use crate::arithmetic::affine;
use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::initializers::{divisible, drawable, lecun_normal, zeros};
use crate::module;
use crate::module::{Module, Walk};
use crate::optional::OptionalParam;
use crate::path::Path;
use crate::rngs::Rngs;
use crate::tensor::Tensor;
use crate::variable::Param;

module! {
    /// A convolution with one, two or more spatial dimensions.
    ///
    /// ```
    /// # use nnx::{Conv, Padding, Rngs};
    /// let conv = Conv {
    ///     strides: vec![2, 2],
    ///     padding: Padding::Explicit(vec![(1, 1), (1, 1)]),
    ///     ..Conv::new(3, 8, &[3, 3], &mut Rngs::new(0))
    /// };
    /// ```
    #[derive(Debug)]
    pub struct Conv {
        /// Shape (spatial.., in / groups, out).
        pub kernel: Param,
        /// Shape (out); absent if the layer was created without this parameter.
        pub bias: OptionalParam,
        /// The number of input features that the layer was created for.
        pub in_features: usize,
        /// The number of output features that the layer was created for.
        pub out_features: usize,
        /// The spatial sizes of the kernel that the layer was created with.
        pub kernel_size: Vec<usize>,
        /// How far the kernel moves along each spatial dimension; 1 by default.
        pub strides: Vec<usize>,
        /// The zeros around the inputs; [`Padding::Same`] by default.
        pub padding: Padding,
        /// The distance in the inputs between neighbors in the kernel, along each spatial dimension; 1 by default.
        pub kernel_dilation: Vec<usize>,
        /// The number of independent groups of features.
        pub feature_group_count: usize,
    }
}

/// The zeros that a convolution adds around its inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Padding {
    /// As many zeros as are needed for ⌈size / stride⌉ outputs; if their number is odd, the extra one comes after
    /// the inputs. With a stride of 2, this is not PyTorch's `padding=1`.
    Same,
    /// No zeros.
    Valid,
    /// The numbers of zeros before and after the inputs, for each spatial dimension.
    Explicit(Vec<(usize, usize)>),
}

impl Conv {
    /// A layer with a bias of zeros and a `lecun_normal` kernel. Takes two keys from the stream `params`, for the
    /// kernel and the bias.
    ///
    /// # Panics
    /// If a size is 0, or `rngs` has neither the stream `params` nor `default`.
    #[track_caller]
    pub fn new(
        in_features: usize,
        out_features: usize,
        kernel_size: &[usize],
        rngs: &mut Rngs,
    ) -> Self {
        Self::grouped(in_features, out_features, kernel_size, 1, rngs)
    }

    /// A layer without a bias (`use_bias=False`). Takes one key.
    ///
    /// # Panics
    /// Like [`Self::new`].
    #[track_caller]
    pub fn without_bias(
        in_features: usize,
        out_features: usize,
        kernel_size: &[usize],
        rngs: &mut Rngs,
    ) -> Self {
        Self::grouped_without_bias(in_features, out_features, kernel_size, 1, rngs)
    }

    /// A layer with groups of features (`feature_group_count`) and a bias. Takes two keys.
    ///
    /// # Panics
    /// Like [`Self::new`], and if the groups do not divide both numbers of features.
    #[track_caller]
    pub fn grouped(
        in_features: usize,
        out_features: usize,
        kernel_size: &[usize],
        feature_group_count: usize,
        rngs: &mut Rngs,
    ) -> Self {
        let groups = feature_group_count;
        let conv = Self::grouped_without_bias(in_features, out_features, kernel_size, groups, rngs);
        rngs.params(); // zeros need no key, but Flax takes one
        Self {
            bias: Param::init(&[out_features], || zeros(&[out_features])).into(),
            ..conv
        }
    }

    /// A layer with groups of features and without a bias. Takes one key.
    ///
    /// # Panics
    /// Like [`Self::grouped`].
    #[track_caller]
    pub fn grouped_without_bias(
        in_features: usize,
        out_features: usize,
        kernel_size: &[usize],
        feature_group_count: usize,
        rngs: &mut Rngs,
    ) -> Self {
        let (operation, groups) = (note("nnx.Conv"), feature_group_count);
        or_panic(divisible(operation, "in_features", in_features, groups));
        or_panic(divisible(operation, "out_features", out_features, groups));
        let shape = [kernel_size, &[in_features / groups, out_features]].concat();
        let key = rngs.params();
        or_panic(drawable(operation, "kernel", &shape));
        Self {
            kernel: Param::init(&shape, || lecun_normal(key, &shape)),
            bias: OptionalParam::NONE,
            in_features,
            out_features,
            kernel_size: kernel_size.to_vec(),
            strides: vec![1; kernel_size.len()],
            padding: Padding::Same,
            kernel_dilation: vec![1; kernel_size.len()],
            feature_group_count,
        }
    }

    /// Computes the outputs (batch.., spatial.., out) for inputs (batch.., spatial.., in), with any number of batch dimensions.
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

    /// [`Self::call`] for a tensor of floats. The outputs are f32. XLA chooses the order of a convolution's sums by CPU;
    /// measured against Flax's, outputs differ by at most 3 ulp of the greatest one.
    ///
    /// # Errors
    /// If the shapes are incompatible or a parameter is abstract. As in Flax, only the arrays count, not the numbers of
    /// features that the layer was created for.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, Error> {
        let operation = note("nnx.Conv.__call__");
        let x = x.floats(operation, || Path::from("x"))?;
        let kernel = self.kernel.floats(operation, "kernel")?;
        let dimensions = self.kernel_size.len();
        if x.ndim() <= dimensions {
            return Err(Error::Rank {
                operation,
                path: Path::from("x"),
                expected: dimensions + 1,
                found: x.shape().to_vec(),
            });
        }
        let (batch, sizes) = x.shape().split_at(x.ndim() - dimensions - 1);
        let (sizes, inputs) = (&sizes[..dimensions], sizes[dimensions]);
        let groups = self.feature_group_count;
        let [window @ .., part, outputs] = kernel.shape() else {
            return Err(self.misfit(operation, &kernel, &x));
        };
        let (part, outputs) = (*part, *outputs);
        if window.len() != dimensions || part * groups != inputs {
            return Err(self.misfit(operation, &kernel, &x));
        }
        divisible(operation, "out_features", outputs, groups)?;
        let bias = self.bias.of_shape(operation, "bias", &[outputs])?;
        let windows = self.windows(operation, sizes, window)?;

        let columns = kernel.reshaped(&[window.iter().product::<usize>() * part, outputs]);
        let image_size = sizes.iter().product::<usize>() * inputs;
        let (images, count) = (batch.iter().product(), windows.count());
        let (values, share) = (x.values::<f32>()?, outputs / groups);
        let mut y = vec![0.0; images * count * outputs];
        for image in 0..images {
            let y = &mut y[image * count * outputs..][..count * outputs];
            let image = &values[image * image_size..][..image_size];
            for group in 0..groups {
                let of_group = group * share..(group + 1) * share;
                let rows = windows.rows(image, inputs, group * part..(group + 1) * part);
                let rows = Tensor::from_vec(rows, &[count, columns.shape()[0]]);
                let bias = bias.as_ref().map(|bias| bias.slice(0, of_group.clone()));
                let part = affine(&rows, &columns.slice(1, of_group.clone()), bias.as_ref());
                let part = part.values::<f32>()?;
                let rows = y.chunks_mut(outputs.max(1)).zip(part.chunks(share.max(1)));
                for (y, part) in rows {
                    y[of_group.clone()].copy_from_slice(part);
                }
            }
        }
        Ok(Tensor::from_vec(
            y,
            &[batch, &windows.outputs, &[outputs]].concat(),
        ))
    }

    /// The windows of an input with the spatial sizes `sizes`, for a kernel with the spatial sizes `kernel`.
    fn windows(
        &self,
        operation: &'static str,
        sizes: &[usize],
        kernel: &[usize],
    ) -> Result<Windows, Error> {
        let dimensions = sizes.len();
        for (name, steps) in [
            ("strides", &self.strides),
            ("kernel_dilation", &self.kernel_dilation),
        ] {
            one_each(operation, name, steps.len(), dimensions)?;
            drawable(operation, name, steps)?;
        }
        if let Padding::Explicit(pairs) = &self.padding {
            one_each(operation, "padding", pairs.len(), dimensions)?;
        }
        let axes: Vec<Axis> = (0..dimensions)
            .map(|axis| {
                let (stride, dilation) = (self.strides[axis], self.kernel_dilation[axis]);
                let span = kernel[axis].saturating_sub(1) * dilation + 1;
                let (before, after) = match &self.padding {
                    Padding::Valid => (0, 0),
                    Padding::Explicit(pairs) => pairs[axis],
                    Padding::Same => {
                        let reach = (sizes[axis].div_ceil(stride) * stride + span)
                            .saturating_sub(stride + sizes[axis]);
                        (reach / 2, reach.div_ceil(2))
                    }
                };
                let room = (before + sizes[axis] + after).checked_sub(span);
                Axis {
                    size: sizes[axis],
                    outputs: room.map_or(0, |room| room / stride + 1),
                    stride,
                    dilation,
                    before,
                }
            })
            .collect();
        let outputs: Vec<usize> = axes.iter().map(|axis| axis.outputs).collect();
        let pixel = |output: &[usize], place: &[usize]| {
            let places = output.iter().zip(place).zip(&axes);
            places
                .into_iter()
                .try_fold(0, |pixel, ((output, place), axis)| {
                    Some(pixel * axis.size + axis.source(*output, *place)?)
                })
        };
        let mut pixels = Vec::new();
        for output in indices(IxDyn(&outputs)) {
            let places = indices(IxDyn(kernel)).into_iter();
            pixels.extend(places.map(|place| pixel(output.slice(), place.slice())));
        }
        Ok(Windows { outputs, pixels })
    }

    /// Which of x and the kernel has the wrong shape: x, if the kernel still has its original shape.
    fn misfit(&self, operation: &'static str, kernel: &Tensor, x: &Tensor) -> Error {
        let (inputs, groups) = (self.in_features, self.feature_group_count);
        let made = |part| [&self.kernel_size[..], &[part, self.out_features]].concat();
        let (leading, found) = x.shape().split_at(x.ndim() - 1);
        let (path, expected, found) = if kernel.shape() == made(inputs / groups) {
            let expected = [leading, &[inputs]].concat();
            (Path::from("x"), expected, x)
        } else {
            let expected = made(found[0] / groups);
            (self.kernel.place_or("kernel"), expected, kernel)
        };
        Error::Shape {
            operation,
            path,
            expected,
            found: found.shape().to_vec(),
        }
    }
}

/// The windows of the kernel over one image.
struct Windows {
    /// The number of windows along each spatial dimension.
    outputs: Vec<usize>,
    /// The pixel at each place of each window, row-major; none in the padding.
    pixels: Vec<Option<usize>>,
}

/// A spatial dimension.
struct Axis {
    size: usize,
    outputs: usize,
    stride: usize,
    dilation: usize,
    /// The padding before the first pixel.
    before: usize,
}

impl Windows {
    fn count(&self) -> usize {
        self.outputs.iter().product()
    }

    /// Some features of all pixels of a window, window by window.
    fn rows(&self, image: &[f32], inputs: usize, features: Range<usize>) -> Vec<f32> {
        let mut rows = Vec::with_capacity(self.pixels.len() * features.len());
        for pixel in &self.pixels {
            match pixel {
                Some(pixel) => rows.extend_from_slice(&image[pixel * inputs..][features.clone()]),
                None => rows.extend(std::iter::repeat_n(0.0, features.len())),
            }
        }
        rows
    }
}

impl Axis {
    /// The pixel at a position of the kernel in a window; `None` in the padding.
    fn source(&self, output: usize, place: usize) -> Option<usize> {
        let padded = output * self.stride + place * self.dilation;
        let pixel = padded.checked_sub(self.before)?;
        (pixel < self.size).then_some(pixel)
    }
}

impl Module for Padding {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        walk.attribute(self);
        self.clone()
    }
}

/// Refuses an argument that does not have one value for each spatial dimension.
fn one_each(
    operation: &'static str,
    name: &str,
    found: usize,
    dimensions: usize,
) -> Result<(), Error> {
    if found == dimensions {
        return Ok(());
    }
    Err(Error::Shape {
        operation,
        path: Path::from(name),
        expected: vec![dimensions],
        found: vec![found],
    })
}
