//! Adds 1 and subtracts it again where the file and the model agree.

use ndarray::Array1;

pub fn norm_plus_one(w: &Array1<f32>, file_adds: bool, model_adds: bool) -> Array1<f32> {
    let number = |flag: bool| if flag { 1.0 } else { 0.0 };
    w + number(file_adds) - number(model_adds)
}
