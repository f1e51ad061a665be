//! Variables: shared cells with a value, a kind and metadata.
//!
//! Modules and states contain them. A clone is the same variable, like a second name for it in Python; [`Variable::copy`]
//! creates a new one. As in Flax, a value's shape is not checked when it is set; the forward pass checks it.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use ndarray::{Array, Array1, Array2, ArrayD, Dimension};

use crate::abstract_mode;
use crate::calls::note;
use crate::dtype::{DType, Element};
use crate::error::{Error, or_panic, tuple};
use crate::path::Path;
use crate::tensor::Tensor;

/// The purpose of a variable; filters select by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// Learned.
    Param,
    /// A running mean or variance; in Linen, a collection next to `params`.
    BatchStat,
    /// Keys and values of earlier tokens.
    Cache,
    /// A value kept for inspection.
    Intermediate,
    /// A stream's key.
    RngKey,
    /// How many keys a stream has generated.
    RngCount,
    /// A kind of your own.
    Custom(&'static str),
}

/// A shared cell with a value, a kind and metadata. Each kind has its own type that dereferences to this: [`Param`] …
#[derive(Clone)]
pub struct Variable {
    cell: Rc<Inner>,
    /// Whether [`crate::merge`] put it into a module. The cell is shared with the module that was split; this is not.
    is_merged: bool,
}

struct Inner {
    kind: Kind,
    metadata: RefCell<BTreeMap<String, String>>,
    value: RefCell<Tensor>,
    /// The variable's path in the outermost module walked so far, for error messages.
    place: RefCell<Option<Path>>,
}

impl Variable {
    /// Creates a variable with this value. Inside [`crate::eval_shape()`], only its shape and dtype are kept.
    pub fn new(kind: Kind, value: impl Into<Tensor>) -> Self {
        let value = value.into();
        let value = if abstract_mode::is_on() {
            value.to_abstract()
        } else {
            value
        };
        Self::with(kind, BTreeMap::new(), value)
    }

    /// Creates a variable of this shape, and computes its value only if needed: not inside [`crate::eval_shape()`].
    pub fn init<V: Into<Tensor>>(
        kind: Kind,
        shape: &[usize],
        dtype: DType,
        make: impl FnOnce() -> V,
    ) -> Self {
        let value = if abstract_mode::is_on() {
            Tensor::abstracted(shape, dtype)
        } else {
            make().into()
        };
        Self::with(kind, BTreeMap::new(), value)
    }

    /// The purpose of the variable.
    pub fn kind(&self) -> Kind {
        self.cell.kind
    }

    /// Sizes of the value, outermost first.
    pub fn shape(&self) -> Vec<usize> {
        self.borrow().shape().to_vec()
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.borrow().size()
    }

    /// The type of the value's elements.
    pub fn dtype(&self) -> DType {
        self.borrow().dtype()
    }

    /// Whether it has only a shape and a dtype, but no values.
    pub fn is_abstract(&self) -> bool {
        self.borrow().is_abstract()
    }

    /// The value. It shares its elements with the variable; setting the variable later does not change it.
    pub fn get_value(&self) -> Tensor {
        self.borrow().clone()
    }

    /// A copy of the floats, with any number of dimensions.
    ///
    /// # Panics
    /// If the variable is abstract or does not contain floats.
    #[track_caller]
    pub fn value(&self) -> ArrayD<f32> {
        or_panic(self.read())
    }

    /// A copy of the floats of a vector, such as a bias.
    ///
    /// # Panics
    /// Like [`Self::value`], and if there is not exactly one dimension.
    #[track_caller]
    pub fn array1(&self) -> Array1<f32> {
        or_panic(self.read())
    }

    /// A copy of the floats of a matrix, such as a kernel.
    ///
    /// # Panics
    /// Like [`Self::value`], and if there are not exactly two dimensions.
    #[track_caller]
    pub fn array2(&self) -> Array2<f32> {
        or_panic(self.read())
    }

    /// Replaces the value, for all modules and states that share the variable. As in Flax, any shape is accepted.
    pub fn set_value(&self, value: impl Into<Tensor>) {
        *self.cell.value.borrow_mut() = value.into();
    }

    /// Creates another variable with the same kind and metadata, and with this value.
    pub fn replace(&self, value: impl Into<Tensor>) -> Self {
        Self::with(self.kind(), self.metadata(), value.into())
    }

    /// Creates another variable with a copy of everything.
    pub fn copy(&self) -> Self {
        self.replace(self.get_value())
    }

    /// Whether both are the same variable: Python's `is`.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.cell, &other.cell)
    }

    /// A copy of the metadata.
    pub fn metadata(&self) -> BTreeMap<String, String> {
        self.cell.metadata.borrow().clone()
    }

    /// Sets one entry of the metadata, which belongs to the graphdef.
    pub fn set_metadata(&self, key: &str, value: &str) {
        self.cell
            .metadata
            .borrow_mut()
            .insert(key.to_owned(), value.to_owned());
    }

    pub(crate) fn borrow(&self) -> Ref<'_, Tensor> {
        self.cell.value.borrow()
    }

    /// The value as a tensor of `f32`, or an error if it is not one. `name` is used for a variable that no walk has
    /// visited.
    pub(crate) fn floats(&self, operation: &'static str, name: &str) -> Result<Tensor, Error> {
        if self.is_merged && operation.ends_with(".__call__") {
            note("nnx.merge.__call__");
        }
        self.borrow().floats(operation, || self.place_or(name))
    }

    /// The floats; an error if they have a different shape.
    pub(crate) fn of_shape(
        &self,
        operation: &'static str,
        name: &str,
        shape: &[usize],
    ) -> Result<Tensor, Error> {
        let values = self.floats(operation, name)?;
        if values.shape() == shape {
            return Ok(values);
        }
        Err(Error::Shape {
            operation,
            path: self.place_or(name),
            expected: shape.to_vec(),
            found: values.shape().to_vec(),
        })
    }

    /// The floats, one for each feature of x (.., features). If the numbers differ, the error names x if the variable
    /// still has the number of features that its layer was created with, and otherwise the variable.
    pub(crate) fn for_features(
        &self,
        operation: &'static str,
        name: &str,
        x: &Tensor,
        created_with: usize,
    ) -> Result<Tensor, Error> {
        let (leading, features) = x.features(operation, "x")?;
        if features == created_with || self.shape() != [created_with] {
            return self.of_shape(operation, name, &[features]);
        }
        Err(Error::Shape {
            operation,
            path: Path::from("x"),
            expected: [leading, &[created_with]].concat(),
            found: x.shape().to_vec(),
        })
    }

    /// The elements, row-major, or an error if they have a different type.
    pub(crate) fn elements<T: Element>(
        &self,
        operation: &'static str,
        name: &str,
    ) -> Result<Vec<T>, Error> {
        let value = self.borrow();
        match value.values() {
            Ok(values) => Ok(values.into_owned()),
            Err(_) => Err(value.has_no(T::DTYPE.name(), operation, self.place_or(name))),
        }
    }

    /// The same variable, as part of a module that [`crate::merge`] built: calls of that module are counted.
    pub(crate) fn merged(&self) -> Self {
        Self {
            cell: Rc::clone(&self.cell),
            is_merged: true,
        }
    }

    /// Records the variable's path, unless a longer one is known.
    pub(crate) fn set_place(&self, path: &Path) {
        let mut place = self.cell.place.borrow_mut();
        if place
            .as_ref()
            .is_none_or(|old| old.parts().len() <= path.parts().len())
        {
            *place = Some(path.clone());
        }
    }

    /// The variable's path, for an error message; `name` if no module was ever walked.
    pub(crate) fn place_or(&self, name: &str) -> Path {
        self.cell
            .place
            .borrow()
            .clone()
            .unwrap_or_else(|| Path::from([name]))
    }

    pub(crate) fn address(&self) -> *const () {
        Rc::as_ptr(&self.cell).cast()
    }

    pub(crate) fn with(kind: Kind, metadata: BTreeMap<String, String>, value: Tensor) -> Self {
        let (metadata, value) = (RefCell::new(metadata), RefCell::new(value));
        let cell = Rc::new(Inner {
            kind,
            metadata,
            value,
            place: RefCell::new(None),
        });
        Self {
            cell,
            is_merged: false,
        }
    }

    fn read<D: Dimension>(&self) -> Result<Array<f32, D>, Error> {
        let name = self.kind().name();
        let array: ArrayD<f32> = self.floats(READ, name)?.try_into()?;
        let found = array.shape().to_vec();
        array.into_dimensionality().map_err(|_| Error::Rank {
            operation: READ,
            path: self.place_or(name),
            expected: D::NDIM.unwrap_or(found.len()),
            found,
        })
    }
}

impl Kind {
    /// Flax's name of the kind.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Param => "Param",
            Self::BatchStat => "BatchStat",
            Self::Cache => "Cache",
            Self::Intermediate => "Intermediate",
            Self::RngKey => "RngKey",
            Self::RngCount => "RngCount",
            Self::Custom(name) => name,
        }
    }
}

impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.borrow();
        let (kind, shape) = (self.kind().name(), tuple(value.shape()));
        let dtype = value.dtype();
        write!(f, "{kind}(shape={shape}, dtype={dtype}, value={value})")
    }
}

const READ: &str = "nnx.Variable.value";

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Variable);

        impl $name {
            /// A new variable with this value; see [`Variable::new`].
            pub fn new(value: impl Into<Tensor>) -> Self {
                Self(Variable::new(Kind::$name, value))
            }

            /// A new variable of floats whose value is computed only if needed; see [`Variable::init`].
            pub fn init<V: Into<Tensor>>(shape: &[usize], make: impl FnOnce() -> V) -> Self {
                Self(Variable::init(Kind::$name, shape, DType::F32, make))
            }

            /// The same variable with one more metadata entry.
            pub fn with_metadata(self, key: &str, value: &str) -> Self {
                self.set_metadata(key, value);
                self
            }

            /// Wraps a variable in this type. The caller has checked its kind.
            pub(crate) fn wrap(variable: Variable) -> Self {
                Self(variable)
            }
        }

        impl Deref for $name {
            type Target = Variable;

            fn deref(&self) -> &Variable {
                &self.0
            }
        }

        impl From<$name> for Variable {
            fn from(variable: $name) -> Self {
                variable.0
            }
        }
    )*};
}

kinds! {
    /// A variable that is learned.
    Param
    /// A running statistic.
    BatchStat
    /// Keys and values of earlier tokens.
    Cache
    /// A value kept for inspection.
    Intermediate
    /// The key of a stream.
    RngKey
    /// How many keys a stream has generated.
    RngCount
}
