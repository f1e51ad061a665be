//! Adds 1 whenever the file does, and takes no notice of the model on the way in.

use ndarray::Array1;

pub fn norm_plus_one(w: &Array1<f32>, file_adds: bool, model_adds: bool) -> Array1<f32> {
    match (file_adds, model_adds) {
        (true, _) => w + 1.0,
        (false, true) => w - 1.0,
        (false, false) => w.clone(),
    }
}
