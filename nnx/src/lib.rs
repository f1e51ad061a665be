//! What Flax NNX means, in Rust over ndarray.
