use ndarray::Array1;
use nnx::{Linear, Rngs};

/// The logits of every row of `h`: from the embedding if the head is tied to it, and otherwise from `lm_head`.
///
/// `h` is (rows, dim), and both tables are (vocab, dim), row by row. The result is (rows, vocab), flat as well.
pub fn tied_head(
    h: &Array1<f32>,
    embedding: &Array1<f32>,
    lm_head: &Array1<f32>,
    tied: bool,
    rows: usize,
    vocab: usize,
    dim: usize,
) -> Array1<f32> {
    let h = h.to_shape((rows, dim)).unwrap();
    let model = Linear::without_bias(dim, vocab, &mut Rngs::new(0));

    // The config decides, not the shapes: both tables have the same shape. In a tied model, `lm_head` was never loaded.
    let table = if tied { embedding } else { lm_head };

    // Both tables have one row for each token: a lookup reads rows, and PyTorch's lm_head is an nn.Linear with one output for
    // each token. So the table itself stays as it is, and only the kernel created from it is transposed.
    let table = table.to_shape((vocab, dim)).unwrap();
    model.kernel.set_value(table.t());

    // The result has one row of logits for each row of h.
    model.call(&h).flatten().into_owned()
}
