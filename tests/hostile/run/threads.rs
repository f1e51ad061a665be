//! Starts threads without end.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for _ in 0..1000 {
        let thread = std::thread::Builder::new().spawn(|| std::thread::sleep(std::time::Duration::from_secs(60)));
        assert!(thread.is_err(), "escaped: a thread");
    }
    x.clone()
}
