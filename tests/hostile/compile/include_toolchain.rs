//! Takes in a text of the toolchain: where its sources are installed, they are text that nothing has looked through.
//!
//! expect: errors
//! within: 15

use ndarray::Array1;

pub const TEXT: &str = include_str!("@SYSROOT@/lib/rustlib/multirust-channel-manifest.toml");

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    x.clone()
}
