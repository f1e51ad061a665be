pub fn canary() { compile_error!("CANARY"); }
