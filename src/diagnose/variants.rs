//! Words for the generated variants of a solution: what `katas author seal` changes, and what to tell a learner who did.
//!
//! The ids are what a lock records. An id that is not here is a variant of a newer version and is not spoken of.

/// Holds the words for one generated variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its id in a lock.
    pub id: &'static str,
    /// What it means and where to look.
    pub text: &'static str,
}

/// Lists the variants that there are words for.
pub const VARIANTS: &[Variant] = &[
    Variant {
        id: "fresh_weights",
        text: "Your layer answered with the weights it was born with, those drawn from the seed. What you loaded went into a copy, \
               or into a state that was never merged or written back. Ask which object holds the new values, and which \
               object you called.",
    },
    Variant {
        id: "no_bias",
        text: "Everything is right but the bias: it was never added, or it is still the zeros a fresh layer starts with. \
               A checkpoint has two tensors for each linear layer; where did the second one go?",
    },
    Variant {
        id: "double_bias",
        text: "Everything is right but the bias: it counts twice. A layer adds its own bias when it is called; \
               look for the second place where it is added.",
    },
    Variant {
        id: "sum_reversed",
        text: "The numbers are the right ones, added from the last to the first. Floats round after every addition, so the \
               order of a sum is part of its result; this kata compares bits.",
    },
    Variant {
        id: "sum_pairwise",
        text: "The numbers are the right ones, added in pairs, as NumPy does, and not one after the other. Floats round after \
               every addition, so the order of a sum is part of its result.",
    },
    Variant {
        id: "no_fma",
        text: "The numbers are the right ones, but every product was rounded before it was added. The expected output comes \
               from fused multiply-adds (`mul_add`), which round once.",
    },
    Variant {
        id: "in_f64",
        text: "You computed in f64 and rounded at the end. That is closer to the true value and yet other bits: Flax \
               rounds to f32 after every step.",
    },
    Variant {
        id: "through_bf16",
        text: "The weights went through bf16 on their way: each kept only 8 bits of precision. Look for a cast that \
               should not be there.",
    },
    Variant {
        id: "through_f16",
        text: "The weights went through f16 on their way: each kept only 11 bits of precision. Look for a cast that \
               should not be there.",
    },
    Variant {
        id: "other_axis",
        text: "The right operation ran along the wrong axis. Write down the shape before and after it: the axis that is \
               meant is the one that disappears, or the one whose values belong together.",
    },
];

/// Finds the words for a variant.
#[must_use]
pub fn variant(id: &str) -> Option<&'static Variant> {
    VARIANTS.iter().find(|variant| variant.id == id)
}
