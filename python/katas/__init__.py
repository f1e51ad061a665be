"""Katas for porting model weights to JAX, judged bit for bit: the program of this wheel, for Python.

The program is `katas` on the command line. This package finds it (`program`), reads its records (`record`), and makes it
available in pytest (`pytest_plugin`) and in notebooks (`magic`). Nothing here judges anything.
"""

from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Registers `%%kata` and `%hint`: IPython calls this for `%load_ext katas`."""
    from katas import magic

    magic.register(shell)
