//! Methods that replace others in a generated variant: ndarray's `dot` and `sum`, and a variable's `set_value`.
//!
//! This is not a module of katas. `variants` appends this source to a solution, and redirects the solution's calls to these
//! methods. The switch in `nnx` decides what is computed differently, and `nnx` computes the products and sums.

use ndarray::{Array1, Array2, ArrayBase, Data, Dimension, Ix1, Ix2};

/// Replaces `set_value` for a variable that keeps its initial value.
pub trait Keep {
    fn katas_keep<T>(&self, _: T) {}
}

impl Keep for nnx::Variable {}

/// Replaces ndarray's `sum`.
pub trait Sum {
    fn katas_sum(&self) -> f32;
}

impl<S: Data<Elem = f32>, D: Dimension> Sum for ArrayBase<S, D> {
    fn katas_sum(&self) -> f32 {
        nnx::sum(&self.iter().copied().collect::<Array1<f32>>())
    }
}

/// Replaces ndarray's `dot`.
pub trait Dot<Other> {
    type Product;
    fn katas_dot(&self, other: &Other) -> Self::Product;
}

impl<S: Data<Elem = f32>, T: Data<Elem = f32>> Dot<ArrayBase<T, Ix1>> for ArrayBase<S, Ix1> {
    type Product = f32;
    fn katas_dot(&self, other: &ArrayBase<T, Ix1>) -> f32 {
        nnx::arithmetic::dot(&self.to_vec(), &other.to_vec())
    }
}

impl<S: Data<Elem = f32>, T: Data<Elem = f32>> Dot<ArrayBase<T, Ix2>> for ArrayBase<S, Ix1> {
    type Product = Array1<f32>;
    fn katas_dot(&self, other: &ArrayBase<T, Ix2>) -> Array1<f32> {
        let columns = other.columns().into_iter();
        columns.map(|column| self.katas_dot(&column)).collect()
    }
}

impl<S: Data<Elem = f32>, T: Data<Elem = f32>> Dot<ArrayBase<T, Ix1>> for ArrayBase<S, Ix2> {
    type Product = Array1<f32>;
    fn katas_dot(&self, other: &ArrayBase<T, Ix1>) -> Array1<f32> {
        let rows = self.rows().into_iter();
        rows.map(|row| row.katas_dot(other)).collect()
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
