//! Tests of whole files: what a right one says, and what is told of a broken one.
