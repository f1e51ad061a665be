"""Katas for porting model weights to JAX, judged bit for bit: the program of this wheel, for Python.

The program itself is `katas` on the command line. This package finds it (`program`), reads what it says (`record`), and
offers it to pytest (`pytest_plugin`) and to notebooks (`magic`). Nothing here judges anything.
"""

from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Registers `%%kata` and `%hint`: IPython calls this for `%load_ext katas`."""
    from katas import magic

    magic.register(shell)
