//! Writes to its own input, to fill the memory it lies in.
//!
//! expect: crashed 25
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let block = vec![0_u8; 1 << 20];
    // No file may grow at all: the signal comes before the seal has to hold.
    assert_eq!(unsafe { write(0, block.as_ptr(), block.len()) }, -1, "escaped: the input grew");
    x.clone()
}

unsafe extern "C" {
    fn write(descriptor: i32, bytes: *const u8, count: usize) -> isize;
}
