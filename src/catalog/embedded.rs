//! The files inside this program, as `build.rs` listed them: path and bytes, sorted by path.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
