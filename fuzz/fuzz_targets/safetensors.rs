//! Any bytes as a safetensors file: nnx's reader never panics, and agrees with the `safetensors` crate on every file
//! that it accepts.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nnx::safetensors::SafeTensors;

fuzz_target!(|bytes: &[u8]| {
    let ours = match SafeTensors::deserialize(bytes) {
        Ok(ours) => ours,
        Err(error) => {
            assert!(error.to_string().starts_with("safetensors: "));
            return;
        }
    };
    let theirs = safetensors::SafeTensors::deserialize(bytes);
    if ours.iter().any(|(_, tensor)| tensor.is_err()) {
        // For an unknown type, we refuse only that tensor, but the crate refuses the whole file.
        assert!(theirs.is_err());
        return;
    }
    let theirs = theirs.expect("the crate reads it too");
    assert_eq!(ours.len(), theirs.len());
    for (name, tensor) in ours.iter() {
        let tensor = tensor.expect("its type is known");
        let other = theirs.tensor(name).expect("the crate has it too");
        assert_eq!(tensor.dtype().name(), other.dtype().to_string());
        assert_eq!(tensor.shape(), other.shape());
        assert_eq!(tensor.data(), other.data());
        if let Ok(floats) = tensor.to_f32() {
            assert_eq!(floats.shape(), tensor.shape());
            assert_eq!(
                floats.len() * tensor.dtype().bitsize() / 8,
                tensor.data().len()
            );
        }
    }
});
