"""Holds the expected output of every case against real Flax, bit for bit.

`run` calls it. It reads `katas/<id>/kata.yaml` and `solutions/<id>/hidden.yaml`, computes each case with the function in
`references/<id>.py` and with the Python solution, if there is one, and looks the case up in the recorded values of
`nnx/tests/truth/`. It writes no file: whoever adds a case reads the bits it prints and decides. A kata without a reference is named and left out.
"""

import importlib.util
import json
import struct
import sys
from fractions import Fraction
from pathlib import Path

import flax
import jax
import jax.numpy as jnp
import jaxlib
import numpy as np
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TRUTH = ROOT / "nnx" / "tests" / "truth"


def main():
    print(f"jax {jax.__version__}, jaxlib {jaxlib.__version__}, flax {flax.__version__}, "
          f"numpy {np.__version__}, Python {sys.version.split()[0]}, {jax.default_backend()}")
    recorded, wrong, checked, looked_up, solutions = Recorded(), 0, 0, 0, 0
    for kata in sorted(path.parent.name for path in ROOT.glob("katas/*/kata.yaml")):
        reference = HERE / "references" / f"{kata}.py"
        if not reference.exists():
            print(f"\n{kata}: no reference, not checked")
            continue
        print(f"\n{kata}")
        spec = read(ROOT / "katas" / kata / "kata.yaml")
        function = getattr(load(reference), spec["function"])
        solution = ROOT / "solutions" / kata / "solution.py"
        solved = getattr(load(solution), spec["function"]) if solution.exists() else None
        hidden = read(ROOT / "solutions" / kata / "hidden.yaml")["expect"]
        problems = names_differ(spec, hidden)
        for case in spec["cases"]:
            name = case["name"]
            expected = bits(hidden.get(name, []) if is_hidden(case) else case["expect"])
            given = arguments(spec, case)
            flax_says = of_array(function(**given))
            lines = [f"Flax      {flax_says}"] if flax_says != expected else []
            if solved is not None:
                solution_says = of_array(solved(**given))
                lines += [f"solution  {solution_says}"] if solution_says != expected else []
                solutions += 1
            recorded_says = recorded.look_up(spec["function"], given)
            looked_up += recorded_says is not None
            if recorded_says not in (None, expected):
                lines.append(f"recorded  {recorded_says}")
            checked += 1
            mark = "DIFFERS" if lines else "same bits as Flax" + (" and as recorded" if recorded_says else "")
            print(f"  {name:<24} {'hidden' if is_hidden(case) else 'shown':<7} {len(expected)} values: {mark}")
            if lines:
                problems.append("\n".join([f"{name}", f"    expected  {expected}", *("    " + line for line in lines)]))
        for problem in problems:
            print(f"  error: {problem}")
        wrong += len(problems)
    print(f"\n{checked} cases checked, {looked_up} of them also recorded, {solutions} also solved in Python; {wrong} problems")
    return 1 if wrong or not checked or not solutions else 0


def names_differ(spec, hidden):
    """What is wrong with the names in hidden.yaml."""
    wanted = {case["name"] for case in spec["cases"] if is_hidden(case)}
    missing = [f"hidden.yaml has no {name!r}" for name in sorted(wanted - set(hidden))]
    extra = [f"there is no hidden case {name!r}" for name in sorted(set(hidden) - wanted)]
    told = [f"{case['name']!r} is hidden and has its expected output in kata.yaml"
            for case in spec["cases"] if is_hidden(case) and "expect" in case]
    return missing + extra + told


def is_hidden(case):
    return case.get("hidden", "false") == "true"


def read(path):
    """A YAML file with every number left as its text: a YAML float has lost bits already, and 0x3f800000 would be an integer."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def load(path):
    """The module in a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def arguments(spec, case):
    """The inputs of a case as the reference wants them: integers as int, arrays as f32 JAX arrays."""
    given = {}
    for name, kind in spec["params"].items():
        text = case["given"][name]
        if kind in ("i64", "usize"):
            given[name] = int(text, 0)
        elif kind.startswith("f32["):
            given[name] = jnp.asarray(np.array([int(b, 16) for b in bits(text)], np.uint32).view(np.float32))
        else:
            raise SystemExit(f"{name}: this script does not read {kind} yet")
    return given


def bits(texts):
    """The bits of each number, as eight hex digits."""
    return [f"{number_bits(text):08x}" for text in texts]


def number_bits(text):
    """The bits of the f32 nearest to a decimal text, ties to even; of 0x..., the digits themselves."""
    if text.lower().startswith("0x"):
        return int(text, 16)
    exact, near = Fraction(text), np.float32(float(text))
    if np.isinf(near):
        raise SystemExit(f"{text} is no f32")
    # float() has rounded to f64 first, so the nearest f32 may be the next one.
    around = [np.nextafter(near, np.float32(-np.inf)), near, np.nextafter(near, np.float32(np.inf))]
    as_bits = [struct.unpack("<I", struct.pack("<f", value))[0] for value in around if np.isfinite(value)]
    value_of = lambda b: Fraction(struct.unpack("<f", struct.pack("<I", b))[0])
    best = min(as_bits, key=lambda b: (abs(value_of(b) - exact), b & 1))
    return 0x80000000 if best & 0x7FFFFFFF == 0 and text.startswith("-") else best


def of_array(array):
    """The bits of a result, which has to be a vector of f32."""
    array = np.asarray(array)
    if array.dtype != np.float32 or array.ndim != 1:
        raise SystemExit(f"a reference returned {array.dtype} of shape {array.shape}")
    return [f"{value:08x}" for value in array.view(np.uint32)]


class Recorded:
    """The values recorded in nnx/tests/truth/, by the function's name and the bits of its inputs."""

    def __init__(self):
        self.outputs = {}
        for case in json.loads((TRUTH / "hf_load.json").read_text(encoding="utf-8"))["cases"]:
            i = case["inputs"]
            inputs = [i["seed"], i["x"]["f32"], i["hf_kernel"]["f32"], i["hf_bias"]["f32"], i["features"]]
            self.outputs[key("load_hf_weights", inputs)] = case["expected"]["f32"]
        for case in json.loads((TRUTH / "linear.json").read_text(encoding="utf-8"))["cases"]:
            for function in ("load_hf_weights", "split_merge_round_trip", "state_translation"):
                if function in case["not_portable_x86_vs_arm64"]:
                    continue
                weights = [case["hf_kernel_flat"], case["hf_bias_flat"]] if function == "load_hf_weights" else []
                arrays = [of_array(np.array(values, np.float32)) for values in [case["x"], *weights]]
                inputs = [case["seed"], *arrays, case["features"]]
                self.outputs[key(function, inputs)] = [digits[2:] for digits in case[function]["hex"]]

    def look_up(self, function, given):
        """The recorded output, or None."""
        inputs = [value if isinstance(value, int) else of_array(value) for value in given.values()]
        return self.outputs.get(key(function, inputs))


def key(function, inputs):
    return json.dumps([function, inputs])


if __name__ == "__main__":
    sys.exit(main())
