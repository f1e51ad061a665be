//! Counts what is allocated, in an allocator of its own.
//!
//! expect: 10:1 `unsafe`
//! allowed: panicked

use ndarray::Array1;

struct Own;

unsafe impl std::alloc::GlobalAlloc for Own {
    unsafe fn alloc(&self, layout: std::alloc::Layout) -> *mut u8 {
        unsafe { std::alloc::System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: std::alloc::Layout) {
        unsafe { std::alloc::System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static OWN: Own = Own;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    panic!("unsafe code ran: {}", x.len())
}
