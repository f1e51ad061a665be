//! `nnx.MultiHeadAttention`: each position becomes a mean of the values at all positions, weighted by how well the
//! query and the key match.
//!
//! Learners load the four projections of a checkpoint into it. It computes through `arithmetic`, which fixes the order of
//! operations.

use ndarray::{Array, Array2, ArrayD, ArrayRef, Dimension, IxDyn};

use crate::activations::softmax;
use crate::arithmetic::product;
use crate::calls::note;
use crate::error::{Error, or_panic};
use crate::initializers::divisible;
use crate::linear_general::LinearGeneral;
use crate::module;
use crate::module::walk;
use crate::path::Path;
use crate::rngs::Rngs;
use crate::tensor::Tensor;

module! {
    /// Multi-head attention. It has no dropout and no cache, so it is Flax's layer with `decode=False`.
    ///
    /// ```
    /// # use ndarray::{Array2, array};
    /// # use nnx::{MultiHeadAttention, Rngs};
    /// let attention = MultiHeadAttention::new(2, 4, 4, 4, &mut Rngs::new(0));
    /// let x = array![[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]];
    /// let causal = Array2::from_shape_fn((2, 2), |(query, key)| key <= query);
    /// assert_eq!(attention.call(&x).shape(), [2, 4]);
    /// attention.call_with(&x, &x, &x, Some(&causal.into_dyn()));
    /// ```
    #[derive(Debug)]
    pub struct MultiHeadAttention {
        /// From the inputs to the queries: kernel (in, heads, head_dim), bias (heads, head_dim).
        pub query: LinearGeneral,
        /// From the inputs to the keys; the same shapes.
        pub key: LinearGeneral,
        /// From the inputs to the values; the same shapes.
        pub value: LinearGeneral,
        /// From all heads to the outputs: kernel (heads, head_dim, out), bias (out).
        pub out: LinearGeneral,
        /// The number of heads.
        pub num_heads: usize,
        /// The number of features of the inputs.
        pub in_features: usize,
        /// The number of features of the queries, of the keys and of the values, in all heads together.
        pub qkv_features: usize,
        /// The number of features of the outputs.
        pub out_features: usize,
        /// The number of features of one head.
        pub head_dim: usize,
    }
}

impl MultiHeadAttention {
    /// A layer with zero biases and `lecun_normal` kernels. Takes two keys from the stream `params` for each
    /// projection: query, key, value, out. In Flax, `qkv_features` and `out_features` are `in_features` if they are
    /// left out.
    ///
    /// # Panics
    /// If a size is 0, the heads do not divide `qkv_features`, or `rngs` has neither the stream `params` nor `default`.
    #[track_caller]
    pub fn new(
        num_heads: usize,
        in_features: usize,
        qkv_features: usize,
        out_features: usize,
        rngs: &mut Rngs,
    ) -> Self {
        let sizes = [num_heads, in_features, qkv_features, out_features];
        or_panic(Self::create(sizes, true, rngs))
    }

    /// A layer without biases (`use_bias=False`). Takes one key for each projection.
    ///
    /// # Panics
    /// Like [`Self::new`].
    #[track_caller]
    pub fn without_bias(
        num_heads: usize,
        in_features: usize,
        qkv_features: usize,
        out_features: usize,
        rngs: &mut Rngs,
    ) -> Self {
        let sizes = [num_heads, in_features, qkv_features, out_features];
        or_panic(Self::create(sizes, false, rngs))
    }

    fn create(sizes: [usize; 4], use_bias: bool, rngs: &mut Rngs) -> Result<Self, Error> {
        let operation = note("nnx.MultiHeadAttention");
        let [num_heads, in_features, qkv_features, out_features] = sizes;
        divisible(operation, "qkv_features", qkv_features, num_heads)?;
        let head_dim = qkv_features / num_heads;
        let heads = [num_heads, head_dim];
        let mut linear = |inputs: &[usize], outputs: &[usize]| {
            LinearGeneral::create(operation, inputs, outputs, use_bias, rngs)
        };
        let model = Self {
            query: linear(&[in_features], &heads)?,
            key: linear(&[in_features], &heads)?,
            value: linear(&[in_features], &heads)?,
            out: linear(&heads, &[out_features])?,
            num_heads,
            in_features,
            qkv_features,
            out_features,
            head_dim,
        };
        // From now on, errors say which of the four kernels they are about.
        Ok(walk(&model, &mut |_, variable| variable.clone()).0)
    }

    /// Self-attention: the outputs (batch.., length, out) for inputs (batch.., length, in), with any number of batch dimensions.
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
        self.try_call_with(x, x, x, None)
    }

    /// [`Self::call`] for a tensor of floats; [`Self::forward_with`] says how close the outputs are to Flax's.
    ///
    /// # Errors
    /// Like [`Self::forward_with`].
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, Error> {
        self.forward_with(x, x, x, None)
    }

    /// Attention from the positions of q to those of k and v, which have the same length: `layer(q, k, v, mask=mask)`.
    /// The outputs are (batch.., length of q, out).
    ///
    /// A query ignores the keys for which the mask is false; if it is false for all keys, the query attends to all of
    /// them equally. The mask is (batch.., heads, length of q, length of k), or something that broadcasts to this
    /// shape, such as (length of q, length of k).
    ///
    /// # Panics
    /// If [`Self::forward_with`] returns an error; the message is the error's.
    #[track_caller]
    pub fn call_with<D: Dimension>(
        &self,
        q: &ArrayRef<f32, D>,
        k: &ArrayRef<f32, D>,
        v: &ArrayRef<f32, D>,
        mask: Option<&ArrayD<bool>>,
    ) -> Array<f32, D> {
        or_panic(self.try_call_with(q, k, v, mask))
    }

    /// Like [`Self::call_with`], but returns the error.
    ///
    /// # Errors
    /// Like [`Self::forward_with`].
    pub fn try_call_with<D: Dimension>(
        &self,
        q: &ArrayRef<f32, D>,
        k: &ArrayRef<f32, D>,
        v: &ArrayRef<f32, D>,
        mask: Option<&ArrayD<bool>>,
    ) -> Result<Array<f32, D>, Error> {
        let [q, k, v] = [q, k, v].map(|x| Tensor::from_array(x.view()));
        let mask = mask.map(|mask| Tensor::from_array(mask.view()));
        self.forward_with(&q, &k, &v, mask.as_ref())?.try_into()
    }

    /// [`Self::call_with`] for tensors of floats, and a mask of booleans. The outputs are f32. They have Flax's bits if
    /// XLA computes each product of a matrix (m, n) and a matrix (n, f) in one loop on every CPU. That is so if m, n
    /// and f are below 8, two of them are at most 3, and either n is at most 2 or f is at least 3 and not 5. (In
    /// a projection, m counts the positions of all batches.)
    ///
    /// Other outputs were measured to differ by at most 8 ulp of the greatest output, with scores up to 11. They differ
    /// more for greater scores: eˣ turns the error of a score into a relative error of a weight.
    ///
    /// # Errors
    /// If the shapes are incompatible or a parameter is abstract. The kernels must have the shapes that the layer was
    /// created with.
    pub fn forward_with(
        &self,
        q: &Tensor,
        k: &Tensor,
        v: &Tensor,
        mask: Option<&Tensor>,
    ) -> Result<Tensor, Error> {
        let operation = note("nnx.MultiHeadAttention.__call__");
        self.check_inputs(operation, q, k, v)?;
        self.check_kernels(operation)?;
        let query = self.query.apply(operation, "inputs_q", q)?;
        let key = self.key.apply(operation, "inputs_k", k)?;
        let value = self.value.apply(operation, "inputs_v", v)?;
        let attended = attend(operation, &query, &key, &value, mask)?;
        self.out.apply(operation, "x", &attended)
    }

    /// Checks that the inputs have the same batch dimensions, and that there is a value for each key.
    fn check_inputs(
        &self,
        operation: &'static str,
        q: &Tensor,
        k: &Tensor,
        v: &Tensor,
    ) -> Result<(), Error> {
        let rank = q.ndim().max(2);
        for (name, x, as_long_as) in [("inputs_q", q, q), ("inputs_k", k, k), ("inputs_v", v, k)] {
            let (path, found) = (Path::from(name), x.shape().to_vec());
            if x.ndim() != rank {
                return Err(Error::Rank {
                    operation,
                    path,
                    expected: rank,
                    found,
                });
            }
            let length = as_long_as.shape()[rank - 2];
            let expected = [&q.shape()[..rank - 2], &[length, self.in_features]].concat();
            if found != expected {
                return Err(Error::Shape {
                    operation,
                    path,
                    expected,
                    found,
                });
            }
        }
        Ok(())
    }

    fn check_kernels(&self, operation: &'static str) -> Result<(), Error> {
        let (heads, features) = (self.num_heads, self.head_dim);
        let into_heads = [self.in_features, heads, features];
        for (layer, expected) in [
            (&self.query, into_heads),
            (&self.key, into_heads),
            (&self.value, into_heads),
            (&self.out, [heads, features, self.out_features]),
        ] {
            let found = layer.kernel.shape();
            if found != expected {
                return Err(Error::Shape {
                    operation,
                    path: layer.kernel.place_or("kernel"),
                    expected: expected.to_vec(),
                    found,
                });
            }
        }
        Ok(())
    }
}

/// The mean of the values for each query, all of shape (batch.., length, heads, features).
fn attend(
    operation: &'static str,
    query: &Tensor,
    key: &Tensor,
    value: &Tensor,
    mask: Option<&Tensor>,
) -> Result<Tensor, Error> {
    let split = query.shape().split_last_chunk();
    let (batch, &[length, heads, features]) = split.expect("a projection has heads");
    let keys = key.shape()[batch.len()];
    let shape = [batch, &[heads, length, keys]].concat();
    let mask = mask.map(|mask| broadcast(operation, mask, &shape));
    let mask = mask.transpose()?;
    // JAX rounds the scale, and multiplies the scores, not the queries.
    let scale = (1.0 / (features as f64).sqrt()) as f32;

    let mut y = Vec::with_capacity(query.size());
    let triples = by_head(query)
        .into_iter()
        .zip(by_head(key))
        .zip(by_head(value));
    for (index, ((query, key), value)) in triples.enumerate() {
        let mut scores = Array2::<f32>::try_from(product(&query, &key.t(), None))? * scale;
        if let Some(mask) = &mask {
            let mask = &mask[index * scores.len()..];
            for (score, is_seen) in scores.iter_mut().zip(mask) {
                if !is_seen {
                    *score = MASKED;
                }
            }
        }
        let weights = Tensor::from(softmax(&scores));
        y.extend_from_slice(&product(&weights, &value, None).values::<f32>()?);
    }
    let count = batch.iter().product();
    let y = Tensor::from_vec(y, &[count, heads, length, features]).permute(&[0, 2, 1, 3]);
    Ok(y.reshaped(query.shape()))
}

/// The matrices (length, features) of a tensor (batch.., length, heads, features): those of the first batch, head by
/// head, then those of the next.
fn by_head(x: &Tensor) -> Vec<Tensor> {
    let split = x.shape().split_last_chunk();
    let (batch, &[length, heads, features]) = split.expect("a projection has heads");
    let count: usize = batch.iter().product();
    let x = x.reshaped(&[count, length, heads, features]);
    let matrix = |batch: usize, head: usize| {
        let part = x.slice(0, batch..batch + 1).slice(2, head..head + 1);
        part.reshaped(&[length, features])
    };
    (0..count)
        .flat_map(|batch| (0..heads).map(move |head| (batch, head)))
        .map(|(batch, head)| matrix(batch, head))
        .collect()
}

/// The elements of a mask that is broadcast to this shape.
fn broadcast(operation: &'static str, mask: &Tensor, shape: &[usize]) -> Result<Vec<bool>, Error> {
    let path = Path::from("mask");
    let Ok(view) = mask.view::<bool>() else {
        return Err(mask.has_no("bool", operation, path));
    };
    let Some(view) = view.broadcast(IxDyn(shape)) else {
        return Err(Error::Shape {
            operation,
            path,
            expected: shape.to_vec(),
            found: mask.shape().to_vec(),
        });
    };
    Ok(view.iter().copied().collect())
}

/// The score of a key that a query ignores: −0.7 times the greatest f32, as in JAX.
const MASKED: f32 = f32::from_bits(0xFF33_3332);
