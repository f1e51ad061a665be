"""Fills the compile cache: runs common operations on common shapes, so that XLA has compiled them before an answer asks.

It is run once for an environment, and only it may write the cache. What is compiled does not depend on any answer.
"""

import itertools

from .operations import of_sizes

# The sizes of the katas' small layers, and their widest.
SIZES = (2, 3, 4)
WIDEST = 8


def fill() -> None:
    """Runs every operation on every pair of sizes; what fails would fail for an answer as well."""
    of_sizes([*map(list, itertools.product(SIZES, SIZES)), [WIDEST, WIDEST]], [*SIZES, WIDEST])
