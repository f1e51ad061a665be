//! The embedded files, as listed by `build.rs`: path and bytes, sorted by path.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
