//! Runs before the driver does.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
}

static ESCAPED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

extern "C" fn early() {
    let read = std::fs::read("@SPEC@").is_ok();
    let child = unsafe { syscall(57) };
    if child == 0 {
        // Two drivers would read the cases from one pipe, and neither would get all of them.
        unsafe { syscall(60, 0) };
    }
    let forked = child > 0;
    ESCAPED.store(read || forked, std::sync::atomic::Ordering::Relaxed);
}

#[used]
#[unsafe(link_section = ".init_array")]
static EARLY: extern "C" fn() = early;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    assert!(!ESCAPED.load(std::sync::atomic::Ordering::Relaxed), "escaped before main");
    x.clone()
}
