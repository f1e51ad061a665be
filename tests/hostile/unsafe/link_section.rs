//! Runs before the driver does.
//!
//! expect: 15:3 `unsafe`
//! allowed: panicked

use ndarray::Array1;

static RAN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

extern "C" fn early() {
    RAN.store(true, std::sync::atomic::Ordering::Relaxed);
}

#[used]
#[unsafe(link_section = ".init_array")]
static EARLY: extern "C" fn() = early;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    assert!(!RAN.load(std::sync::atomic::Ordering::Relaxed), "unsafe code ran");
    x.clone()
}
