//! The JSON reader: what it accepts, and its errors.

mod against_serde;

use std::panic::catch_unwind;

use nnx::json::{self, Json};
use serde_json::Value;

const CONFIG: &str = r#"{
  "hidden_size": 64,
  "rms_norm_eps": 1e-05,
  "rope_scaling": {"factor": 8.0, "type": "llama3"},
  "tie_word_embeddings": true,
  "eos_token_id": [1, -2],
  "sliding_window": null
}"#;

#[test]
fn a_config_is_read() {
    let config = json::parse(CONFIG).unwrap();
    assert_eq!(config["hidden_size"].as_u64(), Some(64));
    assert_eq!(config["rms_norm_eps"].as_f64(), Some(1e-5));
    assert_eq!(config["rms_norm_eps"].as_number(), Some("1e-05"));
    assert_eq!(config["rope_scaling"]["type"].as_str(), Some("llama3"));
    assert_eq!(config["tie_word_embeddings"].as_bool(), Some(true));
    assert_eq!(config["eos_token_id"][1].as_i64(), Some(-2));
    assert_eq!(config["eos_token_id"].as_array().map(<[_]>::len), Some(2));
    assert!(config["sliding_window"].is_null());
    assert_eq!(config.get("vocab_size"), None);
    let keys = config
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, _)| key.as_str());
    let expected = [
        "hidden_size",
        "rms_norm_eps",
        "rope_scaling",
        "tie_word_embeddings",
        "eos_token_id",
        "sliding_window",
    ];
    assert_eq!(keys.collect::<Vec<_>>(), expected);
}

#[test]
fn a_value_is_only_what_it_is() {
    let json = json::parse("[null, false, 7, \"7\", [7], {\"a\": 7}]").unwrap();
    let counts = |is: fn(&Json) -> bool| {
        let found = json.as_array().unwrap().iter().map(is);
        found
            .map(|is| if is { '1' } else { '.' })
            .collect::<String>()
    };
    assert_eq!(counts(Json::is_null), "1.....");
    assert_eq!(counts(|json| json.as_bool() == Some(false)), ".1....");
    assert_eq!(counts(|json| json.as_u64() == Some(7)), "..1...");
    assert_eq!(counts(|json| json.as_i64() == Some(7)), "..1...");
    assert_eq!(counts(|json| json.as_f64() == Some(7.0)), "..1...");
    assert_eq!(counts(|json| json.as_number().is_some()), "..1...");
    assert_eq!(counts(|json| json.as_str() == Some("7")), "...1..");
    assert_eq!(counts(|json| json.as_array().is_some()), "....1.");
    assert_eq!(counts(|json| json.as_object().is_some()), ".....1");
    assert_eq!(counts(|json| json.get("a").is_some()), ".....1");
}

#[test]
fn numbers_keep_every_digit() {
    // The text, and its value as u64, i64 and f64.
    let numbers = [
        ("0", Some(0), Some(0), 0.0),
        ("-0", None, Some(0), -0.0),
        (
            "18446744073709551615",
            Some(u64::MAX),
            None,
            18_446_744_073_709_551_616.0,
        ),
        (
            "18446744073709551616",
            None,
            None,
            18_446_744_073_709_551_616.0,
        ),
        (
            "-9223372036854775808",
            None,
            Some(i64::MIN),
            -9_223_372_036_854_775_808.0,
        ),
        (
            "9007199254740993",
            Some(9_007_199_254_740_993),
            Some(9_007_199_254_740_993),
            9_007_199_254_740_992.0,
        ),
        ("64.0", None, None, 64.0),
        ("6.4e1", None, None, 64.0),
        ("1E+2", None, None, 100.0),
        ("-1.25e-2", None, None, -0.0125),
        ("5e-324", None, None, f64::from_bits(1)),
        ("1e999", None, None, f64::INFINITY),
    ];
    for (text, unsigned, signed, float) in numbers {
        let number = json::parse(text).unwrap();
        assert_eq!(number.as_number(), Some(text));
        assert_eq!(number.as_u64(), unsigned, "{text}");
        assert_eq!(number.as_i64(), signed, "{text}");
        assert_eq!(
            number.as_f64().map(f64::to_bits),
            Some(float.to_bits()),
            "{text}"
        );
    }
}

#[test]
fn escapes_are_those_of_json() {
    let json = json::parse(r#""\" \\ \/ \b \f \n \r \t \u00e9 \uD83D\uDE00 é 😀""#).unwrap();
    let expected = "\" \\ / \u{8} \u{c} \n \r \t \u{e9} \u{1f600} \u{e9} \u{1f600}";
    assert_eq!(json.as_str(), Some(expected));
}

#[test]
fn the_last_value_of_a_key_counts_in_the_place_of_the_first() {
    // `json.loads` of Python gives {"b": 3, "a": 2}.
    let json = json::parse(r#"{"b": 1, "a": 2, "b": 3}"#).unwrap();
    assert_eq!(json, json::parse(r#"{"b": 3, "a": 2}"#).unwrap());
    assert_eq!(json["b"].as_u64(), Some(3));
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(json::MAX_DEPTH, 128);
    assert!(json::parse(&nested(128)).is_ok());
    let objects = format!("{}1{}", "{\"a\":".repeat(128), "}".repeat(128));
    assert!(json::parse(&objects).is_ok());
    let expected =
        "json: line 1, column 129: expected no more than 128 nested arrays and objects, found";
    for depth in [129, 1_000_000] {
        let error = json::parse(&nested(depth)).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

/// A text that is not JSON, and its error.
const WRONG: &[(&str, &str)] = &[
    (
        "",
        "line 1, column 1: expected a JSON value, found the end of the text",
    ),
    (
        "{\n  \"a\": 1,\n}",
        "line 3, column 1: expected a string, `\"`, found \"}\"",
    ),
    (
        "[1,\n 2\n 3]",
        "line 3, column 2: expected `,` or `]`, found \"3]\"",
    ),
    (
        "[1, ]",
        "line 1, column 5: expected a JSON value, found \"]\"",
    ),
    (
        "[1",
        "line 1, column 3: expected `,` or `]`, found the end of the text",
    ),
    ("{\"é\" 1}", "line 1, column 6: expected `:`, found \"1}\""),
    (
        "{\"a\": 1 \"b\": 2}",
        "line 1, column 9: expected `,` or `}`, found \"\\\"b\\\": 2}\"",
    ),
    (
        "{a: 1}",
        "line 1, column 2: expected a string, `\"`, found \"a: 1}\"",
    ),
    (
        "{'a': 1}",
        "line 1, column 2: expected a string, `\"`, found \"'a': 1}\"",
    ),
    (
        "True",
        "line 1, column 1: expected a JSON value, found \"True\"",
    ),
    (
        "NaN",
        "line 1, column 1: expected a JSON value, found \"NaN\"",
    ),
    (
        "Infinity",
        "line 1, column 1: expected a JSON value, found \"Infinity\"",
    ),
    (
        "-Infinity",
        "line 1, column 2: expected a digit, found \"Infinity\"",
    ),
    (
        "\u{feff}{}",
        "line 1, column 1: expected a JSON value, found \"\\u{feff}{}\"",
    ),
    (
        "nulls",
        "line 1, column 5: expected the end of the text, found \"s\"",
    ),
    (
        "1 2",
        "line 1, column 3: expected the end of the text, found \"2\"",
    ),
    (
        "01",
        "line 1, column 2: expected the end of the text, found \"1\"",
    ),
    (
        "+1",
        "line 1, column 1: expected a JSON value, found \"+1\"",
    ),
    (
        ".5",
        "line 1, column 1: expected a JSON value, found \".5\"",
    ),
    ("[1.]", "line 1, column 4: expected a digit, found \"]\""),
    (
        "1e+",
        "line 1, column 4: expected a digit, found the end of the text",
    ),
    (
        "0x10",
        "line 1, column 2: expected the end of the text, found \"x10\"",
    ),
    (
        "\"a",
        "line 1, column 3: expected the rest of a string, found the end of the text",
    ),
    (
        "\"a\tb\"",
        "line 1, column 3: expected the rest of a string, found \"\\tb\\\"\"",
    ),
    (
        "\"\\x41\"",
        "line 1, column 2: expected an escape of JSON, found \"\\\\x41\\\"\"",
    ),
    (
        "\"\\u00g0\"",
        "line 1, column 2: expected an escape of JSON, found \"\\\\u00g0\\\"\"",
    ),
    (
        "\"\\ud800\"",
        "line 1, column 2: expected an escape of JSON, found \"\\\\ud800\\\"\"",
    ),
    (
        "\"\\udc00\"",
        "line 1, column 2: expected an escape of JSON, found \"\\\\udc00\\\"\"",
    ),
    (
        "\"\\ud800\\u0041\"",
        "line 1, column 2: expected an escape of JSON, found \"\\\\ud800\\\\u0041\"",
    ),
    (
        "// a comment\n1",
        "line 1, column 1: expected a JSON value, found \"// a comment\"",
    ),
    (
        "\u{a0}1",
        "line 1, column 1: expected a JSON value, found \"\\u{a0}1\"",
    ),
];

#[test]
fn faults_are_reported_with_line_and_column() {
    for (text, expected) in WRONG {
        let error = json::parse(text).expect_err(text);
        assert_eq!(error.to_string(), format!("json: {expected}"), "{text}");
        assert_eq!(format!("{error:?}"), error.to_string());
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
    }
}

#[test]
fn an_invalid_index_gives_the_valid_range() {
    type Indexed = fn(&Json) -> &Json;
    let panics: [(Indexed, &str); 6] = [
        (
            |json| &json["c"],
            "json: there is no key \"c\"; there is \"a\", \"b\"",
        ),
        (
            |json| &json["b"]["x"],
            "json: there is no key \"x\"; the object is empty",
        ),
        (
            |json| &json["a"]["x"],
            "json: expected an object with a key \"x\", found an array",
        ),
        (
            |json| &json["a"][1],
            "json: there is no element 1; the array has 1",
        ),
        (
            |json| &json[0],
            "json: expected an array with an element 0, found an object",
        ),
        (
            |json| &json["a"][0][0],
            "json: expected an array with an element 0, found null",
        ),
    ];
    for (index, expected) in panics {
        let caught = catch_unwind(|| {
            let json = json::parse(r#"{"a": [null], "b": {}}"#).unwrap();
            index(&json).is_null()
        });
        let caught = caught.expect_err(expected);
        assert_eq!(caught.downcast_ref::<String>().unwrap(), expected);
    }
    let many = (0..10)
        .map(|index| format!("\"{index}\": 0"))
        .collect::<Vec<_>>();
    let many = format!("{{{}}}", many.join(","));
    let caught = catch_unwind(|| json::parse(&many).unwrap()["x"].is_null()).unwrap_err();
    assert_eq!(
        caught.downcast_ref::<String>().unwrap(),
        "json: there is no key \"x\"; there is \"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\" and 2 more"
    );
}
