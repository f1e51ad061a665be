//! A dimension expression: `features * in`, `(heads + 2) * dim / 4`.
//!
//! Only integers are allowed, and divisions must be exact, so a length never depends on rounding.

use std::fmt;
use std::ops::Range;

/// The length of one dimension, in terms of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    Name(String),
    Number(u64),
    Operation(Box<Expr>, Operator, Box<Expr>),
}

/// The operators of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// Why an expression has no length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    #[error("`{0}` has no value")]
    Unbound(String),
    #[error("{0} / {1} is not a whole number")]
    Uneven(i128, i128),
    #[error("{0} is divided by zero")]
    ByZero(i128),
    #[error("{0} is negative")]
    Negative(i128),
    #[error("the result is too large")]
    TooLarge,
}

/// What is wrong with the text of an expression, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ExprError {
    pub(super) span: Range<usize>,
    pub(super) message: String,
}

impl Expr {
    /// Reads an expression.
    pub(super) fn parse(text: &str) -> Result<Self, ExprError> {
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
        };
        let expr = parser.sum()?;
        match parser.peek() {
            None => Ok(expr),
            Some(_) => Err(parser.unexpected()),
        }
    }

    /// Returns the name if the expression is just a name.
    #[must_use]
    pub fn as_name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Lists the names in the order they are written; a name used twice is there twice.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Name(name) => vec![name],
            Self::Number(_) => Vec::new(),
            Self::Operation(left, _, right) => {
                let mut names = left.names();
                names.extend(right.names());
                names
            }
        }
    }

    /// Computes the length.
    ///
    /// # Errors
    /// When a name has no value, a division leaves a remainder, or the length is negative or too large.
    pub fn eval(&self, lookup: &dyn Fn(&str) -> Option<i128>) -> Result<usize, EvalError> {
        let value = self.value(lookup)?;
        if value < 0 {
            return Err(EvalError::Negative(value));
        }
        usize::try_from(value).map_err(|_| EvalError::TooLarge)
    }

    fn value(&self, lookup: &dyn Fn(&str) -> Option<i128>) -> Result<i128, EvalError> {
        let (left, operator, right) = match self {
            Self::Name(name) => {
                return lookup(name).ok_or_else(|| EvalError::Unbound(name.clone()));
            }
            Self::Number(number) => return Ok((*number).into()),
            Self::Operation(left, operator, right) => {
                (left.value(lookup)?, operator, right.value(lookup)?)
            }
        };
        let result = match operator {
            Operator::Add => left.checked_add(right),
            Operator::Subtract => left.checked_sub(right),
            Operator::Multiply => left.checked_mul(right),
            Operator::Divide if right == 0 => return Err(EvalError::ByZero(left)),
            Operator::Divide if left % right != 0 => return Err(EvalError::Uneven(left, right)),
            Operator::Divide => left.checked_div(right),
        };
        result.ok_or(EvalError::TooLarge)
    }

    /// Returns the precedence of the expression, to format it with as few parentheses as possible.
    fn binding(&self) -> u8 {
        match self {
            Self::Operation(_, Operator::Add | Operator::Subtract, _) => 0,
            Self::Operation(..) => 1,
            _ => 2,
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, operator, right) = match self {
            Self::Name(name) => return formatter.write_str(name),
            Self::Number(number) => return write!(formatter, "{number}"),
            Self::Operation(left, operator, right) => (left, operator, right),
        };
        match left.binding() < self.binding() {
            true => write!(formatter, "({left})")?,
            false => write!(formatter, "{left}")?,
        }
        formatter.write_str(match operator {
            Operator::Add => " + ",
            Operator::Subtract => " - ",
            Operator::Multiply => " * ",
            Operator::Divide => " / ",
        })?;
        match right.binding() <= self.binding() {
            true => write!(formatter, "({right})"),
            false => write!(formatter, "{right}"),
        }
    }
}

/// A recursive descent parser; sums consist of products, products of atoms, all left-associative.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

/// The maximum nesting of parentheses, so that no text can exhaust the stack.
const DEEPEST: usize = 32;

/// The maximum length of the text: a chain of operators nests to the left, and is visited and dropped recursively.
const LONGEST: usize = 1000;

impl Parser<'_> {
    fn sum(&mut self) -> Result<Expr, ExprError> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&[('+', Operator::Add), ('-', Operator::Subtract)])
        {
            left = Expr::Operation(Box::new(left), operator, Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, ExprError> {
        let mut left = self.atom()?;
        while let Some(operator) =
            self.operator(&[('*', Operator::Multiply), ('/', Operator::Divide)])
        {
            left = Expr::Operation(Box::new(left), operator, Box::new(self.atom()?));
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Expr, ExprError> {
        if self.text.len() > LONGEST {
            return Err(self.fault(0..self.text.len(), "the expression is too long"));
        }
        match self.peek() {
            Some('(') => self.parenthesised(),
            Some(first) if first.is_ascii_digit() => {
                let start = self.at;
                let digits = self.take(|character| character.is_ascii_alphanumeric());
                let number = digits.parse().ok();
                number
                    .map(Expr::Number)
                    .ok_or_else(|| self.fault(start..self.at, "this is not a whole number"))
            }
            Some(first) if first.is_ascii_alphabetic() || first == '_' => {
                let name =
                    self.take(|character| character.is_ascii_alphanumeric() || character == '_');
                Ok(Expr::Name(name))
            }
            _ => Err(self.unexpected()),
        }
    }

    fn parenthesised(&mut self) -> Result<Expr, ExprError> {
        let open = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(open..self.at, "too many nested parentheses"));
        }
        let expr = self.sum()?;
        if self.peek() != Some(')') {
            return Err(self.fault(open..open + 1, "this parenthesis is not closed"));
        }
        self.at += 1;
        self.depth -= 1;
        Ok(expr)
    }

    fn operator(&mut self, known: &[(char, Operator)]) -> Option<Operator> {
        let next = self.peek()?;
        let (_, operator) = known.iter().find(|(sign, _)| *sign == next)?;
        self.at += 1;
        Some(*operator)
    }

    /// Skips spaces and looks at the next character.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|character| !belongs(character))
            .unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn unexpected(&mut self) -> ExprError {
        match self.peek() {
            Some(character) => {
                let span = self.at..self.at + character.len_utf8();
                self.fault(span, &format!("`{character}` is not expected here"))
            }
            None => self.fault(0..self.text.len(), "a name or a whole number is missing"),
        }
    }

    fn fault(&self, span: Range<usize>, message: &str) -> ExprError {
        ExprError {
            span,
            message: message.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Option<i128> {
        [("features", 4), ("in", 3), ("zero", 0)]
            .into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    #[track_caller]
    fn check(text: &str, written: &str, expected: Result<usize, EvalError>) {
        let expr = Expr::parse(text).unwrap();
        assert_eq!(expr.to_string(), written);
        assert_eq!(Expr::parse(written), Ok(expr.clone()));
        assert_eq!(expr.eval(&lookup), expected, "{text}");
    }

    #[test]
    fn lengths_are_computed_exactly() {
        check("in", "in", Ok(3));
        check("features*in", "features * in", Ok(12));
        check(" 2 * ( features + 1 ) ", "2 * (features + 1)", Ok(10));
        check("features - in - 1", "features - in - 1", Ok(0));
        check("features - (in - 1)", "features - (in - 1)", Ok(2));
        check("(features * in) / 6", "features * in / 6", Ok(2));
        check("2 * (features / 2)", "2 * (features / 2)", Ok(4));
        check(
            "features / in",
            "features / in",
            Err(EvalError::Uneven(4, 3)),
        );
        check("in / zero", "in / zero", Err(EvalError::ByZero(3)));
        check(
            "in - features",
            "in - features",
            Err(EvalError::Negative(-1)),
        );
        check(
            "in * other",
            "in * other",
            Err(EvalError::Unbound("other".to_owned())),
        );
        let big = "18446744073709551615";
        check(
            &[big; 3].join(" * "),
            &[big; 3].join(" * "),
            Err(EvalError::TooLarge),
        );
    }

    #[test]
    fn broken_expressions_are_reported_with_their_position() {
        let fault = |text: &str| {
            Expr::parse(text)
                .map_err(|error| (error.span, error.message))
                .unwrap_err()
        };
        assert_eq!(
            fault(""),
            (0..0, "a name or a whole number is missing".to_owned())
        );
        assert_eq!(
            fault("a +"),
            (0..3, "a name or a whole number is missing".to_owned())
        );
        assert_eq!(fault("a b"), (2..3, "`b` is not expected here".to_owned()));
        assert_eq!(
            fault("a * ²"),
            (4..6, "`²` is not expected here".to_owned())
        );
        assert_eq!(
            fault("(a + 1"),
            (0..1, "this parenthesis is not closed".to_owned())
        );
        assert_eq!(fault("2x"), (0..2, "this is not a whole number".to_owned()));
        assert_eq!(
            fault("99999999999999999999"),
            (0..20, "this is not a whole number".to_owned())
        );
        assert!(Expr::parse(&"(".repeat(100_000)).is_err());
        assert!(Expr::parse(&"1+".repeat(100_000)).is_err());
    }
}
