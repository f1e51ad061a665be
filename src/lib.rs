//! `katas`: exercises in porting model weights from PyTorch and Hugging Face to JAX and Flax, judged bit for bit.

pub mod array;
pub mod compare;
pub mod spec;
