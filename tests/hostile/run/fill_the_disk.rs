//! Fills the disk with files that have no name.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    const O_TMPFILE_WRITE: i32 = 0o20200001;
    for folder in ["/tmp\0", "/dev/shm\0", "/var/tmp\0", "@ROOT@\0", "/\0"] {
        let opened = unsafe { open(folder.as_ptr(), O_TMPFILE_WRITE, 0o600) };
        assert_eq!(opened, -1, "escaped: a file without a name in {folder}");
    }
    x.clone()
}

unsafe extern "C" {
    fn open(path: *const u8, flags: i32, ...) -> i32;
}
