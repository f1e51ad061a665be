//! Earns a gigabyte of warnings, which is not a reason to refuse it: it is compiled once more without them.
//!
//! expect: passed
//! within: 25

use ndarray::Array1;

macro_rules! a { () => { b!(); b!(); b!(); b!(); b!(); b!(); b!(); b!(); }; }
macro_rules! b { () => { c!(); c!(); c!(); c!(); c!(); c!(); c!(); c!(); }; }
macro_rules! c { () => { d!(); d!(); d!(); d!(); d!(); d!(); d!(); d!(); }; }
macro_rules! d { () => { e!(); e!(); e!(); e!(); e!(); e!(); e!(); e!(); }; }
macro_rules! e { () => { { let unused = 1; } { let forgotten = 2; } }; }

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    a!();
    x.clone()
}
