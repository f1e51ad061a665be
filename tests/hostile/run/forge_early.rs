//! Sends the end before the beginning.
//!
//! expect: did not finish
//! within: 6

use ndarray::Array1;

pub fn answer(x: &Array1<f32>) -> Array1<f32> {
    done([0x41; 16]);
    x.clone()
}

unsafe extern "C" {
    fn write(descriptor: i32, bytes: *const u8, count: usize) -> isize;
    fn _exit(status: i32) -> !;
}

/// One record: its length, its kind, its contents.
#[allow(dead_code)]
fn send(kind: u8, contents: &[u8]) {
    let mut record = (contents.len() as u32 + 1).to_le_bytes().to_vec();
    record.push(kind);
    record.extend(contents);
    unsafe { write(3, record.as_ptr(), record.len()) };
}

/// A case's whole records, with this output.
#[allow(dead_code)]
fn case(index: u32, output: &[f32]) {
    send(1, &index.to_le_bytes());
    send(2, &0_u32.to_le_bytes());
    let bytes: Vec<u8> = output.iter().flat_map(|value| value.to_le_bytes()).collect();
    let mut datum = vec![0, 0];
    datum.extend((bytes.len() as u32).to_le_bytes());
    datum.extend(bytes);
    send(3, &datum);
}

#[allow(dead_code)]
fn done(nonce: [u8; 16]) {
    send(5, &nonce);
}

#[allow(dead_code)]
fn leave(status: i32) -> ! {
    unsafe { _exit(status) }
}
