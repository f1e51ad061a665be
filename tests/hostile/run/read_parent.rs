//! Reads the runner through /proc.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let parent = std::os::unix::process::parent_id();
    for what in ["mem", "environ", "maps", "cmdline", "status", "fd/0", "fd/3", "root/etc/passwd", "cwd/Cargo.toml"] {
        let file = format!("/proc/{parent}/{what}");
        if std::fs::File::open(&file).is_ok() {
            panic!("escaped: {file}");
        }
    }
    x.clone()
}
