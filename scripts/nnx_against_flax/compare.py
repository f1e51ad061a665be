"""Compares fresh values of nnx (Rust) with those of real, eager JAX and Flax, as uint32.

`run` calls it: compare.py --draw DRAW [--draw DRAW ...] [--seed N] [SECTION ...]. Each DRAW is a build of nnx/examples/draw; all get
the same orders. A SECTION is a layer, or a key of SECTIONS; without one, all are compared. The inputs differ in each run; pass
the printed seed to repeat those of a section. Bits are compared where they are fixed: initial values of any
seed and shape, forward passes of a vector in the portable class (see `portable`), tables of embeddings, and sums of a vector of up to 2048 values.
The outputs of other layers (`layers.py`) are compared bit for bit where every step is exact, and otherwise in ulp of the greatest value of the output.
"""

import argparse
import os
import pathlib
import platform
import random
import secrets
import subprocess
import sys
import time

from layers import LAYERS, Near

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "0"
for name in ("XLA_FLAGS", "JAX_THREEFRY_PARTITIONABLE", "JAX_DEFAULT_MATMUL_PRECISION", "JAX_DISABLE_JIT"):
    os.environ.pop(name, None)

WANTED = {"jax": "0.10.2", "jaxlib": "0.10.2", "flax": "0.12.8", "numpy": "2.4.6"}
LEAST = 1_000_000  # initial values


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("section", nargs="*", help=f"what to compare: {', '.join(SECTIONS)} (default: everything)")
    parser.add_argument("--draw", action="append", required=True, help="a build of nnx/examples/draw")
    parser.add_argument("--seed", type=int, help="repeats the run that printed this seed")
    arguments = parser.parse_args()
    sections = arguments.section or list(SECTIONS)
    for name in sections:
        if name not in SECTIONS:
            parser.error(f"there is no section {name}; there is {', '.join(SECTIONS)}")
    seed = secrets.randbits(32) if arguments.seed is None else arguments.seed
    check_cpu()
    check_versions()
    print(f"seed: {seed} (repeat with --seed {seed})", flush=True)

    started = time.monotonic()
    comparisons = [comparison for name in sections for comparison in section(name, seed)]
    print(f"real Flax: {time.monotonic() - started:.0f} s", flush=True)
    mismatches = sum(compare(draw, comparisons) for draw in arguments.draw)
    if mismatches:
        sys.exit(f"nnx differs from real Flax: {mismatches} mismatches")
    print("nnx has the bits of real Flax: 0 mismatches")


def section(name, seed):
    """The comparisons of a section. They are the same whichever other sections are compared."""
    import numpy as np
    chance = random.Random(f"{seed} {name}")
    return SECTIONS[name](chance, np.random.default_rng(chance.getrandbits(64)))


def check_cpu():
    """Checks for fused multiply-add: without it, XLA rounds twice, and about half of all results differ."""
    machine = platform.machine().lower()
    has_fma = None
    if machine in ("arm64", "aarch64"):
        has_fma = True
    elif platform.system() == "Linux":
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        flags = next((line.split(":", 1)[1].split() for line in lines if line.startswith("flags")), [])
        has_fma = "fma" in flags
        shown = [flag for flag in ("fma", "avx2", "avx512f") if flag in flags]
        machine += f" with {', '.join(shown) or 'none of fma, avx2, avx512f'}"
    elif platform.system() == "Darwin":
        features = subprocess.run(["sysctl", "-n", "machdep.cpu.features"], capture_output=True, text=True).stdout
        has_fma = "FMA" in features.split()
    print(f"cpu: {machine}; {platform.system()}")
    if has_fma is None:
        print("cpu: it is not known whether it has FMA; without FMA, expect mismatches")
    if has_fma is False:
        sys.exit("error: this CPU has no fused multiply-add (FMA), so real JAX itself has different bits here; use x86-64 since "
                 "Haswell or Zen, or ARM64")


def check_versions():
    import flax, jax, jaxlib, numpy
    found = {module.__name__: module.__version__ for module in (jax, jaxlib, flax, numpy)}
    print(f"python {platform.python_version()}, " + ", ".join(f"{name} {version}" for name, version in found.items()))
    if found != WANTED:
        sys.exit(f"error: nnx is compared with {WANTED}; install scripts/flax/requirements.txt")
    if jax.default_backend() != "cpu":
        sys.exit(f"error: JAX runs on {jax.default_backend()}, and only the CPU has these bits")


def initial_values(chance, _numbers):
    """Kernels and biases of layers from one Rngs each: (topic, order, arrays of real Flax)."""
    from flax import nnx
    # Few shapes and many seeds: real JAX compiles once for each shape.
    shapes = [(1, 1), (1, 7), (5, 1), (2, 2)]
    shapes += [(chance.randint(1, 40), chance.randint(1, 40)) for _ in range(24)]
    shapes += [(chance.randint(40, 400), chance.randint(40, 400)) for _ in range(8)]
    values = rounds = 0
    while values < LEAST or rounds < 600:
        streams = random_streams(chance)
        chosen = [(shapes[rounds % len(shapes)] if i == 0 else chance.choice(shapes[:28])) for i in range(chance.choice((1, 1, 2, 3, 5)))]
        with_bias = [chance.random() < 0.7 for _ in chosen]
        rngs = nnx.Rngs(**streams)
        arrays = []
        for (n, f), bias in zip(chosen, with_bias):
            layer = nnx.Linear(n, f, use_bias=bias, rngs=rngs)
            arrays.append(layer.kernel[...])
            if bias:
                arrays.append(layer.bias[...])
        layers = [f"{n}x{f}" + ("" if bias else "-") for (n, f), bias in zip(chosen, with_bias)]
        order = ["linear", ",".join(f"{name}={seed}" for name, seed in streams.items()), *layers]
        yield "initial values", order, arrays
        values += sum(array.size for array in arrays)
        rounds += 1


def random_streams(chance):
    """Streams from which Linear can draw, with seeds of every kind that an i64 can have."""
    def seed():
        return chance.choice((
            lambda: chance.randint(0, 1000),
            lambda: -chance.randint(1, 1000),
            lambda: chance.randint(0, 2**32 - 1),
            lambda: chance.randint(2**32, 2**63 - 1),
            lambda: chance.randint(-(2**63), -(2**32)),
        ))()
    names = chance.choice((["default"], ["params"], ["default", "params"], ["default", "dropout"], ["dropout", "params"]))
    return {name: seed() for name in names}


def portable(n, f):
    """Whether one loop has the same bits on every CPU with FMA: for other sizes, LLVM fuses the last column differently, or not at all."""
    return n <= 2 or f == 1 or (f >= 3 and f % 4 != 1)


def forward_passes(chance, numbers):
    """Outputs of nnx.Linear, and of linen.Dense on the same arrays."""
    import jax.numpy as jnp, numpy as np
    from flax import linen, nnx
    shapes = [(1, 1), (1, 2), (2, 2), (2, 5), (32, 1), (33, 1), (64, 1), (100, 1), (3, 3), (8, 64)]
    while len(shapes) < 60:
        n, f = chance.randint(1, 64), chance.randint(1, 64)
        if portable(n, f):
            shapes.append((n, f))
    for n, f in shapes:
        for turn in range(8):
            x, kernel, bias = (numbers.standard_normal(shape, np.float32) for shape in (n, (n, f), f))
            if turn == 6:
                x[:] = numbers.choice(np.float32([0, -0.0, 1, -1, 0.5]), n)
            use_bias = turn != 7
            model = nnx.Linear(n, f, use_bias=use_bias, rngs=nnx.Rngs(0))
            model.kernel[...] = jnp.asarray(kernel)
            params = {"kernel": jnp.asarray(kernel)}
            if use_bias:
                model.bias[...] = params["bias"] = jnp.asarray(bias)
            given = jnp.asarray(x)
            dense = linen.Dense(f, use_bias=use_bias).apply({"params": params}, given)
            order = ["forward", str(n), str(f), hexadecimal(x), hexadecimal(kernel), hexadecimal(bias) if use_bias else "-"]
            yield "forward passes", order, [model(given), dense]


def embeddings(chance, numbers):
    """Tables of nnx.Embed, their rows for ids that exist and ids that do not, and their products with a query."""
    import jax.numpy as jnp, numpy as np
    from flax import nnx
    shapes = [(1, 4), (2, 2), (3, 1), (7, 33), (32, 100), (1000, 16)]
    while len(shapes) < 30:
        rows, features = chance.randint(2, 300), chance.randint(1, 64)
        if portable(features, rows):  # the table is multiplied transposed
            shapes.append((rows, features))
    for rows, features in shapes:
        for _ in range(4):
            streams = random_streams(chance)
            model = nnx.Embed(rows, features, rngs=nnx.Rngs(**streams))
            ids = [0, -1, rows, -rows, -rows - 1, 2**31 - 1, *(chance.randint(0, rows - 1) for _ in range(5))]
            query = numbers.standard_normal(features, np.float32)
            order = ["embed", ",".join(f"{name}={seed}" for name, seed in streams.items()), f"{rows}x{features}",
                     ",".join(map(str, ids)), hexadecimal(query)]
            yield "embeddings", order, [model.embedding[...], model(jnp.array(ids)), model.attend(jnp.asarray(query))]


def sums(chance, numbers):
    """Sums of a vector."""
    import jax.numpy as jnp, numpy as np
    lengths = [1, 2, 31, 32, 33, 63, 64, 65, 1000, 1024, 1025, 1056, 2048] + [chance.randint(3, 300) for _ in range(40)]
    for length in lengths:
        for _ in range(10):
            values = numbers.standard_normal(length, np.float32)
            yield "sums", ["sum", hexadecimal(values)], [jnp.asarray(values).sum()]


def hexadecimal(array):
    return array.astype(">f4").tobytes().hex()


def scaled_ulp(expected, found):
    """Distances in ulp of the greatest expected magnitude; the rule `scaled_ulp` of a spec."""
    import numpy as np
    unit = np.spacing(np.abs(expected).max(initial=0))
    return np.abs(expected.astype(np.float64) - found) / unit


def compare(draw, comparisons):
    """Sends the orders to nnx, and prints the differences and the number of comparisons; returns the number of differences."""
    import numpy as np
    orders = "".join(" ".join(order) + "\n" for _, order, _ in comparisons)
    answer = subprocess.run([draw], input=orders, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"error: {draw} failed: {answer.stderr.strip()}")
    lines = iter(answer.stdout.splitlines())
    counts = {}
    for topic, order, arrays in comparisons:
        for array in arrays:
            limit, array = (array.limit, array.array) if isinstance(array, Near) else (0, array)
            flax = np.asarray(array).ravel()
            assert flax.dtype == np.float32, flax.dtype
            nnx = np.frombuffer(bytes.fromhex(next(lines, "")), ">u4").astype(np.uint32)
            if nnx.size != flax.size:
                sys.exit(f"error: {' '.join(order):.80}: nnx gives {nnx.size} values and Flax {flax.size}")
            distance = scaled_ulp(flax, nnx.view(np.float32)) if limit else nnx != flax.view(np.uint32)
            wrong = np.flatnonzero(~(distance <= limit))
            name = f"{topic}, in ulp" if limit else topic
            count = counts.setdefault(name, [0, 0, 0, 0.0])
            count[:] = [count[0] + 1, count[1] + flax.size, count[2] + wrong.size, max(count[3], float(distance.max(initial=0)))]
            if wrong.size and count[2] - wrong.size < 5:
                at = wrong[0]
                print(f"mismatch: {' '.join(order):.80}: value {at}: Flax {flax.view(np.uint32)[at]:08x}, nnx {nnx[at]:08x}")
    if next(lines, None) is not None:
        sys.exit(f"error: {draw} returned more than was requested")
    for topic, (arrays, values, wrong, most) in counts.items():
        farthest = f", at most {most:.2f} scaled ulp" if topic.endswith("in ulp") else ""
        print(f"{pathlib.Path(draw).parts[-3]} build: {topic}: {values:,} values in {arrays:,} arrays, {wrong} mismatches{farthest}")
    if counts.get("initial values", [0, LEAST])[1] < LEAST:
        sys.exit("error: too few values were compared")
    return sum(wrong for _, _, wrong, _ in counts.values())


# (topic, order, arrays of real Flax) by their names on the command line.
SECTIONS = {
    "initial_values": initial_values,
    "embeddings": embeddings,
    "forward_passes": forward_passes,
    "sums": sums,
    **LAYERS,
}


if __name__ == "__main__":
    main()
