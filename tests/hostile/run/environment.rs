//! Looks into the environment.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for (name, value) in std::env::vars_os() {
        if name != "LC_ALL" {
            panic!("escaped: {name:?} = {value:?}");
        }
    }
    assert_eq!(std::env::args().count(), 1, "escaped: arguments");
    x.clone()
}
