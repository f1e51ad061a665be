//! The safetensors reader against recorded files, the `safetensors` crate, and thousands of damaged files.

use std::panic::catch_unwind;

use nnx::safetensors::{Dtype, SafeTensors};

use crate::truth;

/// Two small Llamas as Hugging Face's tools wrote them, one of F32 and one of BF16.
const LLAMAS: [(&[u8], Dtype); 2] = [
    (
        include_bytes!("../truth/tiny_llama_tied_default.safetensors"),
        Dtype::F32,
    ),
    (
        include_bytes!("../truth/tiny_llama_tied_llama3_bf16.safetensors"),
        Dtype::BF16,
    ),
];

pub(crate) fn file(header: &str, data: &[u8]) -> Vec<u8> {
    let length = (header.len() as u64).to_le_bytes();
    [&length, header.as_bytes(), data].concat()
}

/// Compares our reader with the crate.
pub(crate) fn same_as_the_crate(bytes: &[u8]) {
    let ours = SafeTensors::deserialize(bytes).expect("we can read it");
    let theirs = safetensors::SafeTensors::deserialize(bytes).expect("the crate can read it");
    assert_eq!(ours.len(), theirs.len());
    for (name, tensor) in ours.iter() {
        let tensor = tensor.expect("the crate has no types that we do not know");
        let other = theirs.tensor(name).expect("the crate has it");
        assert_eq!(tensor.dtype().name(), other.dtype().to_string(), "{name}");
        assert_eq!(tensor.dtype().bitsize(), other.dtype().bitsize(), "{name}");
        assert_eq!(tensor.shape(), other.shape(), "{name}");
        assert_eq!(tensor.data(), other.data(), "{name}");
    }
}

#[test]
fn recorded_headers() {
    const CODES: [Dtype; 6] = [
        Dtype::F32,
        Dtype::BF16,
        Dtype::F16,
        Dtype::I64,
        Dtype::I32,
        Dtype::U8,
    ];
    for case in truth::fixtures("safetensors_header") {
        let bytes = case.bytes("bytes");
        same_as_the_crate(&bytes);
        let tensors = SafeTensors::deserialize(&bytes).expect(&case.name);
        let mut found = Vec::new();
        for (_, tensor) in tensors.iter() {
            let tensor = tensor.expect("a known type");
            let code = CODES.iter().position(|dtype| *dtype == tensor.dtype());
            found.push(code.expect("a code"));
            found.push(tensor.shape().len());
            found.extend(tensor.shape());
            let begin = tensor.data().as_ptr().addr() - bytes.as_ptr().addr();
            found.extend([begin, begin + tensor.data().len()]);
        }
        assert_eq!(found, case.integers(), "{}", case.name);
    }
}

#[test]
fn recorded_models() {
    for (bytes, dtype) in LLAMAS {
        same_as_the_crate(bytes);
        let tensors = SafeTensors::deserialize(bytes).expect("a file");
        assert!(tensors.len() > 10 && !tensors.is_empty());
        for (name, tensor) in tensors.iter() {
            let tensor = tensor.expect("a known type");
            assert_eq!(tensor.dtype(), dtype, "{name}");
            let floats = tensor.to_f32().expect("floats");
            assert_eq!(floats.shape(), tensor.shape());
            let bits = truth::bits(&floats).into_iter();
            // The little-endian bytes again; a BF16 has only the top half.
            let own: Vec<u8> = match dtype {
                Dtype::F32 => bits.flat_map(u32::to_le_bytes).collect(),
                _ => bits
                    .flat_map(|bits| ((bits >> 16) as u16).to_le_bytes())
                    .collect(),
            };
            assert_eq!(own, tensor.data(), "{name}");
        }
    }
}

#[test]
fn a_written_file_is_read() {
    use safetensors::{Dtype as Theirs, serialize, tensor::TensorView};
    let data: Vec<u8> = (0..48).collect();
    let types = [
        (Theirs::BOOL, 1),
        (Theirs::I8, 1),
        (Theirs::F8_E5M2, 1),
        (Theirs::F8_E4M3, 1),
        (Theirs::F8_E8M0, 1),
        (Theirs::F8_E4M3FNUZ, 1),
        (Theirs::F8_E5M2FNUZ, 1),
        (Theirs::I16, 2),
        (Theirs::U16, 2),
        (Theirs::F16, 2),
        (Theirs::U32, 4),
        (Theirs::F64, 8),
        (Theirs::U64, 8),
        (Theirs::C64, 8),
    ];
    let tensors = types.iter().enumerate().map(|(index, (dtype, size))| {
        let shape = vec![index % 3, 2];
        let bytes = &data[..shape[0] * 2 * size];
        let view = TensorView::new(*dtype, shape, bytes).expect("a tensor");
        (format!("\u{e9}\"\\\n\u{1}\u{1f600} {index}"), view)
    });
    let metadata = [("format".to_owned(), "\"pt\"".to_owned())];
    let bytes = serialize(tensors, Some(metadata.into())).expect("a file");
    same_as_the_crate(&bytes);
}

#[test]
fn escapes_and_spaces_are_those_of_json() {
    let header = " \n{ \"\\u0061\\ud83d\\ude00\\/\\t\" :\t{ \"shape\" : [ ] ,\r\"data_offsets\":[ 0 , 4 ], \"dtype\":\"\\u00463\\u0032\" } }\n ";
    let bytes = file(header, &1.5_f32.to_le_bytes());
    same_as_the_crate(&bytes);
    let tensors = SafeTensors::deserialize(&bytes).expect("a file");
    assert_eq!(tensors.names(), ["a\u{1f600}/\t"]);
    let number = tensors.tensor("a\u{1f600}/\t").expect("it is there");
    assert_eq!(number.to_f32(), Ok(ndarray::arr0(1.5).into_dyn()));
}

#[test]
fn an_empty_file_has_no_tensors() {
    for header in ["{}", "{}   ", "{\"__metadata__\":{}}"] {
        let bytes = file(header, &[]);
        same_as_the_crate(&bytes);
        assert!(SafeTensors::deserialize(&bytes).expect("a file").is_empty());
    }
}

/// A header, the bytes of data after it, and the error.
const WRONG: &[(&str, usize, &str)] = &[
    (
        "",
        0,
        "byte 8: expected an object, `{`, found the header's end",
    ),
    ("[]", 0, "byte 8: expected an object, `{`, found \"[]\""),
    ("{\"w\"}", 0, "byte 12: expected `:`, found \"}\""),
    (
        "{} x",
        0,
        "byte 11: expected the end of the header, found \"x\"",
    ),
    (
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1.5]",
        0,
        "byte 38: expected `,` or `]`, found \".5]\"",
    ),
    (
        "{\"w\":{\"shape\":[-1]",
        0,
        "byte 23: expected a non-negative integer that fits in 64 bits, found \"-1]\"",
    ),
    (
        "{\"w\":{\"shape\":[01]",
        0,
        "byte 23: expected a non-negative integer that fits in 64 bits, found \"01]\"",
    ),
    (
        "{\"w\":{\"shape\":[18446744073709551616]",
        0,
        "byte 23: expected a non-negative integer that fits in 64 bits, found \"184467440737\"",
    ),
    (
        "{\"w\":{\"dtype\":7}}",
        0,
        "byte 22: expected a string, `\"`, found \"7}}\"",
    ),
    (
        "{\"w\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,2]}}",
        2,
        "byte 9: w: expected 2 bytes for F4 of shape (3,), found data_offsets [0, 2]",
    ),
    (
        "{\"w\":{\"dtype\":\"F33\",\"shape\":[3],\"data_offsets\":[0,2]}}",
        1,
        "w: expected 2 bytes of data in the file, found 1",
    ),
    (
        "{\"w\":{\"dtype\":\"F32\"}}",
        0,
        "byte 13: w: there is no \"shape\"",
    ),
    (
        "{\"w\":{\"type\":\"F32\"}}",
        0,
        "byte 14: expected \"dtype\", \"shape\" or \"data_offsets\", found \"type\"",
    ),
    (
        "{\"w\":{\"shape\":[],\"shape\":[]}}",
        0,
        "byte 25: \"shape\" is given twice",
    ),
    (
        "{\"\\x\":",
        0,
        "byte 10: expected an escape of JSON, found \"\\\\x\\\":\"",
    ),
    (
        "{\"\\ud800\":",
        0,
        "byte 10: expected an escape of JSON, found \"\\\\ud800\\\":\"",
    ),
    (
        "{\"a\nb\":",
        0,
        "byte 11: expected the rest of a string, found \"\\nb\\\":\"",
    ),
    (
        "{\"w",
        0,
        "byte 11: expected the rest of a string, found the header's end",
    ),
    (
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0]}}",
        0,
        "byte 9: w: expected 2 numbers in data_offsets, found 1",
    ),
    (
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]}}",
        4,
        "byte 9: w: expected data from offset 0, where the tensor before it ends, found 1",
    ),
    (
        "{\"v\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"w\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}",
        3,
        "byte 61: w: expected data from offset 2, where the tensor before it ends, found 1",
    ),
    (
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]},\"w\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[1,2]}}",
        2,
        "byte 60: \"w\" is given twice",
    ),
    (
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,25]}}",
        25,
        "byte 9: w: expected 24 bytes for F32 of shape (2, 3), found data_offsets [0, 25]",
    ),
    (
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,18446744073709551615]}}",
        0,
        "byte 61: x: expected 1 bytes for U8 of shape (1,), found data_offsets [0, 18446744073709551615]",
    ),
    (
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
        0,
        "w: shape (4294967296, 4294967296) is too large",
    ),
    (
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}",
        0,
        "w: shape (4611686018427387904,) is too large",
    ),
    (
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}",
        3,
        "w: expected 4 bytes of data in the file, found 3",
    ),
    (
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}",
        5,
        "byte 65: expected the end of the file after 4 bytes of data, found 5",
    ),
    (
        "{\"__metadata__\":{\"epoch\":3}}",
        0,
        "byte 33: expected a string, `\"`, found \"3}}\"",
    ),
];

#[test]
fn faults_are_reported_with_their_position() {
    for (header, data, expected) in WRONG {
        let bytes = file(header, &vec![0; *data]);
        let error = SafeTensors::deserialize(&bytes).expect_err(header);
        assert_eq!(
            error.to_string(),
            format!("safetensors: {expected}"),
            "{header}"
        );
    }
    for (bytes, expected) in [
        (
            b"\x01\x00".as_slice(),
            "expected 8 bytes with the header's length, found 2",
        ),
        (
            b"\x03\0\0\0\0\0\0\0{}",
            "byte 8: expected a header of 3 bytes, found 2 to the end of the file",
        ),
        (
            b"\x02\0\0\0\0\0\0\x01{}",
            "byte 0: expected a header of at most 100000000 bytes, found a length of 72057594037927938",
        ),
        (
            b"\x03\0\0\0\0\0\0\0{\"\xff",
            "byte 10: expected a header in UTF-8",
        ),
    ] {
        let error = SafeTensors::deserialize(bytes).expect_err(expected);
        assert_eq!(error.to_string(), format!("safetensors: {expected}"));
    }
}

#[test]
fn damaged_files_are_errors_and_never_panics() {
    // Numbers without a pattern, and the same in every run.
    let mut state = 12345_u64;
    let mut below = move |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % most
    };
    const PIECES: &[&[u8]] = &[
        b"\"",
        b"\\u",
        b"[",
        b"]",
        b"{",
        b"}",
        b",",
        b"0",
        b"9999999999999999999",
        b"F32",
        b"\xff",
        b" ",
    ];
    let (mut read, mut unknown, mut refused) = (0, 0, 0);
    for (whole, _) in LLAMAS {
        let length = u64::from_le_bytes(whole[..8].try_into().expect("8 bytes")) as usize;
        for _ in 0..4000 {
            let mut bytes = whole[..whole.len().min(length + 20_000)].to_vec();
            if below(4) == 0 {
                bytes = whole.to_vec();
            }
            for _ in 0..=below(3) {
                let place = below(length + 16);
                match below(5) {
                    0 => bytes[place] ^= 1 << below(8),
                    1 => bytes.truncate(place),
                    2 => drop(bytes.drain(place..(place + 1 + below(9)).min(bytes.len()))),
                    _ => {
                        let piece = PIECES[below(PIECES.len())].iter().copied();
                        bytes.splice(place..place, piece).for_each(drop);
                    }
                }
                bytes.resize(bytes.len().max(length + 32), b' ');
            }
            let ours = catch_unwind(|| SafeTensors::deserialize(&bytes).is_ok());
            if ours.expect("an error, not a panic") {
                // Whatever we accept as a file, the crate reads in the same way, except for types that it does not
                // know.
                let ours = SafeTensors::deserialize(&bytes).expect("it was read");
                if ours.iter().all(|(_, tensor)| tensor.is_ok()) {
                    same_as_the_crate(&bytes);
                    read += 1;
                } else {
                    assert!(safetensors::SafeTensors::deserialize(&bytes).is_err());
                    unknown += 1;
                }
            } else {
                refused += 1;
            }
        }
    }
    assert!(
        read > 20 && unknown > 0 && refused > 4000,
        "{read} read, {unknown} of an unknown type, {refused} refused"
    );
}
