//! A solution to steal: CANARY.

pub fn canary() {
    compile_error!("CANARY");
}
