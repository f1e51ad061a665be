//! Any bytes as `kata.lock`, and the same bytes with a correct digest: reading never panics, and a lock that was read
//! is written back unchanged.

#![no_main]

use std::sync::LazyLock;

use katas::array::Value;
use katas::seal::{ClassKey, Lock, Zeroizing};
use katas::spec::{self, Spec};
use libfuzzer_sys::fuzz_target;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

const ID: &str = "hf_load";

/// The real kata that the lock belongs to, with its hidden outputs.
static KATA: LazyLock<(Spec, Vec<(String, Value)>)> = LazyLock::new(|| {
    let no_file = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    let text = include_str!("../../katas/hf_load/kata.yaml");
    let spec = spec::parse("kata.yaml", text, &no_file).expect("a real spec is right");
    let text = include_str!("../../solutions/hf_load/hidden.yaml");
    let hidden = spec::parse_hidden("hidden.yaml", text, &spec, &no_file);
    (spec, hidden.expect("real results are right"))
});

/// The same lock with a correct digest, so that more than the digest check is tested.
fn mended(mut lock: Json) -> Option<Vec<u8>> {
    lock.as_object_mut()?
        .insert("check".into(), "0".repeat(64).into());
    let text = serde_json::to_vec(&lock).ok()?;
    let digest = Sha256::digest([b"katas lock\0", text.as_slice()].concat());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    lock.as_object_mut()?.insert("check".into(), digest.into());
    serde_json::to_vec(&lock).ok()
}

/// Whether a digest at this cost takes less than a millisecond; others are too slow for fuzzing.
fn is_cheap(cost: &Json) -> bool {
    let most = |key: &str, most| cost[key].as_u64().is_some_and(|value| value <= most);
    most("memory_kib", 64) && most("passes", 2) && most("lanes", 4)
}

fn all_of(lock: &Lock, json: &Json) {
    let (spec, hidden) = &*KATA;
    assert_eq!(Lock::read(ID, &lock.bytes()).as_ref().ok(), Some(lock));
    assert_eq!(
        lock.pitfalls().len(),
        json["pitfalls"].as_array().map_or(0, Vec::len)
    );
    let _ = lock.fits(spec);
    for name in lock
        .sealed_names()
        .map(str::to_owned)
        .chain([String::new()])
    {
        let _ = lock.commitment(&name);
    }
    if is_cheap(&json["cost"]) {
        let _ = lock.open_solution(ID, spec, hidden);
    }
    if is_cheap(&json["sealed"]["cost"]) {
        let key = Zeroizing::new(b"a key of the right length, for nothing".to_vec());
        let _ = lock.open_sealed(ID, &ClassKey::new(key).expect("it is long enough"));
    }
}

fuzz_target!(|bytes: &[u8]| {
    let read = Lock::read(ID, bytes);
    if let Err(error) = &read {
        assert!(!error.to_string().is_empty());
    }
    let Ok(json) = serde_json::from_slice::<Json>(bytes) else {
        assert!(read.is_err());
        return;
    };
    if let Ok(lock) = &read {
        all_of(lock, &json);
    }
    if let Some(bytes) = mended(json.clone())
        && let Ok(lock) = Lock::read(ID, &bytes)
    {
        all_of(&lock, &json);
    }
});
