pub fn answer(_header: &[u8]) -> Vec<u8> {
    todo!()
}
