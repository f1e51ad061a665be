use ndarray::Array1;

pub fn answer(_x: &Array1<f32>) -> Array1<f32> {
    todo!()
}
