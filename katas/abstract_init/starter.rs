use nnx::safetensors::SafeTensors;
use nnx::{Embed, Linear, List, Path, RMSNorm, Rngs, Variable, module};

module! {
    struct Layer { norm: RMSNorm, o_proj: Linear, up_proj: Linear, down_proj: Linear }
}

module! {
    struct Model { embed_tokens: Embed, layers: List<Layer>, norm: RMSNorm, lm_head: Option<Linear> }
}

impl Layer {
    fn new(hidden: usize, inter: usize, rngs: &mut Rngs) -> Self {
        Self {
            norm: RMSNorm::new(hidden, rngs),
            o_proj: Linear::without_bias(hidden, hidden, rngs),
            up_proj: Linear::without_bias(hidden, inter, rngs),
            down_proj: Linear::without_bias(inter, hidden, rngs),
        }
    }
}

impl Model {
    fn new(
        hidden: usize,
        inter: usize,
        layers: usize,
        vocab: usize,
        tied: bool,
        rngs: &mut Rngs,
    ) -> Self {
        Self {
            embed_tokens: Embed::new(vocab, hidden, rngs),
            layers: (0..layers)
                .map(|_| Layer::new(hidden, inter, rngs))
                .collect(),
            norm: RMSNorm::new(hidden, rngs),
            // A tied model uses the embedding table as its head.
            lm_head: (!tied).then(|| Linear::without_bias(hidden, vocab, rngs)),
        }
    }
}

/// Loads a safetensors file into a model without drawing any initial value.
///
/// Returns the report of the loaded model, or every fault of the file. `dtype` is "F32" or "BF16".
pub fn abstract_init(
    file: &[u8],
    hidden: usize,
    inter: usize,
    layers: usize,
    vocab: usize,
    tied: bool,
    dtype: &str,
) -> String {
    let build = || Model::new(hidden, inter, layers, vocab, tied, &mut Rngs::new(0));

    let model = build();
    // `names` lists the names of the file, and `tensor(name)` finds one: its `dtype`, its `shape` and its numbers.
    let found = SafeTensors::deserialize(file).unwrap();

    todo!(
        "load {} tensors, all {dtype}, in place of these:\n{}",
        found.len(),
        report(&model)
    )
}

/// Each path of the model with its shape and the sum of its numbers, each multiplied by its place.
fn report(model: &Model) -> String {
    let state = nnx::state(model);
    let line = |(path, variable): (&Path, &Variable)| {
        let (path, shape) = (text(path), dims(&variable.shape()));
        format!("{path} {shape} {}", place_sum(variable))
    };
    let mut lines: Vec<String> = state.iter().map(line).collect();
    lines.push("loaded".to_owned());
    lines.join("\n")
}

/// `layers/0/norm/scale` for the path layers.0.norm.scale.
fn text(path: &Path) -> String {
    path.to_string().replace('.', "/")
}

/// `4x2` for [4, 2].
fn dims(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    sizes.join("x")
}

/// 1 * the first number + 2 * the second + 3 * the third ..., row by row.
fn place_sum(variable: &Variable) -> i64 {
    let numbers = variable.value();
    let places = (1_u32..).map(f64::from);
    let terms = numbers.iter().zip(places);
    let sum: f64 = terms.map(|(x, place)| f64::from(*x) * place).sum();
    sum as i64
}
