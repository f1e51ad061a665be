use std::collections::HashSet;

use nnx::safetensors::SafeTensors;
use nnx::{Embed, Linear, List, Part, Path, RMSNorm, Rngs, State, Variable, module};

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

    // Inside `eval_shape` a variable gets a shape and a dtype, but no values: nothing is drawn and nothing is allocated.
    let (graphdef, wanted) = nnx::split(&nnx::eval_shape(build));
    // `names` lists the names in the file, and `tensor(name)` finds a tensor: its `dtype`, its `shape` and its numbers.
    let found = SafeTensors::deserialize(file).unwrap();

    // Each path is converted to a name, so no digit has to be parsed, and the model alone decides what belongs to it. If the
    // file of a tied model contains a head, that head is surplus.
    let names: HashSet<String> = wanted.paths().iter().map(file_name).collect();

    // Compare from both sides, because neither list of names shows what only the other one contains.
    let mut missing = vec![];
    let mut surplus = found.names();
    surplus.retain(|name| !names.contains(*name));
    surplus.sort_unstable();
    let surplus = surplus.iter().map(|name| format!("surplus {name}"));

    // Shapes and dtypes are in the header, so no number is read before the whole file is known to fit.
    let mut shapes = vec![];
    let mut dtypes = vec![];
    for (path, variable) in wanted.iter() {
        let Ok(tensor) = found.tensor(&file_name(path)) else {
            missing.push(format!("missing {}", text(path)));
            continue;
        };
        let path_text = text(path);
        // The tensor's shape in the model. Only kernels are transposed: the embedding is a table in both libraries.
        let (want, mut got) = (variable.shape(), tensor.shape().to_vec());
        if is_kernel(path) {
            got.reverse();
        }
        if got != want {
            let (want, got) = (dims(&want), dims(&got));
            shapes.push(format!("shape {path_text} want {want} got {got}"));
        }
        // `merge` would accept another type without an error, and so would a conversion.
        let got = tensor.dtype().name();
        if got != dtype {
            dtypes.push(format!("dtype {path_text} want {dtype} got {got}"));
        }
    }

    let mut faults = missing;
    faults.extend(surplus);
    faults.extend(shapes);
    faults.extend(dtypes);
    if !faults.is_empty() {
        faults.push("refused".to_owned());
        return faults.join("\n");
    }

    // Everything fits, so every abstract leaf gets an array. A square kernel is transposed, too, although it fits either way.
    let loaded = wanted.iter().map(|(path, variable)| {
        let tensor = found.tensor(&file_name(path)).unwrap();
        let tensor = tensor.to_tensor().unwrap();
        let tensor = if is_kernel(path) { tensor.t() } else { tensor };
        (path, variable.replace(tensor))
    });
    let state = State::from_flat_path(loaded).unwrap();

    report(&nnx::merge(&graphdef, &state).unwrap())
}

/// What the file calls the parameter at this path.
fn file_name(path: &Path) -> String {
    // Removes the last part: "layers.0.norm.scale" becomes "layers.0.norm".
    let path = path.to_string();
    let (module, _) = path.rsplit_once('.').unwrap();
    match module {
        "lm_head" => format!("{module}.weight"),
        _ => format!("model.{module}.weight"),
    }
}

/// Whether PyTorch stores the parameter at this path transposed.
fn is_kernel(path: &Path) -> bool {
    path.parts().last() == Some(&Part::from("kernel"))
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
