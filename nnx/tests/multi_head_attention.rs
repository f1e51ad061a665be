//! `nnx.MultiHeadAttention` against real Flax 0.12.8 on JAX 0.10.2: initial bits, outputs, masks, and errors.
//!
//! The expected bits are printed by Flax for the variables of `model` and the inputs of `grid`, with `decode=False`.

mod near;

use ndarray::{Array, Array1, Array2, Array3, ArrayD, Axis, array, stack};
use near::assert_near;
use nnx::{MultiHeadAttention, Rngs, Tensor};

/// Small multiples of 1/4: `((start + step * arange(size)) % modulus - least) / 4`.
fn quarters(size: usize, start: usize, step: usize, modulus: usize) -> Array1<f32> {
    let least = (modulus / 2) as f32;
    let value = |index: usize| (((start + step * index) % modulus) as f32 - least) / 4.0;
    (0..size).map(value).collect()
}

/// Inputs: `quarters(start, 3, 11)`.
fn grid(start: usize, shape: &[usize]) -> ArrayD<f32> {
    let values = quarters(shape.iter().product(), start, 3, 11);
    values.into_shape_with_order(shape).expect("as many values")
}

/// The bits of outputs of 3 features.
fn bits(y: &ArrayD<f32>) -> Vec<[u32; 3]> {
    let bits: Vec<u32> = y.iter().map(|value| value.to_bits()).collect();
    bits.as_chunks().0.to_vec()
}

/// Two heads of 3 features, from 2 features to 3. Each kernel is `quarters(n, step, 7)`, and each bias `quarters(n + 1, step, 7)`.
fn model() -> MultiHeadAttention {
    let model = MultiHeadAttention::new(2, 2, 6, 3, &mut Rngs::new(0));
    let layers = [&model.query, &model.key, &model.value, &model.out];
    for (n, (layer, step)) in layers.into_iter().zip([3, 5, 2, 4]).enumerate() {
        for (variable, start) in [(&layer.kernel, n), (&*layer.bias, n + 1)] {
            let values = quarters(variable.size(), start, step, 7);
            let values = values.into_shape_with_order(variable.shape());
            variable.set_value(values.expect("as many values"));
        }
    }
    model
}

#[test]
fn initial_values_have_flax_paths_shapes_and_bits() {
    let found = |model: &MultiHeadAttention| -> Vec<(String, Vec<usize>, u32, u32)> {
        let state = nnx::state(model);
        let leaf = |(path, leaf): (&nnx::Path, &nnx::Variable)| {
            let bits: Vec<u32> = leaf.value().iter().map(|w| w.to_bits()).collect();
            let all = bits.iter().fold(0, |all, bits| all ^ bits);
            (path.to_string(), leaf.shape(), bits[0], all)
        };
        state.iter().map(leaf).collect()
    };
    let leaf = |path: &str, shape: &[usize], first, all| (path.into(), shape.into(), first, all);
    assert_eq!(
        found(&MultiHeadAttention::new(2, 4, 6, 3, &mut Rngs::new(3))),
        [
            leaf("key.bias", &[2, 3], 0, 0),
            leaf("key.kernel", &[4, 2, 3], 0xbea2_64d4, 0x0036_e6e9),
            leaf("out.bias", &[3], 0, 0),
            leaf("out.kernel", &[2, 3, 3], 0xbec5_b394, 0x8064_ce7f),
            leaf("query.bias", &[2, 3], 0, 0),
            leaf("query.kernel", &[4, 2, 3], 0xbf87_bc8c, 0x817a_671c),
            leaf("value.bias", &[2, 3], 0, 0),
            leaf("value.kernel", &[4, 2, 3], 0x3f53_ca16, 0x076e_0310),
        ]
    );
    let plain = MultiHeadAttention::without_bias(2, 4, 6, 3, &mut Rngs::new(3));
    let first: Vec<(String, u32)> = found(&plain)
        .into_iter()
        .map(|(path, _, first, _)| (path, first))
        .collect();
    assert_eq!(
        first,
        [
            ("key.kernel".into(), 0xbf72_dcad),
            ("out.kernel".into(), 0xbe87_c4ff),
            ("query.kernel".into(), 0xbf87_bc8c),
            ("value.kernel".into(), 0xbea2_64d4),
        ]
    );
}

#[test]
fn self_attention_has_the_bits_of_flax() {
    let x: Array2<f32> = grid(0, &[3, 2]).into_dimensionality().expect("a matrix");
    let y: Array2<f32> = model().call(&x);
    assert_eq!(
        bits(&y.into_dyn()),
        [
            [0xbfb0_7bbb, 0xbee3_76f2, 0x3fc7_364d],
            [0xbf9a_ec97, 0xbe85_7509, 0x3fae_5a1e],
            [0xbfad_a289, 0xbed6_b45c, 0x3fc4_18f0],
        ]
    );
}

#[test]
fn queries_attend_to_other_keys_and_values_of_their_batch() {
    let [q, k, v] = [
        grid(1, &[2, 2, 2]),
        grid(2, &[2, 4, 2]),
        grid(5, &[2, 4, 2]),
    ];
    let y = model().call_with(&q, &k, &v, None);
    assert_eq!(y.shape(), [2, 2, 3]);
    // XLA multiplies matrices of this size in an order that depends on the CPU.
    let expected = [
        [0xbfa1_9873, 0xbebf_9296, 0x3fa7_8836],
        [0xbf82_1f2b, 0xbe1e_6d36, 0x3f6d_9932],
        [0xbfa2_ebe2, 0x3e1c_f838, 0x3f1a_bcc4],
        [0xbfb0_7657, 0xbb4b_e000, 0x3f48_6242],
    ];
    assert_near(&y, expected.as_flattened(), 4.0);
}

#[test]
fn a_query_ignores_masked_keys() {
    let causal = Array2::from_shape_fn((3, 3), |(query, key)| key <= query).into_dyn();
    let x = grid(0, &[3, 2]);
    assert_eq!(
        bits(&model().call_with(&x, &x, &x, Some(&causal))),
        [
            [0xbfbe_0000, 0xbee8_0000, 0x3ff2_0000],
            [0xbf91_6f66, 0xbe53_a0e0, 0x3f9c_8b1a],
            // The last position sees all, as without a mask.
            [0xbfad_a289, 0xbed6_b45c, 0x3fc4_18f0],
        ]
    );
}

#[test]
fn one_key_has_all_of_the_weight_and_four_masked_ones_share_it() {
    let mask = array![
        [
            [false, false, true, false],
            [false, false, false, false],
            [true, false, false, false]
        ],
        [
            [false, true, false, false],
            [false, false, false, true],
            [false, false, false, false]
        ],
    ];
    let expected = array![
        [-2.156_25, 1.421_875, -0.140_625],
        [-2.164_062_5, 1.195_312_5, -0.367_187_5],
        [-1.796_875, 0.4375, 0.703_125]
    ];
    let (q, k, v) = (grid(0, &[3, 2]), grid(5, &[4, 2]), grid(2, &[4, 2]));
    let y = model().call_with(&q, &k, &v, Some(&mask.clone().into_dyn()));
    assert_eq!(y, expected.into_dyn());
    // The same for each batch of two, whether or not the mask has its dimension.
    let both = |x: &ArrayD<f32>| stack![Axis(0), *x, *x];
    let masks = stack![Axis(0), mask, mask];
    for mask in [mask.into_dyn(), masks.into_dyn()] {
        let batch = model().call_with(&both(&q), &both(&k), &both(&v), Some(&mask));
        assert_eq!(batch, both(&y));
    }
}

#[test]
fn there_may_be_no_positions_and_several_batch_dimensions() {
    let model = MultiHeadAttention::new(2, 2, 6, 3, &mut Rngs::new(0));
    assert_eq!(model.call(&Array2::zeros((0, 2))).shape(), [0, 3]);
    assert_eq!(model.call(&Array3::zeros((0, 4, 2))).shape(), [0, 4, 3]);
    let (x, none) = (Array2::ones((3, 2)), Array2::zeros((0, 2)));
    // Without keys there is nothing to add but the bias, which is 0.
    assert_eq!(
        model.call_with(&x, &none, &none, None),
        Array2::<f32>::zeros((3, 3))
    );
    let x = grid(0, &[2, 3, 2, 2]);
    let y = model.call(&x);
    let last = x.index_axis(Axis(0), 1).to_owned();
    assert_eq!(y.index_axis(Axis(0), 1), model.call(&last));
}

#[test]
fn it_is_a_module_like_others() {
    let model = model();
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    let x = grid(0, &[3, 2]);
    assert_eq!(merged.call(&x), model.call(&x));
    assert_eq!((model.num_heads, model.head_dim), (2, 3));
    assert_eq!((model.qkv_features, model.out_features), (6, 3));
    let create = || MultiHeadAttention::new(1 << 10, 1 << 20, 1 << 20, 1 << 20, &mut Rngs::new(0));
    let wide = nnx::eval_shape(create);
    assert_eq!(wide.out.kernel.shape(), [1 << 10, 1 << 10, 1 << 20]);
    assert!(wide.query.kernel.is_abstract());
}

#[test]
fn inputs_that_do_not_fit_are_named() {
    let model = model();
    let says = |shapes: [&[usize]; 3]| {
        let [q, k, v] = shapes.map(|shape| Tensor::from(ArrayD::zeros(shape)));
        let error = model.forward_with(&q, &k, &v, None).unwrap_err();
        let text = error.to_string();
        let rest = text.strip_prefix("nnx.MultiHeadAttention.__call__: ");
        rest.unwrap().to_owned()
    };
    for (shapes, expected) in [
        (
            [&[3][..], &[3], &[3]],
            "inputs_q: expected 2 dimensions, found shape (3,)",
        ),
        (
            [&[4, 5], &[4, 5], &[4, 5]],
            "inputs_q: expected shape (4, 2), found (4, 5)",
        ),
        (
            [&[4, 2], &[2, 4, 2], &[2, 4, 2]],
            "inputs_k: expected 2 dimensions, found shape (2, 4, 2)",
        ),
        (
            [&[2, 4, 2], &[1, 5, 2], &[1, 5, 2]],
            "inputs_k: expected shape (2, 5, 2), found (1, 5, 2)",
        ),
        (
            [&[4, 2], &[5, 2], &[4, 2]],
            "inputs_v: expected shape (5, 2), found (4, 2)",
        ),
    ] {
        assert_eq!(says(shapes), expected);
    }
}

#[test]
fn masks_that_do_not_fit_are_named() {
    let (model, x) = (model(), Tensor::from(grid(0, &[2, 3, 2])));
    let says = |mask: Tensor| {
        let error = model.forward_with(&x, &x, &x, Some(&mask)).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        says(Tensor::from_array(Array::from_elem((2, 3), true))),
        "nnx.MultiHeadAttention.__call__: mask: expected shape (2, 2, 3, 3), found (2, 3)"
    );
    assert_eq!(
        says(Tensor::from(Array2::zeros((3, 3)))),
        "nnx.MultiHeadAttention.__call__: mask: expected dtype bool, found float32"
    );
}

#[test]
fn kernels_that_do_not_fit_are_named() {
    let x = grid(0, &[3, 2]);
    let shapes = [
        "query.kernel: expected shape (2, 2, 3)",
        "key.kernel: expected shape (2, 2, 3)",
        "value.kernel: expected shape (2, 2, 3)",
        "out.kernel: expected shape (2, 3, 3)",
    ];
    for (index, expected) in shapes.into_iter().enumerate() {
        let model = model();
        let layers = [&model.query, &model.key, &model.value, &model.out];
        // PyTorch's layout, a matrix.
        layers[index].kernel.set_value(Array2::zeros((6, 2)));
        assert_eq!(
            model.try_call(&x).unwrap_err().to_string(),
            format!("nnx.MultiHeadAttention.__call__: {expected}, found (6, 2)")
        );
    }
    let model = model();
    model.value.bias.set_value(Array1::zeros(6));
    assert_eq!(
        model.try_call(&x).unwrap_err().to_string(),
        "nnx.MultiHeadAttention.__call__: value.bias: expected shape (2, 3), found (6,)"
    );
    let model = nnx::eval_shape(|| MultiHeadAttention::new(2, 2, 6, 3, &mut Rngs::new(0)));
    assert!(
        model
            .try_call(&x)
            .unwrap_err()
            .to_string()
            .starts_with("nnx.MultiHeadAttention.__call__: query.kernel is abstract")
    );
}

#[test]
fn sizes_that_no_layer_has_are_refused() {
    let says = |heads, inner| {
        let create = move || MultiHeadAttention::new(heads, 4, inner, 4, &mut Rngs::new(0));
        let text = std::panic::catch_unwind(create).unwrap_err();
        *text.downcast::<String>().unwrap()
    };
    let parts = "nnx.MultiHeadAttention: qkv_features: 4 features cannot be divided into";
    assert_eq!(says(3, 4), format!("{parts} 3 equal parts"));
    assert_eq!(says(0, 4), format!("{parts} 0 equal parts"));
    assert_eq!(
        says(2, 0),
        "nnx.MultiHeadAttention: kernel: expected sizes of 1 or more, found shape (4, 2, 0)"
    );
}
