"""Fills the compile cache: runs common operations on common shapes, so that XLA compiles them before any answer runs.

It is run once for an environment, and only it may write the cache. What is compiled does not depend on any answer.
"""

import itertools

from .operations import of_sizes

# The sizes of the small layers in the katas, and the largest one.
SIZES = (2, 3, 4)
WIDEST = 8


def fill() -> None:
    """Runs every operation on every pair of sizes; an operation that fails here would fail for an answer as well."""
    of_sizes([*map(list, itertools.product(SIZES, SIZES)), [WIDEST, WIDEST]], [*SIZES, WIDEST])
