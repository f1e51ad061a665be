//! Looks for descriptors that the runner left open.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for number in 4..4096 {
        // F_GETFD
        if unsafe { fcntl(number, 1) } != -1 {
            panic!("escaped: descriptor {number} is open");
        }
    }
    x.clone()
}

unsafe extern "C" {
    fn fcntl(descriptor: i32, command: i32, ...) -> i32;
}
