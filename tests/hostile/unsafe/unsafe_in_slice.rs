//! An unsafe block among the indices of a slice.
//!
//! expect: 9:35 `unsafe`
//! allowed: panicked

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let all = x.slice(ndarray::s![unsafe { std::hint::black_box(0) }..]);
    panic!("unsafe code ran: {}", all.len())
}
