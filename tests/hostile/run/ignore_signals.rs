//! Ignores every signal that can be ignored, and works forever.
//!
//! expect: out of time
//! within: 8

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for number in 1..65 {
        unsafe { signal(number, 1) };
    }
    let mut value = x[0];
    loop {
        value = std::hint::black_box(value + 1.0);
        if value < 0.0 {
            return vec![value].into();
        }
    }
}

unsafe extern "C" {
    fn signal(number: i32, action: usize) -> usize;
}
