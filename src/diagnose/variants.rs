//! Texts for the generated variants of a solution: what `katas author seal` changes, and what to tell a learner who
//! did the same.
//!
//! A lock records the ids. An unknown id belongs to a variant from a newer version of katas and is ignored.

/// The text for one generated variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its id in a lock.
    pub id: &'static str,
    /// What it means and where to look.
    pub text: &'static str,
    /// The answers it applies to.
    pub speaks: Speaks,
}

/// The answers that the text of a variant applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// Answers in every language.
    OfEveryLanguage,
    /// Answers in the variant's own language.
    OfItsOwn,
}

/// The variants with a text.
pub const VARIANTS: &[Variant] = &[
    Variant {
        id: "fresh_weights",
        text: "Your layer used its initial weights, the ones drawn from the seed. What you loaded went into a copy, \
               or into a state that was never merged or written back. Which object holds the new values, and which \
               object did you call?",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "no_bias",
        text: "Everything is right except the bias: it was never added, or it is still the zeros that a new layer starts with. \
               A checkpoint has two tensors for each linear layer; where did the second one go?",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "double_bias",
        text: "Everything is right except the bias: it was added twice. A layer adds its own bias when you call it; \
               look for a second place that adds it.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "sum_reversed",
        text: "You added the right numbers, but from the last to the first. Every float addition rounds, so the order of a \
               sum changes its bits, and this kata compares bits.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "sum_pairwise",
        text: "You added the right numbers, but in pairs, as NumPy does, and not one after the other. Every float addition \
               rounds, so the order of a sum changes its bits.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "no_fma",
        text: "You used the right numbers, but rounded every product before adding it. The expected output comes \
               from fused multiply-adds (`mul_add`), which round once.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "in_f64",
        text: "You computed in f64 and rounded at the end. That is closer to the exact value, but the bits differ: Flax \
               rounds to f32 after every step.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "through_bf16",
        text: "The weights were converted to bf16 along the way, so each kept only 8 bits of precision. Look for a \
               cast that should not be there.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "through_f16",
        text: "The weights were converted to f16 along the way, so each kept only 11 bits of precision. Look for a \
               cast that should not be there.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "other_axis",
        text: "The right operation ran along the wrong axis. Write down the shape before and after it. The right axis \
               is the one that disappears, or the one whose values belong together.",
        speaks: Speaks::OfEveryLanguage,
    },
    Variant {
        id: "jitted",
        text: "These are the bits that JAX gives under `jax.jit`: XLA then compiles several operations into one and rounds \
               less often. The expected output is that of eager JAX. Call the function without `jit`.",
        speaks: Speaks::OfItsOwn,
    },
];

/// Finds the text for a variant.
#[must_use]
pub fn variant(id: &str) -> Option<&'static Variant> {
    VARIANTS.iter().find(|variant| variant.id == id)
}
