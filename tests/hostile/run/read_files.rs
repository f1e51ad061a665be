//! Reads the spec, the lock, a solution, the home folder, and what lies around.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    let files = [
        "@SPEC@", "@LOCK@", "@SOLUTION@", "@SECRET@", "@LINK@", "@ANSWER@", "/etc/passwd", "/etc/shadow", "/etc/hostname",
        "/proc/self/cwd/etc/passwd", "/proc/self/environ", "/proc/version", "/dev/zero",
        "/dev/fd/4",
    ];
    for file in files {
        if let Ok(mut opened) = std::fs::File::open(file) {
            let mut some = [0; 64];
            let count = std::io::Read::read(&mut opened, &mut some);
            panic!("escaped: {file}: {count:?} {}", String::from_utf8_lossy(&some));
        }
    }
    for folder in ["/", "/tmp", "/root", "/home", "/proc", "/proc/self/root", "@HOME@", "@ROOT@", "."] {
        if std::fs::read_dir(folder).is_ok() {
            panic!("escaped: {folder} can be listed");
        }
    }
    x.clone()
}
