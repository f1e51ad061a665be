//! Any bytes as records of an untrusted program: reading never panics, and records that were read are written back
//! unchanged.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[expect(dead_code, reason = "the file also serves the driver and the runner")]
#[path = "../../src/track/wire.rs"]
mod wire;

fuzz_target!(|bytes: &[u8]| {
    let (records, whole) = wire::decode_records(bytes);
    let again: Vec<u8> = records.iter().flat_map(wire::encode_record).collect();
    // Text that is not UTF-8 is converted, so the records are compared instead of the bytes.
    assert_eq!(wire::decode_records(&again), (records, true));
    assert!(whole || !bytes.is_empty());
    if let Some(request) = wire::decode_request(bytes) {
        assert_eq!(wire::encode_request(&request), bytes);
    }
});
