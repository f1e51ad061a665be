//! Edits the answer and what was built of it while it runs.
//!
//! expect: passed
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    for file in ["@ANSWER@", "@CACHE@/toolchain.json", "@CACHE@/answers/x", "/proc/self/exe"] {
        assert!(std::fs::write(file, "escaped").is_err(), "escaped: wrote {file}");
    }
    if let Ok(own) = std::env::current_exe() {
        assert!(std::fs::write(&own, "escaped").is_err(), "escaped: wrote {own:?}");
        assert!(std::fs::remove_file(&own).is_err(), "escaped: removed {own:?}");
        let record = own.with_file_name("built.json");
        assert!(std::fs::write(&record, "{}").is_err(), "escaped: wrote {record:?}");
        assert!(std::fs::read(&record).is_err(), "escaped: read {record:?}");
    }
    x.clone()
}
