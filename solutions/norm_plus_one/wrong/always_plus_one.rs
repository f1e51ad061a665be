//! Adds 1 whatever the flags say.

use ndarray::Array1;

pub fn norm_plus_one(w: &Array1<f32>, _file_adds: bool, _model_adds: bool) -> Array1<f32> {
    w + 1.0
}
