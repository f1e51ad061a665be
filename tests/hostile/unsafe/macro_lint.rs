//! Hands the name of the lint to a macro.
//!
//! expect: 15:13 `unsafe_code`
//! allowed: panicked

use ndarray::Array1;

macro_rules! allowing {
    ($lint:ident $item:item) => {
        #[allow($lint)]
        $item
    };
}

allowing! { unsafe_code
pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let read = unsafe { std::ptr::read(x) };
    std::mem::forget(read);
    panic!("unsafe code ran")
}
}
