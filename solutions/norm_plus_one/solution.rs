use ndarray::Array1;

/// Converts the weights of a norm between `w` and `1 + w`.
///
/// `file_adds`: the code that wrote the file multiplies by 1 + w. `model_adds`: your model does.
pub fn norm_plus_one(w: &Array1<f32>, file_adds: bool, model_adds: bool) -> Array1<f32> {
    match (file_adds, model_adds) {
        // The file means 1 + w, but the model multiplies by its weight, which must be the sum. `w` is f32, and so is the sum.
        (true, false) => w + 1.0,

        // The file means w, but the model multiplies by 1 + its weight, so its weight must be w - 1.
        (false, true) => w - 1.0,

        // The file and the model agree, so a copy is right. w + 1 - 1 would be a copy only if w + 1 is not rounded.
        (true, true) | (false, false) => w.clone(),
    }
}
