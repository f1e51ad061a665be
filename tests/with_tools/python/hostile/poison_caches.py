"""Changes what later answers load: the compile cache, compiled modules, packages, the driver, the path.

expect: passed
within: 12
"""

import os
import sys

import jax

cache = jax.config.jax_compilation_cache_dir
package = os.path.dirname(jax.__file__)
packages = os.path.dirname(package)
driver = sys.path[0]

tries = {
    "list the compile cache": lambda: os.listdir(cache or "/nonexistent"),
    "add to the compile cache": lambda: open(os.path.join(cache or "/nonexistent", "entry-cache"), "wb"),
    "compiled modules": lambda: open(os.path.join(package, "__pycache__", "escaped.pyc"), "wb"),
    "a module": lambda: open(jax.__file__, "a"),
    "a package": lambda: os.mkdir(os.path.join(packages, "escaped")),
    "a path file": lambda: open(os.path.join(packages, "escaped.pth"), "w"),
    "sitecustomize": lambda: open(os.path.join(packages, "sitecustomize.py"), "w"),
    "the driver": lambda: open(os.path.join(driver, "katas_driver", "wire.py"), "a"),
    "beside the driver": lambda: open(os.path.join(driver, "jax.py"), "w"),
    "the environment": lambda: open(os.path.join(sys.prefix, "pyvenv.cfg"), "a"),
}

# What is imported and compiled from here on is this process's affair.
sys.path.insert(0, "@FOLDER@")
jax.config.update("jax_compilation_cache_dir", "@FOLDER@/compiled")
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
jax.numpy.arange(7.0).sum()

escaped = []
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        del error
        continue
    escaped.append(name)


def f(case, x):
    assert not escaped, f"escaped: {escaped}"
    return x
