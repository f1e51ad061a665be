//! `nnx.Embed`: a table with a row of features for each id.
//!
//! Learners look up tokens in it and, if the model's weights are tied, multiply by it. It draws its initial values as
//! Flax does, and computes through `arithmetic`, which fixes the order of operations.

use ndarray::{Array, ArrayD, ArrayRef, Dimension};

use crate::arithmetic::{affine, parameters};
use crate::calls::note;
use crate::dtype::Element;
use crate::error::{Error, or_panic};
use crate::initializers::drawable;
use crate::module;
use crate::path::Path;
use crate::random::{Key, normal};
use crate::rngs::Rngs;
use crate::tensor::Tensor;
use crate::variable::Param;

module! {
    /// A table of embeddings.
    #[derive(Debug)]
    pub struct Embed {
        /// Shape (num_embeddings, features).
        pub embedding: Param,
        /// The number of rows that the layer was created with.
        pub num_embeddings: usize,
        /// The length of a row that the layer was created with.
        pub features: usize,
    }
}

impl Embed {
    /// A table of normally distributed values with variance 1/features. Takes one key from the stream `params`.
    ///
    /// # Panics
    /// If a size is 0, or `rngs` has neither the stream `params` nor `default`.
    #[track_caller]
    pub fn new(num_embeddings: usize, features: usize, rngs: &mut Rngs) -> Self {
        let (operation, shape) = (note("nnx.Embed"), [num_embeddings, features]);
        let key = rngs.params();
        or_panic(drawable(operation, "embedding", &shape));
        Self {
            embedding: Param::init(&shape, || initial(key, shape)),
            num_embeddings,
            features,
        }
    }

    /// Looks up the rows (.., features) of integer ids (..), with any number of dimensions.
    ///
    /// As in Flax, −1 is the last row, and an id without a row gives NaN; if the table was created with a single row, every id gets it.
    ///
    /// # Panics
    /// If [`Self::forward`] returns an error; the message is the error's.
    #[track_caller]
    pub fn call<T: Element, D: Dimension>(&self, ids: &ArrayRef<T, D>) -> Array<f32, D::Larger> {
        or_panic(self.try_call(ids))
    }

    /// Like [`Self::call`], but returns the error.
    ///
    /// # Errors
    /// Like [`Self::forward`].
    pub fn try_call<T: Element, D: Dimension>(
        &self,
        ids: &ArrayRef<T, D>,
    ) -> Result<Array<f32, D::Larger>, Error> {
        self.forward(&Tensor::from_array(ids.view()))?.try_into()
    }

    /// [`Self::call`] for a tensor of ids.
    ///
    /// # Errors
    /// If the ids are not integers, or the table is abstract or not a matrix.
    pub fn forward(&self, ids: &Tensor) -> Result<Tensor, Error> {
        let operation = note("nnx.Embed.__call__");
        let numbers = ids.integers(operation, || Path::from("inputs"))?;
        let (table, [rows, features]) = self.table(operation)?;
        if self.num_embeddings == 1 && rows != 1 {
            return Err(self.misfit(operation, &table));
        }
        let table = parameters(&table);
        let table = table.values::<f32>()?;
        let mut values = Vec::with_capacity(numbers.len() * features);
        for id in numbers {
            match self.row(id, rows) {
                Some(row) => values.extend_from_slice(&table[row * features..][..features]),
                None => values.extend(std::iter::repeat_n(f32::NAN, features)),
            }
        }
        Ok(Tensor::from_vec(
            values,
            &[ids.shape(), &[features]].concat(),
        ))
    }

    /// Multiplies queries (.., features) by every row. The result (.., num_embeddings) is the logits of a model with
    /// tied weights.
    ///
    /// # Panics
    /// If [`Self::forward_attend`] returns an error; the message is the error's.
    #[track_caller]
    pub fn attend<D: Dimension>(&self, query: &ArrayRef<f32, D>) -> Array<f32, D> {
        or_panic(self.try_attend(query))
    }

    /// Like [`Self::attend`], but returns the error.
    ///
    /// # Errors
    /// Like [`Self::forward_attend`].
    pub fn try_attend<D: Dimension>(
        &self,
        query: &ArrayRef<f32, D>,
    ) -> Result<Array<f32, D>, Error> {
        self.forward_attend(&Tensor::from_array(query.view()))?
            .try_into()
    }

    /// [`Self::attend`] for a tensor of floats.
    ///
    /// # Errors
    /// If the shapes are incompatible, or the table is abstract or not a matrix.
    pub fn forward_attend(&self, query: &Tensor) -> Result<Tensor, Error> {
        let operation = note("nnx.Embed.attend");
        let query = query.floats(operation, || Path::from("query"))?;
        let (table, [_, features]) = self.table(operation)?;
        if query.shape().last() != Some(&features) {
            let leading = query
                .shape()
                .split_last()
                .map_or(&[][..], |(_, leading)| leading);
            return Err(Error::Shape {
                operation,
                path: Path::from("query"),
                expected: [leading, &[features]].concat(),
                found: query.shape().to_vec(),
            });
        }
        Ok(affine(&query, &table.t(), None))
    }

    /// The row of an id: counted from the end if the id is negative; always the first if there is only one row.
    fn row(&self, id: i128, rows: usize) -> Option<usize> {
        if self.num_embeddings == 1 {
            return Some(0);
        }
        let from_start = if id < 0 { id + rows as i128 } else { id };
        usize::try_from(from_start).ok().filter(|row| *row < rows)
    }

    /// The table and its shape. As in Flax, only the array matters, not the sizes that the layer was created for.
    fn table(&self, operation: &'static str) -> Result<(Tensor, [usize; 2]), Error> {
        let table = self.embedding.floats(operation, "embedding")?;
        match *table.shape() {
            [rows, features] => Ok((table, [rows, features])),
            _ => Err(self.misfit(operation, &table)),
        }
    }

    fn misfit(&self, operation: &'static str, table: &Tensor) -> Error {
        Error::Shape {
            operation,
            path: self.embedding.place_or("embedding"),
            expected: vec![self.num_embeddings, self.features],
            found: table.shape().to_vec(),
        }
    }
}

/// `variance_scaling(1.0, 'fan_in', 'normal', out_axis=0)`.
///
/// JAX takes the rows as both inputs and outputs, which leaves features / rows; everything is computed in f64, as in
/// Python.
fn initial(key: Key, shape: [usize; 2]) -> ArrayD<f32> {
    let [rows, features] = shape.map(|size| size as f64);
    let fan_in = rows * (rows * features / rows / rows);
    let variance = (1.0 / fan_in) as f32;
    normal(key, &shape) * variance.sqrt()
}
