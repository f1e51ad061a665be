"""Counts how often an answer calls functions of Flax, for katas that are about a call.

The code object of the function is exchanged in place, so every name for it, whoever imported it and when, is counted.
Only calls by the answer itself count, through jax's transformations too: Flax calls its own functions.
"""

import importlib
import inspect
import os
import sys
from types import FunctionType

import flax
import jax

ROOTS = {"nnx": "flax.nnx", "linen": "flax.linen", "jax": "jax", "jnp": "jax.numpy"}

# What is looked up in the globals of a counted function; a name that no library has.
HOOK = "__katas_call_{}"


class Counter:
    """The calls that a kata counts, by the names that its spec has for them."""

    def __init__(self, names: list[str], file: str) -> None:
        self.file = file
        self.counts = dict.fromkeys(names, 0)
        self.jax = os.path.dirname(jax.__file__) + os.sep
        self.flax = os.path.dirname(flax.__file__) + os.sep
        for index, name in enumerate(names):
            self._count(name, HOOK.format(index))

    def start(self) -> None:
        """Forgets what was counted."""
        self.counts = dict.fromkeys(self.counts, 0)

    def _count(self, name: str, hook: str) -> None:
        owner, function = resolved(name)
        original = FunctionType(
            function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
        )
        original.__kwdefaults__ = function.__kwdefaults__
        function.__signature__ = inspect.signature(function)
        is_method = inspect.isclass(owner)

        def called(*args: object, **kwargs: object) -> object:
            is_own = not is_method or (args and isinstance(args[0], owner))
            # Above this frame is the exchanged code's, and above that its caller's.
            if is_own and self._is_called_by_answer(sys._getframe(2)):
                self.counts[name] += 1
            return original(*args, **kwargs)

        function.__globals__[hook] = called
        function.__defaults__ = None
        function.__kwdefaults__ = None
        function.__code__ = forwarding(hook, function)

    def _is_called_by_answer(self, frame: object) -> bool:
        while frame is not None and frame.f_code.co_filename.startswith(self.jax):
            frame = frame.f_back
        return frame is not None and frame.f_code.co_filename == self.file


def resolved(name: str) -> tuple[object, FunctionType]:
    """The function that a spec's name stands for, and the class or module that it is looked up in."""
    root, *path = name.split(".")
    owner = None
    found = importlib.import_module(ROOTS[root])
    for part in path:
        owner, found = found, getattr(found, part)
    # A method that jax or Flax wrapped is counted at the wrapper: that is what the answer calls.
    if not isinstance(found, FunctionType):
        raise TypeError(f"{name} is not a Python function")
    return owner, found


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
