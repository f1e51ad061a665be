//! `nnx.Embed` against real Flax 0.12.8: initial bits, all kinds of ids, tied weights, and errors.

use ndarray::{Array1, Array2, Array3, array};
use nnx::{Embed, Error, Rngs, Tensor};

/// `nnx.Embed(6, 3, rngs=nnx.Rngs(3)).embedding`.
const TABLE: [u32; 18] = [
    0xbfaf_c2e4,
    0xbf7c_2c9e,
    0xbe91_4228,
    0xbf0e_5a03,
    0x3de0_e8c6,
    0x3f24_a2ec,
    0x3ede_77fb,
    0xbf9d_17ce,
    0x3fb4_6d36,
    0xbf26_c472,
    0xbfd1_70ce,
    0x3e70_7c8e,
    0xbd3c_e668,
    0x3da8_861c,
    0xbc79_5ef9,
    0x3ea8_d724,
    0x3ec2_85b4,
    0x3ebe_62c3,
];

fn embed() -> Embed {
    Embed::new(6, 3, &mut Rngs::new(3))
}

fn bits<'a>(values: impl IntoIterator<Item = &'a f32>) -> Vec<u32> {
    values.into_iter().map(|value| value.to_bits()).collect()
}

#[test]
fn initial_values_have_flax_bits() {
    assert_eq!(bits(&embed().embedding.array2()), TABLE);
    // One key for a table: the second has the next.
    let mut rngs = Rngs::new(0);
    Embed::new(2, 2, &mut rngs);
    let second = Embed::new(7, 1, &mut rngs).embedding.array2();
    let expected = [
        0xc01c_5132,
        0xc002_4897,
        0x3e52_7a30,
        0xbeb5_0488,
        0xbf43_10bb,
        0xbf96_dac9,
        0xbf92_f8dc,
    ];
    assert_eq!(bits(&second), expected);
}

#[test]
fn ids_find_their_rows() {
    let (model, table) = (embed(), embed().embedding.array2());
    let y: Array3<f32> = model.call(&array![[5_i32, 0], [-1, -6]]);
    assert_eq!(y.shape(), [2, 2, 3]);
    let rows: Vec<Array1<f32>> = [5, 0, 5, 0].map(|row| table.row(row).to_owned()).into();
    assert_eq!(bits(&y), bits(rows.iter().flatten()));
    let y: Array1<f32> = model.call(&ndarray::arr0(2_u8));
    assert_eq!(y, table.row(2));
    assert_eq!(model.call(&Array1::<i64>::zeros(0)).shape(), [0, 3]);
}

#[test]
fn an_id_without_a_row_gives_nan() {
    let y: Array2<f32> = embed().call(&array![6_i64, -7, i64::MIN, 1]);
    assert!(y.iter().take(9).all(|value| value.is_nan()));
    assert!(y.row(3).iter().all(|value| value.is_finite()));
    assert!(
        embed()
            .call(&array![u64::MAX])
            .iter()
            .all(|value| value.is_nan())
    );
    // A table of one row is spread over any ids.
    let model = Embed::new(1, 4, &mut Rngs::new(5));
    let expected = [0x3e54_9fed, 0x3f13_3fdf, 0xbeaa_3e10, 0x3f1e_eacc];
    assert_eq!(bits(&model.call(&array![7_i32])), expected);
    assert_eq!(bits(&model.call(&array![-3_i32])), expected);
}

#[test]
fn tied_weights_have_flax_bits() {
    let y = embed().attend(&array![0.1, -0.7, 1.3]);
    let expected = [
        0x3e3b_ce9b,
        0x3f34_1cd4,
        0x402f_0a6b,
        0x3fb1_5961,
        0xbda7_ef3b,
        0x3e80_384f,
    ];
    assert_eq!(bits(&y), expected);
    assert_eq!(embed().attend(&Array3::zeros((2, 1, 3))).shape(), [2, 1, 6]);
}

#[test]
fn it_is_a_module_like_others() {
    let model = embed();
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, state.to_pure_dict()).unwrap();
    assert_eq!(merged.call(&array![3_i32]), model.call(&array![3_i32]));
    let huge = nnx::eval_shape(|| Embed::new(1 << 31, 1 << 31, &mut Rngs::new(0)));
    assert_eq!(huge.embedding.shape(), [1 << 31, 1 << 31]);
    let text = huge.try_call(&array![0_i32]).unwrap_err().to_string();
    assert!(
        text.starts_with("nnx.Embed.__call__: embedding is abstract"),
        "{text}"
    );
}

#[test]
fn what_does_not_fit_is_named() {
    let says = |result: Result<_, Error>| result.map(|_: Tensor| ()).unwrap_err().to_string();
    let model = embed();
    let text = says(model.forward(&Tensor::from(array![1.0])));
    assert_eq!(
        text,
        "nnx.Embed.__call__: inputs: expected dtype integer, found float32"
    );
    let text = says(model.forward(&Tensor::from_array(array![true])));
    assert_eq!(
        text,
        "nnx.Embed.__call__: inputs: expected dtype integer, found bool"
    );
    let text = says(model.forward_attend(&Tensor::from(array![[1.0, 2.0]])));
    assert_eq!(
        text,
        "nnx.Embed.attend: query: expected shape (1, 3), found (1, 2)"
    );
    // As in Flax the array counts, and not what the layer was made for.
    model.embedding.set_value(array![[1.0], [2.0]]);
    assert_eq!(model.call(&array![-1_i32]), array![[2.0]]);
    model.embedding.set_value(array![1.0]);
    let text = says(model.forward(&Tensor::from_array(array![0_i32])));
    assert_eq!(
        text,
        "nnx.Embed.__call__: embedding: expected shape (6, 3), found (1,)"
    );
    let one = Embed::new(1, 3, &mut Rngs::new(0));
    one.embedding.set_value(Array2::zeros((2, 3)));
    let text = says(one.forward(&Tensor::from_array(array![0_i32])));
    assert_eq!(
        text,
        "nnx.Embed.__call__: embedding: expected shape (1, 3), found (2, 3)"
    );
    let empty = std::panic::catch_unwind(|| Embed::new(0, 3, &mut Rngs::new(0))).unwrap_err();
    let text = empty.downcast::<String>().unwrap();
    assert_eq!(
        *text,
        "nnx.Embed: embedding: expected sizes of 1 or more, found shape (0, 3)"
    );
}
