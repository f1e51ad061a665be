"""Converts the result of an answer to the kata's result type, or refuses it with a sentence."""

import collections.abc
import inspect

import jax
import numpy as np
from flax import nnx

from . import wire
from .arguments import NUMPY


class Unusable(Exception):
    """The result of an answer is not a value of the kata's type; the text says what it is."""


class Result:
    """The expected result type; `notes` lists conversions."""

    def __init__(self, function: str, wanted: dict) -> None:
        self.function = function
        self.kind = wanted["kind"]
        self.dtype = wanted.get("dtype", "f32")
        self.dims = wanted.get("dims", 1)
        self.notes: list[str] = []

    def datum(self, value: object) -> wire.Datum:
        """The value to send; raises `Unusable` if the kata cannot compare it."""
        if self.kind == "bytes":
            if not isinstance(value, bytes | bytearray | memoryview):
                raise self._refused(described(value))
            return wire.Datum(wire.BYTES, "f32", bytes(value))
        if self.kind == "str":
            if not isinstance(value, str):
                raise self._refused(described(value))
            return wire.Datum(wire.TEXT, "f32", value.encode("utf-8", "replace"))
        array = self._in_shape(self._in_dtype(*self._array(value)))
        array = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        kind = wire.ARRAY if self.kind == "array" else wire.SCALAR
        return wire.Datum(kind, self.dtype, array.tobytes())

    def _wanted(self) -> str:
        if self.kind in ("bytes", "str"):
            return self.kind
        name = NUMPY[self.dtype].name
        if self.kind != "array":
            return f"one {name}"
        return f"an array of {name} with {self.dims} dimension{'' if self.dims == 1 else 's'}"

    def _refused(self, what: str) -> Unusable:
        return Unusable(f"{what} instead of {self._wanted()}")

    def _note(self, what: str) -> None:
        self.notes.append(f"note: `{self.function}` returned {what}.")

    def _array(self, value: object) -> tuple[np.ndarray, bool]:
        """The numbers in an array of any dtype and shape, and whether they were plain Python numbers."""
        if isinstance(value, nnx.Variable):
            self._note(f"a {type(value).__name__}; its value was used")
            value = value.get_value() if hasattr(value, "get_value") else value[...]
        if isinstance(value, jax.core.Tracer):
            raise self._refused("a tracer, which has no numbers outside of the function that jax transformed")
        if isinstance(value, jax.Array) and jax.dtypes.issubdtype(value.dtype, jax.dtypes.prng_key):
            raise self._refused("a random key")
        if isinstance(value, np.ndarray | np.generic | jax.Array):
            return np.asarray(value), False
        if isinstance(value, bool | int | float):
            if self.kind == "array":
                self._note(f"{described(value)}; it was used as an array of one number")
            return np.asarray(value), True
        if isinstance(value, list | tuple):
            return self._of_list(value), True
        raise self._refused(described(value))

    def _of_list(self, value: list | tuple) -> np.ndarray:
        if any(isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves(value)):
            raise self._refused(f"{described(value)} of tracers")
        try:
            array = np.asarray(value)
        except (TypeError, ValueError):
            raise self._refused(f"{described(value)} whose parts do not form an array") from None
        if array.dtype == object:
            raise self._refused(f"{described(value)} whose parts are not numbers")
        self._note(f"{described(value)}; it was converted to an array")
        return array

    def _in_dtype(self, array: np.ndarray, is_python: bool) -> np.ndarray:
        """The same numbers in the kata's dtype, if this loses nothing except the last digits of a float."""
        wanted, got = NUMPY[self.dtype], array.dtype
        if got == wanted:
            return array
        from_float, from_whole = is_floating(got), np.issubdtype(got, np.integer)
        to_float, to_whole = is_floating(wanted), np.issubdtype(wanted, np.integer)
        if not (from_float and to_float) and not (from_whole and (to_float or to_whole)):
            if array.size > 0 or not is_python:
                raise self._refused(f"numbers of type {got.name}")
        with np.errstate(all="ignore"):
            converted = array.astype(wanted)
        if from_whole and any(int(new) != int(old) for new, old in zip(converted.flat, array.flat)):
            raise self._refused(f"numbers of type {got.name} that {wanted.name} cannot hold")
        if not is_python:
            how = "rounded" if from_float and got.itemsize > wanted.itemsize else "converted"
            self._note(f"{got.name}; it was {how} to {wanted.name}")
        return converted

    def _in_shape(self, array: np.ndarray) -> np.ndarray:
        """The same numbers in one dimension, as they are sent; a single number has no dimension."""
        if self.kind != "array":
            if array.ndim > 0:
                raise self._refused(f"an array of shape {array.shape}")
            return array
        if array.ndim == 0 and not self.notes:
            self._note("an array without dimensions; it was used as an array of one number")
        if array.ndim not in (0, 1, self.dims):
            raise self._refused(f"an array of shape {array.shape}")
        return array.reshape(-1)


def is_floating(dtype: np.dtype) -> bool:
    """Whether a dtype is a float; NumPy does not know this for bfloat16."""
    return np.issubdtype(dtype, np.floating) or dtype == NUMPY["bf16"]


def described(value: object) -> str:
    """Describes a value in a phrase."""
    name = type(value).__name__
    if value is None:
        return "None"
    if isinstance(value, nnx.Module):
        return f"a model ({name}) and not its output"
    if inspect.iscoroutine(value):
        return "a coroutine, from an `async` function,"
    if isinstance(value, collections.abc.Iterator):
        return f"an iterator ({name})"
    if inspect.ismodule(value):
        return "a module"
    if callable(value):
        return f"a callable ({name})"
    return f"{'an' if name[:1].lower() in set('aeiou') else 'a'} {name}"
