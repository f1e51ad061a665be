//! Forks twice, leaves the session and holds the pipes.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    if unsafe { fork() } == 0 {
        unsafe { setsid() };
        if unsafe { fork() } == 0 {
            std::thread::sleep(std::time::Duration::from_secs(60));
        }
        std::thread::sleep(std::time::Duration::from_secs(60));
    }
    assert_eq!(unsafe { setsid() }, -1, "escaped: a session of its own");
    assert_eq!(unsafe { setpgid(0, 0) }, -1, "escaped: a group of its own");
    x.clone()
}

unsafe extern "C" {
    fn fork() -> i32;
    fn setsid() -> i32;
    fn setpgid(process: i32, group: i32) -> i32;
}
