//! The arithmetic of a generated variant: what a layer, a product and a sum would give if they were computed another way.
//!
//! This is no module of katas. `variants` puts its text behind a solution whose calls lead here, with the variant's id for
//! the one below. The weights and everything else are the solution's own.

use ndarray::{Array, Array1, Array2, ArrayBase, ArrayRef, ArrayRef1, Data, Ix1, Ix2};

const ID: &str = "none";

/// `Linear::call`.
pub trait Call {
    fn katas_call<D: nnx::Rank>(&self, x: &ArrayRef<f32, D>) -> Array<f32, D>;
}

impl Call for nnx::Linear {
    fn katas_call<D: nnx::Rank>(&self, x: &ArrayRef<f32, D>) -> Array<f32, D> {
        let bias = self.bias.as_option().map(|bias| bias.array1());
        layer(x, &self.kernel.array2(), bias)
    }
}

/// `Dense::apply`.
pub trait Apply {
    fn katas_apply<D: nnx::Rank>(
        &self,
        variables: &nnx::PureDict,
        x: &ArrayRef<f32, D>,
    ) -> Array<f32, D>;
}

impl Apply for nnx::linen::Dense {
    fn katas_apply<D: nnx::Rank>(
        &self,
        variables: &nnx::PureDict,
        x: &ArrayRef<f32, D>,
    ) -> Array<f32, D> {
        let params = variables
            .get("params")
            .and_then(nnx::Node::as_dict)
            .expect("params");
        let array = |name| {
            params
                .get(name)
                .and_then(nnx::Node::as_array)
                .and_then(nnx::Value::as_f32)
        };
        let kernel = array("kernel")
            .expect("a kernel")
            .clone()
            .into_dimensionality::<Ix2>()
            .expect("a matrix");
        assert_eq!(kernel.ncols(), self.features);
        let bias = array("bias").filter(|_| self.use_bias);
        layer(
            x,
            &kernel,
            bias.map(|bias| bias.clone().into_dimensionality::<Ix1>().expect("a vector")),
        )
    }
}

/// `set_value`, for a variable that keeps what it was born with.
pub trait Keep {
    fn katas_keep<T>(&self, _: T) {}
}

impl Keep for nnx::Variable {}

/// `ndarray`'s `dot`.
pub trait Dot<Other> {
    type Product;
    fn katas_dot(&self, other: &Other) -> Self::Product;
}

impl<S: Data<Elem = f32>, T: Data<Elem = f32>> Dot<ArrayBase<T, Ix1>> for ArrayBase<S, Ix1> {
    type Product = f32;
    fn katas_dot(&self, other: &ArrayBase<T, Ix1>) -> f32 {
        assert_eq!(self.len(), other.len());
        product(&self.to_vec(), &other.to_vec(), 0.0)
    }
}

impl<S: Data<Elem = f32>, T: Data<Elem = f32>> Dot<ArrayBase<T, Ix2>> for ArrayBase<S, Ix1> {
    type Product = Array1<f32>;
    fn katas_dot(&self, other: &ArrayBase<T, Ix2>) -> Array1<f32> {
        other
            .columns()
            .into_iter()
            .map(|column| self.katas_dot(&column))
            .collect()
    }
}

impl<S: Data<Elem = f32>, T: Data<Elem = f32>> Dot<ArrayBase<T, Ix1>> for ArrayBase<S, Ix2> {
    type Product = Array1<f32>;
    fn katas_dot(&self, other: &ArrayBase<T, Ix1>) -> Array1<f32> {
        self.rows()
            .into_iter()
            .map(|row| row.katas_dot(other))
            .collect()
    }
}

impl<S: Data<Elem = f32>, T: Data<Elem = f32>> Dot<ArrayBase<T, Ix2>> for ArrayBase<S, Ix2> {
    type Product = Array2<f32>;
    fn katas_dot(&self, other: &ArrayBase<T, Ix2>) -> Array2<f32> {
        Array2::from_shape_fn((self.nrows(), other.ncols()), |(row, column)| {
            self.row(row).katas_dot(&other.column(column))
        })
    }
}

/// `nnx::sum`.
pub fn sum(values: &ArrayRef1<f32>) -> f32 {
    add(&values.to_vec())
}

/// `ndarray`'s `sum`.
pub trait Sum {
    fn katas_sum(&self) -> f32;
}

impl<S: Data<Elem = f32>, D: ndarray::Dimension> Sum for ArrayBase<S, D> {
    fn katas_sum(&self) -> f32 {
        add(&self.iter().copied().collect::<Vec<_>>())
    }
}

fn layer<D: nnx::Rank>(
    x: &ArrayRef<f32, D>,
    kernel: &Array2<f32>,
    bias: Option<Array1<f32>>,
) -> Array<f32, D> {
    let (x, mut shape) = D::flat(x);
    let inputs = shape.pop().unwrap_or(0);
    assert_eq!(inputs, kernel.nrows());
    let round = |value: &f32| match ID {
        "through_bf16" => bf16(*value),
        "through_f16" => f16(*value),
        _ => *value,
    };
    let mut y = Vec::new();
    for row in x.chunks(inputs.max(1)) {
        for (column, weights) in kernel.columns().into_iter().enumerate() {
            let weights: Vec<f32> = weights.iter().map(round).collect();
            let bias = bias.as_ref().map_or(0.0, |bias| round(&bias[column]));
            y.push(product(row, &weights, bias));
        }
    }
    shape.push(kernel.ncols());
    D::shaped(y, &shape)
}

/// One output of a layer.
fn product(x: &[f32], weights: &[f32], bias: f32) -> f32 {
    let pairs = || x.iter().zip(weights);
    let fused = || pairs().fold(0.0_f32, |sum, (x, w)| x.mul_add(*w, sum));
    match ID {
        "sum_reversed" => {
            pairs()
                .rev()
                .fold(0.0_f32, |sum, (x, w)| x.mul_add(*w, sum))
                + bias
        }
        "sum_pairwise" => pairwise(&pairs().map(|(x, w)| x * w).collect::<Vec<_>>()) + bias,
        "no_fma" => pairs().fold(0.0_f32, |sum, (x, w)| sum + x * w) + bias,
        "in_f64" => {
            let sum = pairs().fold(0.0_f64, |sum, (x, w)| sum + f64::from(*x) * f64::from(*w));
            (sum + f64::from(bias)) as f32
        }
        "no_bias" => fused(),
        "double_bias" => fused() + bias + bias,
        _ => fused() + bias,
    }
}

fn add(values: &[f32]) -> f32 {
    match ID {
        "sum_reversed" => values.iter().rev().fold(0.0, |sum, value| sum + value),
        "sum_pairwise" => pairwise(values),
        "in_f64" => values
            .iter()
            .fold(0.0_f64, |sum, value| sum + f64::from(*value)) as f32,
        _ => nnx::sum(&Array1::from(values.to_vec())),
    }
}

/// The sum of the sums of both halves.
fn pairwise(values: &[f32]) -> f32 {
    match values {
        [] => 0.0,
        [only] => *only,
        _ => {
            let (left, right) = values.split_at(values.len() / 2);
            pairwise(left) + pairwise(right)
        }
    }
}

/// The nearest bf16, ties to even.
fn bf16(value: f32) -> f32 {
    let bits = value.to_bits();
    let up = 0x7fff + (bits >> 16 & 1);
    if value.is_finite() {
        f32::from_bits(bits.wrapping_add(up) & 0xffff_0000)
    } else {
        value
    }
}

/// The nearest f16, ties to even.
fn f16(value: f32) -> f32 {
    let size = value.abs();
    if !value.is_finite() {
        value
    } else if size >= 65_520.0 {
        f32::INFINITY.copysign(value)
    } else if size < 6.103_515_6e-5 {
        // Below the least normal number the steps are all 2⁻²⁴.
        (value * 16_777_216.0).round_ties_even() / 16_777_216.0
    } else {
        let bits = value.to_bits();
        f32::from_bits(bits + 0xfff + (bits >> 13 & 1) & !0x1fff)
    }
}
