"""Counts how often an answer calls functions of Flax, and the initial values it draws, for katas that are about them.

The code object of the function is replaced in place, so calls through every name are counted, wherever it was imported.
Only calls by the answer itself count, including those through JAX's transformations, because Flax calls its own functions.
"""

import importlib
import inspect
import os
import sys
from collections.abc import Callable
from types import FunctionType

import jax

ROOTS = {"nnx": "flax.nnx", "linen": "flax.linen", "jax": "jax", "jnp": "jax.numpy"}

# The name of the hook in the globals of a replaced function; no library uses this name.
HOOK = "__katas_call_{}"

CALL = ".__call__"

# The name under which the teaching crate counts the initial values that it draws.
DRAWS = "draws"

# The functions with which Flax's initializers draw. The public names in `jax.random` are aliases of them.
DRAWING = ("normal", "truncated_normal", "uniform")


class Counter:
    """The calls that a kata counts, by their names in the spec."""

    def __init__(self, names: list[str], file: str) -> None:
        self.file = file
        self.counts = dict.fromkeys(names, 0)
        self.jax = os.path.dirname(jax.__file__) + os.sep
        self.hooks = 0
        # Returned objects, with the name under which their calls are counted. Holding them keeps their ids unique.
        self.made: dict[int, tuple[object, str]] = {}
        self.watched: set[FunctionType] = set()
        self.is_drawing = False
        makers = {name.removesuffix(CALL): name for name in names if is_of_result(name)}
        for name in dict.fromkeys([*(name for name in names if name not in makers.values()), *makers]):
            if name != DRAWS:
                self._count(name, makers.get(name))
        if DRAWS in names:
            self._count_draws()

    def start(self) -> None:
        """Resets the counts."""
        self.counts = dict.fromkeys(self.counts, 0)
        self.made.clear()

    def _count(self, name: str, of_results: str | None) -> None:
        """Counts calls of a function or a method, and, under the name `of_results`, calls of the objects that it returns."""
        owner, function = resolved(name)
        is_method = inspect.isclass(owner)

        def called(original: Callable, *args: object, **kwargs: object) -> object:
            is_own = not is_method or (args and isinstance(args[0], owner))
            # The frames above this one are those of the hook, of the replaced code, and of its caller.
            is_counted = is_own and self._is_called_by_answer(sys._getframe(3))
            if is_counted and name in self.counts:
                self.counts[name] += 1
            if is_method and is_counted:
                self._count_if_made(args[0])
            result = original(*args, **kwargs)
            if is_counted and of_results:
                self._watch(result, of_results)
            return result

        self._exchange(function, called)

    def _watch(self, result: object, name: str) -> None:
        """Counts the following calls of an object."""
        self.made[id(result)] = result, name
        function = getattr(type(result), "__call__", None)
        if isinstance(function, FunctionType) and function not in self.watched:

            def called(original: Callable, *args: object, **kwargs: object) -> object:
                if args and self._is_called_by_answer(sys._getframe(3)):
                    self._count_if_made(args[0])
                return original(*args, **kwargs)

            self._exchange(function, called)

    def _count_if_made(self, called: object) -> None:
        if id(called) in self.made:
            _, name = self.made[id(called)]
            self.counts[name] += 1

    def _count_draws(self) -> None:
        """Counts the numbers that are drawn, by the answer or on its behalf."""
        module = importlib.import_module("jax._src.random")

        def drawn(original: Callable, *args: object, **kwargs: object) -> object:
            # `truncated_normal` draws through `uniform`; the numbers are counted once.
            is_first, self.is_drawing = not self.is_drawing, True
            try:
                result = original(*args, **kwargs)
            finally:
                self.is_drawing = not is_first
            if is_first and not (isinstance(result, jax.core.Tracer) and is_abstract(sys._getframe(1))):
                self.counts[DRAWS] += result.size
            return result

        for name in DRAWING:
            self._exchange(getattr(module, name), drawn)

    def _exchange(self, function: FunctionType, called: Callable) -> None:
        """Replaces a function by `called`, which gets the original function and the arguments."""
        self.watched.add(function)
        original = FunctionType(
            function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
        )
        original.__kwdefaults__ = function.__kwdefaults__
        function.__signature__ = inspect.signature(function)
        hook = HOOK.format(self.hooks)
        self.hooks += 1
        function.__globals__[hook] = lambda *args, **kwargs: called(original, *args, **kwargs)
        function.__defaults__ = None
        function.__kwdefaults__ = None
        function.__code__ = forwarding(hook, function)

    def _is_called_by_answer(self, frame: object) -> bool:
        while frame is not None and frame.f_code.co_filename.startswith(self.jax):
            frame = frame.f_back
        return frame is not None and frame.f_code.co_filename == self.file


def is_abstract(frame: object) -> bool:
    """Whether values are traced only for their shapes. Otherwise they are traced for code that draws them when it runs."""
    while frame is not None:
        if frame.f_code.co_name == "eval_shape" and frame.f_globals.get("__name__", "").startswith(("jax.", "flax.")):
            return True
        frame = frame.f_back
    return False


def is_of_result(name: str) -> bool:
    """Whether a name means calls of a function's result: `nnx.merge.__call__`. For a class, it means calls of its instances."""
    return name.endswith(CALL) and not inspect.isclass(found(name.removesuffix(CALL))[1])


def found(name: str) -> tuple[object, object]:
    """The object with a name from the spec, and the class or module that contains it."""
    root, *path = name.split(".")
    owner, there = None, importlib.import_module(ROOTS[root])
    for part in path:
        owner, there = there, getattr(there, part)
    return owner, there


def resolved(name: str) -> tuple[object, FunctionType]:
    """The function with a name from the spec, and the class or module that contains it."""
    owner, function = found(name)
    # For a method that JAX or Flax wraps, the wrapper is counted, because the answer calls the wrapper.
    if not isinstance(function, FunctionType):
        raise TypeError(f"{name} is not a Python function")
    return owner, function


def forwarding(hook: str, function: FunctionType) -> object:
    """Code that passes all arguments to a hook. It has as many closure variables as the function."""
    free = function.__code__.co_freevars
    text = "def outer():\n"
    for variable in free:
        text += f"    {variable} = None\n"
    text += "    def inner(*args, **kwargs):\n"
    text += f"        if False: ({' '.join(variable + ',' for variable in free)})\n"
    text += f"        return {hook}(*args, **kwargs)\n"
    text += "    return inner\n"
    space: dict = {}
    exec(compile(text, function.__code__.co_filename, "exec"), space)  # noqa: S102 - the text is made above
    return space["outer"]().__code__
