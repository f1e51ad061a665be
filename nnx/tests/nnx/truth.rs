//! Reads `tests/truth/`, the values recorded from the real libraries. Only the tests in this folder call it.

use ndarray::ArrayD;
use serde_json::Value;

/// One case of `linear.json`.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) seed: i64,
    pub(crate) x: Vec<f32>,
    pub(crate) features: usize,
    pub(crate) not_portable: Vec<String>,
    data: Value,
}

/// One case of a kata's fixture.
pub(crate) struct Fixture {
    pub(crate) name: String,
    data: Value,
}

pub(crate) fn linear() -> Vec<Case> {
    let read = |data: &Value| Case {
        name: format!(
            "seed {} x {} f {}",
            data["seed"], data["x_name"], data["features"]
        ),
        seed: data["seed"].as_i64().expect("a seed"),
        x: decimals(&data["x"]),
        features: data["features"].as_u64().expect("a size") as usize,
        not_portable: texts(&data["not_portable_x86_vs_arm64"]),
        data: data.clone(),
    };
    let cases: Vec<Case> = list(&load("linear")["cases"]).iter().map(read).collect();
    assert_eq!(cases.len(), 96);
    cases
}

pub(crate) fn fixtures(name: &str) -> Vec<Fixture> {
    let read = |data: &Value| Fixture {
        name: data["name"].to_string(),
        data: data.clone(),
    };
    let cases: Vec<Fixture> = list(&load(name)["cases"]).iter().map(read).collect();
    assert!(cases.len() >= 5, "{name} has lost cases");
    cases
}

/// The bits of an array, row-major.
pub(crate) fn bits(array: &ArrayD<f32>) -> Vec<u32> {
    array.iter().map(|value| value.to_bits()).collect()
}

impl Case {
    pub(crate) fn bits(&self, field: &str) -> Vec<u32> {
        words(&self.data[field]["hex"])
    }

    pub(crate) fn floats(&self, field: &str) -> Vec<f32> {
        decimals(&self.data[field])
    }
}

impl Fixture {
    pub(crate) fn floats(&self, input: &str) -> Vec<f32> {
        words(&self.data["inputs"][input]["f32"])
            .into_iter()
            .map(f32::from_bits)
            .collect()
    }

    pub(crate) fn size(&self, input: &str) -> usize {
        self.data["inputs"][input].as_u64().expect("a size") as usize
    }

    pub(crate) fn bytes(&self, input: &str) -> Vec<u8> {
        let text = self.data["inputs"][input]["u8_hex"].as_str();
        let pairs = text.expect("bytes").as_bytes().chunks(2);
        pairs
            .map(|pair| {
                let pair = std::str::from_utf8(pair).expect("digits");
                u8::from_str_radix(pair, 16).expect("a byte")
            })
            .collect()
    }

    pub(crate) fn integers(&self) -> Vec<usize> {
        let numbers = list(&self.data["expected"]["int"]).iter();
        numbers
            .map(|number| number.as_u64().expect("an integer") as usize)
            .collect()
    }

    pub(crate) fn expected(&self) -> Vec<f32> {
        words(&self.data["expected"]["f32"])
            .into_iter()
            .map(f32::from_bits)
            .collect()
    }
}

fn load(name: &str) -> Value {
    let path = format!("{}/tests/truth/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a truth file");
    serde_json::from_str(&text).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// Decimal numbers that are exactly floats.
fn decimals(value: &Value) -> Vec<f32> {
    list(value)
        .iter()
        .map(|number| number.as_f64().expect("a number") as f32)
        .collect()
}

fn words(value: &Value) -> Vec<u32> {
    let word =
        |text: &String| u32::from_str_radix(text.trim_start_matches("0x"), 16).expect("bits");
    texts(value).iter().map(word).collect()
}

fn texts(value: &Value) -> Vec<String> {
    list(value)
        .iter()
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}
