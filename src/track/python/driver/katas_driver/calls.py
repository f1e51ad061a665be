"""Counts how often an answer calls functions of Flax, and the initial values it draws, for katas that are about them.

The code object of the function is exchanged in place, so every name for it, whoever imported it and when, is counted.
Only calls by the answer itself count, through jax's transformations too: Flax calls its own functions.
"""

import importlib
import inspect
import os
import sys
from collections.abc import Callable
from types import FunctionType

import jax

ROOTS = {"nnx": "flax.nnx", "linen": "flax.linen", "jax": "jax", "jnp": "jax.numpy"}

# What is looked up in the globals of an exchanged function; a name that no library has.
HOOK = "__katas_call_{}"

CALL = ".__call__"

# The name under which the teaching crate counts the initial values that it drew.
DRAWS = "draws"

# What Flax's initializers draw with. The public names of `jax.random` are other names for the same functions.
DRAWING = ("normal", "truncated_normal", "uniform")


class Counter:
    """The calls that a kata counts, by the names that its spec has for them."""

    def __init__(self, names: list[str], file: str) -> None:
        self.file = file
        self.counts = dict.fromkeys(names, 0)
        self.jax = os.path.dirname(jax.__file__) + os.sep
        self.hooks = 0
        # What was returned, with the name that its calls count under. Kept, so that no other object gets the identity of one.
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
        """Forgets what was counted."""
        self.counts = dict.fromkeys(self.counts, 0)
        self.made.clear()

    def _count(self, name: str, of_results: str | None) -> None:
        """Counts calls of a function or a method, and under the name `of_results` calls of the objects that it returns."""
        owner, function = resolved(name)
        is_method = inspect.isclass(owner)

        def called(original: Callable, *args: object, **kwargs: object) -> object:
            is_own = not is_method or (args and isinstance(args[0], owner))
            # Above this frame is the hook's, above that the exchanged code's, and above that its caller's.
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
        """Counts calls of an object from now on."""
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
        """Counts the numbers that are drawn, by the answer or for it."""
        module = importlib.import_module("jax._src.random")

        def drawn(original: Callable, *args: object, **kwargs: object) -> object:
            # `truncated_normal` draws with `uniform`: the same numbers, counted once.
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
        """Lets `called` run instead of a function; it gets the function as it was, and the arguments."""
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
    """Whether values are traced for their shapes alone. Elsewhere they are traced for code that draws them when it runs."""
    while frame is not None:
        if frame.f_code.co_name == "eval_shape" and frame.f_globals.get("__name__", "").startswith(("jax.", "flax.")):
            return True
        frame = frame.f_back
    return False


def is_of_result(name: str) -> bool:
    """Whether a name stands for calls of what a function returns: `nnx.merge.__call__`. A class's is that of its instances."""
    return name.endswith(CALL) and not inspect.isclass(found(name.removesuffix(CALL))[1])


def found(name: str) -> tuple[object, object]:
    """What a spec's name stands for, and the class or module that it is looked up in."""
    root, *path = name.split(".")
    owner, there = None, importlib.import_module(ROOTS[root])
    for part in path:
        owner, there = there, getattr(there, part)
    return owner, there


def resolved(name: str) -> tuple[object, FunctionType]:
    """The function that a spec's name stands for, and the class or module that it is looked up in."""
    owner, function = found(name)
    # A method that jax or Flax wrapped is counted at the wrapper: that is what the answer calls.
    if not isinstance(function, FunctionType):
        raise TypeError(f"{name} is not a Python function")
    return owner, function


def forwarding(hook: str, function: FunctionType) -> object:
    """Code that hands everything to a hook. It closes over as many variables as the function does."""
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
