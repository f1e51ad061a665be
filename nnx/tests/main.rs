//! Holds nnx to recorded values of real Flax and to the meanings its documentation gives; a file for each topic.

mod linear;
mod truth;
