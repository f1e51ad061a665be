//! A fake run of an answer, for tests.

use super::super::{
    CaseEvidence, CaseOutput, Evidence, Explanation, Fingerprint, Known, Source, Subject, Traced,
    View, diagnose,
};
use crate::array::{Array, Dtype, Value};
use crate::compare::{Rule, Zeros};
use crate::spec::{Difficulty, Expr, Operator, Param, Spec, Type};

/// A spec and the outcomes of an answer.
#[derive(Clone)]
pub(in super::super) struct Run {
    spec: Spec,
    dtype: Dtype,
    cases: Vec<OneCase>,
    ignored: Vec<String>,
    traced: Vec<Traced>,
    refuted: Vec<Subject>,
    known: Vec<Known<'static>>,
}

#[derive(Clone)]
struct OneCase {
    dims: Vec<(String, usize)>,
    given: Vec<Value>,
    expected: Value,
    outcome: Kept,
}

#[derive(Clone)]
enum Kept {
    Right,
    Value(Value),
    Failed,
}

impl Run {
    /// A kata that returns `f32` of some dimensions: `r, c`, `rows * columns`.
    pub(super) fn new(returns: &str) -> Self {
        let name = |text: &str| Expr::Name(text.trim().to_owned());
        let dims = returns.split(',').map(|dim| {
            let mut factors = dim.split('*').map(name);
            let first = factors.next().expect("a split has a first part");
            factors.fold(first, |product, factor| {
                Expr::Operation(Box::new(product), Operator::Multiply, Box::new(factor))
            })
        });
        let spec = Spec {
            title: String::new(),
            difficulty: Difficulty::Easy,
            points: 1,
            tags: Vec::new(),
            function: "f".to_owned(),
            params: Vec::new(),
            returns: Type::Array {
                dtype: Dtype::F32,
                dims: dims.collect(),
                open: false,
            },
            rule: Rule::Bits,
            zeros: Zeros::Distinct,
            uses: Vec::new(),
            parts: Vec::new(),
            without: Vec::new(),
            draws: None,
            limits: crate::spec::KataLimits::default(),
            cases: Vec::new(),
            narrow: None,
            takeaway: None,
            pitfalls: Vec::new(),
        };
        Self {
            spec,
            dtype: Dtype::F32,
            cases: Vec::new(),
            ignored: Vec::new(),
            traced: Vec::new(),
            refuted: Vec::new(),
            known: Vec::new(),
        }
    }

    pub(super) fn rule(mut self, rule: Rule) -> Self {
        self.spec.rule = rule;
        self
    }

    pub(super) fn dtype(mut self, dtype: Dtype) -> Self {
        self.dtype = dtype;
        self
    }

    pub(super) fn ignoring(mut self, name: &str) -> Self {
        self.ignored.push(name.to_owned());
        self
    }

    /// What was traced of the case that was added last, in a view of all inputs: where the elements of the right and of
    /// the answer's output come from.
    pub(super) fn traced(mut self, right: &[usize], yours: &[usize]) -> Self {
        let row = |places: &[usize]| vec![places.iter().copied().map(Source::Element).collect()];
        let view = View {
            tagged: None,
            one_hot: None,
        };
        self.traced.push(Traced {
            case: self.cases.len() - 1,
            views: vec![(view, row(right), row(yours))],
        });
        self
    }

    pub(super) fn refuted(mut self, subject: Subject) -> Self {
        self.refuted.push(subject);
        self
    }

    pub(super) fn knowing(mut self, known: Known<'static>) -> Self {
        self.known.push(known);
        self
    }

    /// A wrong case with a flat output.
    pub(super) fn case(self, expected: &[f64], got: &[f64]) -> Self {
        self.full(&[], &[], expected, got)
    }

    /// A wrong case with a shaped output.
    pub(super) fn shaped(self, dims: &[(&str, usize)], expected: &[f64], got: &[f64]) -> Self {
        self.full(dims, &[], expected, got)
    }

    /// A wrong case with inputs.
    pub(super) fn full(
        mut self,
        dims: &[(&str, usize)],
        inputs: &[(&str, &[f64])],
        expected: &[f64],
        got: &[f64],
    ) -> Self {
        let got = Kept::Value(self.value(dims, got));
        self.push(dims, inputs, expected, got);
        self
    }

    pub(super) fn right(mut self, expected: &[f64]) -> Self {
        self.push(&[], &[], expected, Kept::Right);
        self
    }

    pub(super) fn failed(mut self, expected: &[f64]) -> Self {
        self.push(&[], &[], expected, Kept::Failed);
        self
    }

    pub(super) fn text(mut self, expected: &str, got: &str) -> Self {
        self.cases.push(OneCase {
            dims: Vec::new(),
            given: Vec::new(),
            expected: Value::Str(expected.to_owned()),
            outcome: Kept::Value(Value::Str(got.to_owned())),
        });
        self
    }

    pub(in super::super) fn diagnose(&self) -> Vec<Explanation> {
        self.with_evidence(diagnose)
    }

    /// Calls the function with evidence in which every wrong output has the fingerprint 1.
    pub(super) fn with_evidence<T>(&self, act: impl FnOnce(&Evidence<'_>) -> T) -> T {
        let cases = self.cases.iter().map(|case| CaseEvidence {
            shown: true,
            dims: &case.dims,
            given: &case.given,
            expected: Some(&case.expected),
            outcome: match &case.outcome {
                Kept::Right => CaseOutput::Right,
                Kept::Value(value) => CaseOutput::Value(value),
                Kept::Failed => CaseOutput::Failed,
            },
            fingerprint: Some(match &case.outcome {
                Kept::Right => Fingerprint::Right,
                Kept::Value(_) => Fingerprint::Digest([1; 8]),
                Kept::Failed => Fingerprint::Failed("panicked".to_owned()),
            }),
        });
        act(&Evidence {
            spec: &self.spec,
            cases: cases.collect(),
            known: self.known.clone(),
            ignored_inputs: self.ignored.clone(),
            traced: self.traced.clone(),
            refuted: self.refuted.clone(),
        })
    }

    fn push(
        &mut self,
        dims: &[(&str, usize)],
        inputs: &[(&str, &[f64])],
        expected: &[f64],
        outcome: Kept,
    ) {
        self.spec.params = inputs
            .iter()
            .map(|(name, _)| Param {
                name: (*name).to_owned(),
                ty: Type::Usize,
            })
            .collect();
        let given = inputs
            .iter()
            .map(|(_, numbers)| Value::Array(Array::flat(self.dtype, &self.bits(numbers))));
        self.cases.push(OneCase {
            dims: dims
                .iter()
                .map(|(name, length)| ((*name).to_owned(), *length))
                .collect(),
            given: given.collect(),
            expected: self.value(dims, expected),
            outcome,
        });
    }

    /// An output; with the spec's shape if the dimensions give it one.
    fn value(&self, dims: &[(&str, usize)], numbers: &[f64]) -> Value {
        let flat = Array::flat(self.dtype, &self.bits(numbers));
        let Type::Array { dims: exprs, .. } = &self.spec.returns else {
            return Value::Array(flat);
        };
        let lookup = |name: &str| {
            let found = dims.iter().find(|(known, _)| *known == name)?;
            i128::try_from(found.1).ok()
        };
        let shape: Option<Vec<usize>> = exprs.iter().map(|expr| expr.eval(&lookup).ok()).collect();
        let shaped = shape.and_then(|shape| flat.clone().reshaped(shape));
        Value::Array(shaped.unwrap_or(flat))
    }

    fn bits(&self, numbers: &[f64]) -> Vec<u64> {
        let bits = |number: &f64| match self.dtype {
            Dtype::F32 => u64::from((*number as f32).to_bits()),
            Dtype::F64 => number.to_bits(),
            dtype => dtype
                .from_integer(*number as i128)
                .expect("the number fits"),
        };
        numbers.iter().map(bits).collect()
    }
}
