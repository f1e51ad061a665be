//! The names of this crate's public operations that are counted: Flax's own dotted names.
//!
//! The runner includes this file too, and reports a spec that names any other operation.

/// Every name that `calls` counts, apart from `draws`, sorted.
pub(crate) const OPERATIONS: &[&str] = &[
    "linen.Dense",
    "linen.Dense.apply",
    "nnx.BatchNorm",
    "nnx.BatchNorm.__call__",
    "nnx.Conv",
    "nnx.Conv.__call__",
    "nnx.Embed",
    "nnx.Embed.__call__",
    "nnx.Embed.attend",
    "nnx.LayerNorm",
    "nnx.LayerNorm.__call__",
    "nnx.Linear",
    "nnx.Linear.__call__",
    "nnx.LinearGeneral",
    "nnx.LinearGeneral.__call__",
    "nnx.MultiHeadAttention",
    "nnx.MultiHeadAttention.__call__",
    "nnx.RMSNorm",
    "nnx.RMSNorm.__call__",
    "nnx.Rngs",
    "nnx.clone",
    "nnx.eval_shape",
    "nnx.from_flat_state",
    "nnx.merge",
    // Calls of a module that `nnx.merge` returned: one for each variable that is read.
    "nnx.merge.__call__",
    "nnx.replace_by_pure_dict",
    "nnx.split",
    "nnx.state",
    "nnx.to_flat_state",
    "nnx.to_pure_dict",
    "nnx.update",
];
