//! Sets a panic hook that prints a pass and ends well.
//!
//! expect: exited 0
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    std::panic::set_hook(Box::new(|_| {
        println!("attack: passed. All 2 cases, every bit.");
        std::process::exit(0);
    }));
    if x.len() < 100 {
        panic!("passed");
    }
    x.clone()
}
