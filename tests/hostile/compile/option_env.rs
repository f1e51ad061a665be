//! Looks for variables of the environment that the runner has.
//!
//! expect: passed
//! within: 15

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for found in [option_env!("HOME"), option_env!("USER"), option_env!("KATAS_CACHE"), option_env!("CARGO_HOME"), option_env!("LD_PRELOAD"), option_env!("RUSTUP_HOME")] {
        assert_eq!(found, None, "escaped");
    }
    x.clone()
}
