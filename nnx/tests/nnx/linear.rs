//! `nnx.Linear` and `linen.Dense` against values recorded from real Flax: initial bits, forward pass, the three katas.

use ndarray::{Array1, Array2, ArrayD, array};
use nnx::{Linear, PureDict, Rngs, linen};

use crate::truth::{self, Case, bits};

#[test]
fn initial_values_have_flax_bits() {
    for case in truth::linear() {
        let model = Linear::new(case.x.len(), case.features, &mut Rngs::new(case.seed));
        assert_eq!(
            bits(&model.kernel.value()),
            case.bits("init_kernel"),
            "{}",
            case.name
        );
        assert_eq!(
            bits(&model.bias.value()),
            case.bits("init_bias"),
            "{}",
            case.name
        );
        assert_eq!(model.kernel.shape(), [case.x.len(), case.features]);
    }
}

#[test]
fn forward_pass_has_flax_bits() {
    for case in truth::linear() {
        let model = Linear::new(case.x.len(), case.features, &mut Rngs::new(case.seed));
        let y = model.call(&Array1::from(case.x.clone()));
        assert_eq!(
            bits(&y.into_dyn()),
            case.bits("nnx_linear_out"),
            "{}",
            case.name
        );
    }
}

#[test]
fn loaded_weights_have_flax_bits() {
    let mut held = 0;
    for case in truth::linear() {
        let y = load_hf_weights(&case);
        if !case.not_portable.contains(&"load_hf_weights".to_owned()) {
            assert_eq!(
                bits(&y.into_dyn()),
                case.bits("load_hf_weights"),
                "{}",
                case.name
            );
            held += 1;
        }
    }
    assert_eq!(held, 90); // six cases have f = 2 and x = [1, 2, 3]
}

#[test]
fn split_and_merge_have_flax_bits() {
    for case in truth::linear() {
        let x = Array1::from(case.x.clone());
        let model = Linear::new(x.len(), case.features, &mut Rngs::new(case.seed));
        let (graphdef, state) = nnx::split(&model);
        let (y, merged) = (
            model.call(&x),
            nnx::merge(&graphdef, &state).unwrap().call(&x),
        );
        let difference = (&y - &merged)
            .iter()
            .fold(0.0_f32, |most, d| most.max(d.abs()));
        let out = array![nnx::sum(&y), nnx::sum(&merged), difference];
        assert_eq!(
            bits(&out.into_dyn()),
            case.bits("split_merge_round_trip"),
            "{}",
            case.name
        );
    }
}

#[test]
fn linen_has_flax_bits() {
    for case in truth::linear() {
        let x = Array1::from(case.x.clone());
        let model = Linear::new(x.len(), case.features, &mut Rngs::new(case.seed));
        let variables = PureDict::from([("params", nnx::state(&model).to_pure_dict())]);
        let dense = linen::Dense::new(case.features).apply(&variables, &x);
        let out = array![nnx::sum(&model.call(&x)), nnx::sum(&dense)];
        assert_eq!(
            bits(&out.into_dyn()),
            case.bits("state_translation"),
            "{}",
            case.name
        );
    }
}

#[test]
fn fixtures_of_hf_load_come_out() {
    for case in truth::fixtures("hf_load") {
        let (x, f) = (case.floats("x"), case.size("features"));
        let weight = Array2::from_shape_vec((f, x.len()), case.floats("hf_kernel")).unwrap();
        let model = Linear::new(x.len(), f, &mut Rngs::new(0));
        model.kernel.set_value(weight.t());
        model.bias.set_value(Array1::from(case.floats("hf_bias")));
        let y = model.call(&Array1::from(x));
        // The fixture says that zeros are equal; floats compare so.
        assert_eq!(y.to_vec(), case.expected(), "{}", case.name);
    }
}

#[test]
fn fixtures_of_split_merge_come_out() {
    for case in truth::fixtures("split_merge") {
        let (x, f) = (Array1::from(case.floats("x")), case.size("features"));
        let model = Linear::new(x.len(), f, &mut Rngs::new(case.size("seed") as i64));
        let kernel = ArrayD::from_shape_vec(vec![x.len(), f], case.floats("kernel")).unwrap();
        assert_eq!(bits(&model.kernel.value()), bits(&kernel), "{}", case.name);
        model.bias.set_value(Array1::from(case.floats("bias")));
        let (graphdef, state) = nnx::split(&model);
        let merged = nnx::merge(&graphdef, state.copy()).unwrap();
        let (y, again) = (model.call(&x), merged.call(&x));
        let (_, first) = &state.flat_state()[0];
        merged.bias.set_value(merged.bias.array1() + 1.0);
        let difference = (&y - &again)
            .iter()
            .fold(0.0_f32, |most, d| most.max(d.abs()));
        let out = [
            nnx::sum(&y),
            nnx::sum(&again),
            difference,
            first.size() as f32,
            nnx::sum(&model.call(&x)),
        ];
        assert_eq!(out.to_vec(), case.expected(), "{}", case.name);
    }
}

#[test]
fn fixtures_of_state_translation_come_out() {
    for case in truth::fixtures("state_translation") {
        let (x, f) = (Array1::from(case.floats("x")), case.size("features"));
        let kernel = Array2::from_shape_vec((x.len(), f), case.floats("kernel")).unwrap();
        let model = Linear::new(x.len(), f, &mut Rngs::new(0));
        model.kernel.set_value(kernel.view());
        model.bias.set_value(Array1::from(case.floats("bias")));
        let params = PureDict::new()
            .with("kernel", kernel)
            .with("bias", Array1::from(case.floats("bias")));
        let variables = PureDict::from([("params", params)]);
        let out = [
            nnx::sum(&model.call(&x)),
            nnx::sum(&linen::Dense::new(f).apply(&variables, &x)),
        ];
        assert_eq!(out.to_vec(), case.expected(), "{}", case.name);
    }
}

fn load_hf_weights(case: &Case) -> Array1<f32> {
    let (n, f) = (case.x.len(), case.features);
    let model = Linear::new(n, f, &mut Rngs::new(case.seed));
    let weight =
        Array2::from_shape_vec((f, n), case.floats("hf_kernel_flat")).expect("f rows of n");
    model.kernel.set_value(weight.t());
    model
        .bias
        .set_value(Array1::from(case.floats("hf_bias_flat")));
    model.call(&Array1::from(case.x.clone()))
}
