//! A parameter that a layer may not have, such as a bias.
//!
//! With it, `model.bias.set_value(…)` needs no unwrapping. Where Python raises because `None` has no such attribute,
//! this panics.

use std::ops::Deref;

use crate::module::{Module, Walk};
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
}

impl Deref for OptionalParam {
    type Target = Param;

    /// # Panics
    /// If there is no parameter.
    #[track_caller]
    fn deref(&self) -> &Param {
        let Some(param) = &self.0 else {
            panic!("this layer was made without this parameter: it is None")
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
