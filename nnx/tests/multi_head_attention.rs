//! `nnx.MultiHeadAttention` against real Flax 0.12.8 on JAX 0.10.2: initial bits, outputs, masks, and errors.
//!
//! The expected bits are printed by Flax for the variables of `model` and the inputs of `grid`, with `decode=False`.

mod near;

use ndarray::{Array, Array1, Array2, Array3, ArrayD, array};
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

/// Two heads of 2 features, from 3 features to 2. Each kernel is `quarters(n, step, 7)`, and each bias `quarters(n + 1, step, 7)`.
fn model() -> MultiHeadAttention {
    let model = MultiHeadAttention::new(2, 3, 4, 2, &mut Rngs::new(0));
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
fn self_attention_agrees_with_flax() {
    let expected = [
        0xbd1d_48b0,
        0xbeb2_deb8,
        0xbc15_15c0,
        0xbeec_fcf2,
        0xbe92_1600,
        0xbefe_7aae,
    ];
    let x: Array2<f32> = grid(0, &[3, 3]).into_dimensionality().unwrap();
    let y: Array2<f32> = model().call(&x);
    assert_near(&y.into_dyn(), &expected, 4.0);
}

#[test]
fn queries_attend_to_other_keys_and_values_of_their_batch() {
    let expected = [
        0xbea5_a902,
        0xbee5_eab4,
        0xbe67_33d6,
        0xbe9c_fb76,
        0xbeb9_fac6,
        0xbe0f_eda0,
        0xbeb0_0950,
        0xbf1f_07c8,
    ];
    let (q, k, v) = (
        grid(1, &[2, 2, 3]),
        grid(2, &[2, 4, 3]),
        grid(5, &[2, 4, 3]),
    );
    let y = model().call_with(&q, &k, &v, None);
    assert_eq!(y.shape(), [2, 2, 2]);
    assert_near(&y, &expected, 4.0);
}

#[test]
fn a_query_ignores_masked_keys() {
    // The first position sees only itself.
    let expected = [
        0xbd80_0000,
        0xbef8_0000,
        0x3df4_9b84,
        0xbe92_77c2,
        0xbe92_1600,
        0xbefe_7aae,
    ];
    let causal = Array2::from_shape_fn((3, 3), |(query, key)| key <= query).into_dyn();
    let x = grid(0, &[3, 3]);
    let y = model().call_with(&x, &x, &x, Some(&causal));
    assert_near(&y, &expected, 4.0);
    assert_eq!(y[[0, 0]].to_bits(), expected[0]);
    assert_eq!(y[[0, 1]].to_bits(), expected[1]);
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
        [-0.078_125, 0.0625],
        [-0.718_75, -0.507_812_5],
        [-0.058_593_75, -1.019_531_2]
    ];
    let (q, k, v) = (grid(0, &[3, 3]), grid(5, &[4, 3]), grid(2, &[4, 3]));
    let y = model().call_with(&q, &k, &v, Some(&mask.clone().into_dyn()));
    assert_eq!(y, expected.into_dyn());
    // The same for each batch of two, whether or not the mask has its dimension.
    let both = |x: &ArrayD<f32>| ndarray::stack![ndarray::Axis(0), *x, *x];
    let masks = ndarray::stack![ndarray::Axis(0), mask, mask];
    for mask in [mask.into_dyn(), masks.into_dyn()] {
        let batch = model().call_with(&both(&q), &both(&k), &both(&v), Some(&mask));
        assert_eq!(batch, both(&y));
    }
}

#[test]
fn there_may_be_no_positions_and_several_batch_dimensions() {
    let (model, mut rngs) = (model(), Rngs::new(0));
    assert_eq!(model.call(&Array2::zeros((0, 3))).shape(), [0, 2]);
    assert_eq!(model.call(&Array3::zeros((0, 4, 3))).shape(), [0, 4, 2]);
    let model = MultiHeadAttention::new(2, 3, 4, 2, &mut rngs);
    let (x, none) = (Array2::ones((3, 3)), Array2::zeros((0, 3)));
    // Without keys there is nothing to add but the bias, which is 0.
    assert_eq!(
        model.call_with(&x, &none, &none, None),
        Array2::<f32>::zeros((3, 2))
    );
    let x = grid(0, &[2, 3, 2, 3]);
    let y = model.call(&x);
    let last = x.index_axis(ndarray::Axis(0), 1).to_owned();
    assert_eq!(y.index_axis(ndarray::Axis(0), 1), model.call(&last));
}

#[test]
fn it_is_a_module_like_others() {
    let model = model();
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    let x = grid(0, &[3, 3]);
    assert_eq!(merged.call(&x), model.call(&x));
    assert_eq!((model.num_heads, model.head_dim), (2, 2));
    assert_eq!((model.qkv_features, model.out_features), (4, 2));
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
            "inputs_q: expected shape (4, 3), found (4, 5)",
        ),
        (
            [&[4, 3], &[2, 4, 3], &[2, 4, 3]],
            "inputs_k: expected 2 dimensions, found shape (2, 4, 3)",
        ),
        (
            [&[2, 4, 3], &[1, 5, 3], &[1, 5, 3]],
            "inputs_k: expected shape (2, 5, 3), found (1, 5, 3)",
        ),
        (
            [&[4, 3], &[5, 3], &[4, 3]],
            "inputs_v: expected shape (5, 3), found (4, 3)",
        ),
    ] {
        assert_eq!(says(shapes), expected);
    }
}

#[test]
fn masks_that_do_not_fit_are_named() {
    let (model, x) = (model(), Tensor::from(grid(0, &[2, 3, 3])));
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
    let x = grid(0, &[3, 3]);
    let shapes = [
        "query.kernel: expected shape (3, 2, 2)",
        "key.kernel: expected shape (3, 2, 2)",
        "value.kernel: expected shape (3, 2, 2)",
        "out.kernel: expected shape (2, 2, 2)",
    ];
    for (index, expected) in shapes.into_iter().enumerate() {
        let model = model();
        let layers = [&model.query, &model.key, &model.value, &model.out];
        // PyTorch's layout, a matrix.
        layers[index].kernel.set_value(Array2::zeros((4, 3)));
        assert_eq!(
            model.try_call(&x).unwrap_err().to_string(),
            format!("nnx.MultiHeadAttention.__call__: {expected}, found (4, 3)")
        );
    }
    let model = model();
    model.value.bias.set_value(Array1::zeros(4));
    assert_eq!(
        model.try_call(&x).unwrap_err().to_string(),
        "nnx.MultiHeadAttention.__call__: value.bias: expected shape (2, 2), found (4,)"
    );
    let model = nnx::eval_shape(|| MultiHeadAttention::new(2, 3, 4, 2, &mut Rngs::new(0)));
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
