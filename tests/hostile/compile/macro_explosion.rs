//! Writes a billion statements with fifteen macros.
//!
//! expect: errors | too much to compile
//! within: 25

use ndarray::Array1;

macro_rules! a { () => { b!(); b!(); b!(); b!(); b!(); b!(); b!(); b!(); }; }
macro_rules! b { () => { c!(); c!(); c!(); c!(); c!(); c!(); c!(); c!(); }; }
macro_rules! c { () => { d!(); d!(); d!(); d!(); d!(); d!(); d!(); d!(); }; }
macro_rules! d { () => { e!(); e!(); e!(); e!(); e!(); e!(); e!(); e!(); }; }
macro_rules! e { () => { f!(); f!(); f!(); f!(); f!(); f!(); f!(); f!(); }; }
macro_rules! f { () => { g!(); g!(); g!(); g!(); g!(); g!(); g!(); g!(); }; }
macro_rules! g { () => { h!(); h!(); h!(); h!(); h!(); h!(); h!(); h!(); }; }
macro_rules! h { () => { let _ = 1; let _ = 2; let _ = 3; let _ = 4; }; }

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    a!();
    x.clone()
}
