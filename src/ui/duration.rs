//! Durations in words: "84 ms", "2.3 s", "1 min 20 s".

use std::time::Duration;

/// A duration in the shortest form.
pub(super) fn short(time: Duration) -> String {
    let milliseconds = time.as_millis();
    if milliseconds < 1000 {
        format!("{milliseconds} ms")
    } else if milliseconds < 60_000 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!(
            "{} min {} s",
            milliseconds / 60_000,
            milliseconds / 1000 % 60
        )
    }
}
