pub fn answer(_a: f32, _b: f64, _c: i32, _d: i64, _e: u8, _f: u16, _g: u32, _h: u64, _i: bool, _j: usize) -> f64 {
    todo!()
}
