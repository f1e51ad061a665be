//! Flax NNX in Rust, on top of ndarray.
//!
//! Learners' programs and the tests call this crate. It draws the same initial values as real Flax (with the same
//! bits), runs the forward pass in one fixed order, and uses Flax's names and meanings for modules, variables and
//! states. It does not differentiate, compile or run on a GPU.
//!
//! ```
//! use ndarray::{Array1, array};
//! use nnx::{Linear, Rngs};
//!
//! let mut rngs = Rngs::new(0);
//! let model = Linear::new(3, 4, &mut rngs);
//! let (graphdef, state) = nnx::split(&model);
//! let merged = nnx::merge(&graphdef, &state)?;
//! let x = array![1.0, 2.0, 3.0];
//! let y: Array1<f32> = model.call(&x);
//! assert_eq!(merged.call(&x), y);
//! # Ok::<(), nnx::Error>(())
//! ```
//!
//! # Words
//! A *variable* is a shared cell with a value and a kind ([`Param`], [`BatchStat`] …). A *module* is a tree of modules,
//! attributes and variables ([`Module`]). A *path* names a variable in that tree ([`Path`]). A *state* is the variables
//! by path ([`State`]); a *graphdef* is the rest of the tree ([`GraphDef`]). A *stream* generates random keys
//! ([`Rngs`]). A *tensor* is an array of any rank and dtype ([`Tensor`]); an *abstract* one has a shape and a dtype and no
//! values ([`eval_shape()`]).
//!
//! # A layer
//! A layer is one file: its variables in [`module!`], a `forward` from tensors to a tensor, and a `call` for arrays
//! that wraps it. It adds and multiplies through `arithmetic`, so its order of operations is written in one place. What
//! Flax takes as keyword arguments are fields, as in `RMSNorm { epsilon: 1e-5, ..RMSNorm::new(4, &mut rngs) }`. An
//! argument that decides which parameters a layer has is a separate constructor instead, such as
//! [`Linear::without_bias`].
//!
//! # Limits
//! This crate differs from Flax 0.12.8 as follows:
//! - All arithmetic is in f32. 16-bit values are widened; Flax computes in 16 bits if all values have 16 bits.
//! - An integer `x` is rejected; Flax would promote it.
//! - A bias must have as many values as there are outputs; Flax also broadcasts a single one.
//! - The normalization layers always treat the last dimension as the features, and have no mask and no
//!   cross-device axis.
//! - [`Conv`] has no circular, reflect or causal padding, no input dilation and no kernel mask.
//! - [`LinearGeneral`] has no batch dimensions of its own (`batch_axis`).
//! - [`MultiHeadAttention`] has no dropout, cache, grouped-query attention or query normalization, and no
//!   separate number of input features for keys; a causal mask is passed like any other. A mask has dtype bool and broadcasts as in NumPy;
//!   Flax also takes numbers.
//! - XLA's 1 / √ is an approximation that depends on the CPU, and so is the order of its sums in convolutions and matrix
//!   products. The outputs of [`RMSNorm`], [`LayerNorm`], [`BatchNorm`], [`Conv`] and [`MultiHeadAttention`] agree with Flax's
//!   to a few ulp; each `forward` says how many.
//! - [`update`] refuses a path that the module does not have; Flax adds a new attribute to the module.
//! - [`merge`] matches the leaves of a plain dict by path; Flax takes them in order and checks only their number.
//! - In a safetensors file, tensors of 4-, 6- and 8-bit floats, complex numbers and unknown types are listed but cannot be read.
//! - Subnormal numbers are kept; XLA on a CPU flushes them to zero.
//!
//! # Modules
//! Lowest first; each uses only those before it. (The blank lines keep rustfmt from sorting them.)

mod operations;

pub mod calls;
mod half;
mod path;

mod dtype;
mod error;

mod tensor;

pub mod json;
pub mod safetensors;
mod threefry;

mod special;

pub mod random;

#[doc(hidden)]
pub mod arithmetic;
pub mod initializers;

mod abstract_mode;
mod variable;

mod pure_dict;
mod state;

mod filter;
mod module;

mod graph;
mod list;
mod optional;

mod rngs;

mod activations;
mod batch_norm;
mod conv;
mod embed;
mod eval_shape;
mod layer_norm;
mod linear;
mod linear_general;
pub mod linen;
mod multi_head_attention;
mod rms_norm;

pub use activations::{gelu, silu, softmax};
pub use arithmetic::sum;
pub use batch_norm::BatchNorm;
pub use conv::{Conv, Padding};
pub use dtype::{DType, Element};
pub use embed::Embed;
pub use error::Error;
pub use eval_shape::eval_shape;
pub use filter::Filter;
pub use graph::{GraphDef, clone, merge, split, split_by, state, state_of, update};
pub use half::{Bf16, F16};
pub use layer_norm::LayerNorm;
pub use linear::Linear;
pub use linear_general::LinearGeneral;
pub use list::List;
pub use module::{Entry, Module, Walk};
pub use multi_head_attention::MultiHeadAttention;
pub use optional::OptionalParam;
pub use path::{Part, Path};
pub use pure_dict::{Node, PureDict};
pub use rms_norm::RMSNorm;
pub use rngs::{RngStream, Rngs};
pub use state::{State, States};
pub use tensor::{ShapeDtypeStruct, Tensor};
pub use variable::{BatchStat, Cache, Intermediate, Kind, Param, RngCount, RngKey, Variable};
