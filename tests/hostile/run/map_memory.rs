//! Maps memory without end, and touches it.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let mut total = 0_u64;
    loop {
        // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS
        let place = unsafe { mmap(std::ptr::null_mut(), 16 << 20, 3, 0x22, -1, 0) };
        if place as isize == -1 {
            break;
        }
        total += 16 << 20;
        assert!(total <= 1 << 30, "escaped: {total} bytes");
    }
    x.clone()
}

unsafe extern "C" {
    fn mmap(place: *mut u8, length: usize, protection: i32, flags: i32, descriptor: i32, offset: i64) -> *mut u8;
}
