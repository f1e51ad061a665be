//! A parameter that a layer may not have, such as a bias.
//!
//! With this type, `model.bias.set_value(…)` needs no unwrapping. Where Python raises an exception because `None` has
//! no such attribute, it panics.

use std::ops::Deref;

use crate::error::Error;
use crate::module::{Module, Walk};
use crate::tensor::Tensor;
use crate::variable::Param;

/// A [`Param`] or nothing. It dereferences to the parameter.
#[derive(Clone, Debug)]
pub struct OptionalParam(Option<Param>);

impl OptionalParam {
    /// No parameter.
    pub const NONE: Self = Self(None);

    /// The parameter, if there is one.
    pub fn as_option(&self) -> Option<&Param> {
        self.0.as_ref()
    }

    /// Whether there is no parameter.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The floats, if there is a parameter; an error if it has a different shape.
    pub(crate) fn of_shape(
        &self,
        operation: &'static str,
        name: &str,
        shape: &[usize],
    ) -> Result<Option<Tensor>, Error> {
        let param = self.0.as_ref();
        param
            .map(|param| param.of_shape(operation, name, shape))
            .transpose()
    }

    /// The floats for the features of x, if there is a parameter; see `Variable::for_features`.
    pub(crate) fn for_features(
        &self,
        operation: &'static str,
        name: &str,
        x: &Tensor,
        created_with: usize,
    ) -> Result<Option<Tensor>, Error> {
        let param = self.0.as_ref();
        param
            .map(|param| param.for_features(operation, name, x, created_with))
            .transpose()
    }
}

impl Deref for OptionalParam {
    type Target = Param;

    /// # Panics
    /// If there is no parameter.
    #[track_caller]
    fn deref(&self) -> &Param {
        let Some(param) = &self.0 else {
            panic!("this layer was created without this parameter: it is None")
        };
        param
    }
}

impl From<Param> for OptionalParam {
    fn from(param: Param) -> Self {
        Self(Some(param))
    }
}

impl Module for OptionalParam {
    fn walk(&self, walk: &mut Walk<'_>) -> Self {
        Self(self.0.walk(walk))
    }
}
