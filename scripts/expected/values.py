"""Values of a case: read from YAML or from a recorded file, passed to a function, and compared.

A value has one canonical form, whatever its source: integers and the bits of floats are Python integers in a tuple, text is
`str`, bytes are `bytes`. Nothing here uses the program `katas`; the rules are implemented from its documentation. Nothing here
needs JAX or PyTorch either: `expected_from_flax` and `expected_from_torch` both use it.
"""

import math
import struct
from fractions import Fraction
from pathlib import Path

import ml_dtypes
import numpy as np

NUMPY = {
    "f32": np.dtype(np.float32), "f64": np.dtype(np.float64), "bf16": np.dtype(ml_dtypes.bfloat16),
    "i32": np.dtype(np.int32), "i64": np.dtype(np.int64), "u8": np.dtype(np.uint8), "u16": np.dtype(np.uint16),
    "u32": np.dtype(np.uint32), "u64": np.dtype(np.uint64), "bool": np.dtype(np.bool_),
}
BITS = {"f32": np.uint32, "f64": np.uint64, "bf16": np.uint16}


def from_yaml(kind, written, folder):
    """The canonical form of a value in a spec whose numbers were left as text; `folder` is the kata's."""
    dtype, is_array = kind.partition("[")[0], "[" in kind
    if isinstance(written, dict) and "file" in written:
        data = (Path(folder) / written["file"]).read_bytes()
        if kind == "bytes":
            return data
        return data.decode() if kind == "str" else of_array(dtype, np.frombuffer(data, NUMPY[dtype].newbyteorder("<")))
    if kind == "str":
        return written
    if kind == "bytes":
        if isinstance(written, dict):
            return bytes.fromhex(written["hex"]) if "hex" in written else written["text"].encode()
        return bytes(int(byte, 0) for byte in written)
    if not is_array:
        return (number(dtype, written),)
    return tuple(number(dtype, item) for item in written)


def number(dtype, text):
    """An integer, or the bits of the float nearest to a decimal string, ties to even; for 0x..., the digits themselves."""
    if dtype not in BITS:
        return {"true": 1, "false": 0}[text] if dtype == "bool" else int(text, 0)
    if text.lower().startswith("0x"):
        return int(text, 16)
    kind, words = NUMPY[dtype].type, BITS[dtype]
    if dtype == "f64" or text.lower().lstrip("+-") in (".nan", ".inf", "nan", "inf"):
        return int(np.array(float(text.replace(".nan", "nan").replace(".inf", "inf")), NUMPY[dtype]).view(words))
    exact, near = Fraction(text), kind(float(text))
    if np.isinf(near):
        raise SystemExit(f"{text} is not a valid {dtype}")
    # float() has rounded to f64 first, so the nearest number may be a neighbor of this one.
    at = int(np.array(near).view(words))
    around = [bits for bits in (at - 1, at, at + 1) if bits >= 0]
    value_of = lambda bits: Fraction(float(np.array(bits, words).view(NUMPY[dtype])))
    finite = [bits for bits in around if np.isfinite(np.array(bits, words).view(NUMPY[dtype]).astype(np.float64))]
    best = min(finite, key=lambda bits: (abs(value_of(bits) - exact), bits & 1))
    zero = best & (2 ** (8 * NUMPY[dtype].itemsize - 1) - 1) == 0
    return 2 ** (8 * NUMPY[dtype].itemsize - 1) if zero and text.startswith("-") else best


def from_recorded(value, folder):
    """The canonical form of a value in a recorded file."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return (value,)
    (kind, data), = value.items()
    if kind == "u8_hex":
        return bytes.fromhex(data)
    if kind == "file":
        return (Path(folder) / data).read_bytes()
    return tuple(int(digits, 16) for digits in data) if kind in BITS else tuple(data)


def argument(kind, value):
    """The argument for a canonical value: a number, text, bytes or a NumPy array."""
    if isinstance(value, (str, bytes)):
        return value
    dtype = kind.partition("[")[0]
    dtype = "u64" if dtype == "usize" else dtype
    array = np.array(value, BITS.get(dtype, NUMPY[dtype])).view(NUMPY[dtype])
    return array if "[" in kind else array[0].item()


def of_result(kind, result):
    """The canonical form of a function's result."""
    if kind in ("str", "bytes"):
        if type(result).__name__ != kind:
            raise SystemExit(f"a function returned {type(result).__name__}, not {kind}")
        return result
    dtype = kind.partition("[")[0]
    array = np.asarray(result)
    if array.dtype != NUMPY[dtype] or array.ndim != 1:
        raise SystemExit(f"a function returned {array.dtype} of shape {array.shape}, not {kind}")
    return of_array(dtype, array)


def of_array(dtype, array):
    words = BITS.get(dtype)
    return tuple(int(value) for value in (array.view(words) if words else array))


def written(kind, value):
    """A value as written in a spec, with floats in decimal in a comment after it."""
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, bytes):
        return "{hex: " + value.hex(" ") + "}"
    dtype = kind.partition("[")[0]
    if dtype not in BITS:
        return "[" + ", ".join(str(item) for item in value) + "]"
    width = 2 * NUMPY[dtype].itemsize
    floats = np.array(value, BITS[dtype]).view(NUMPY[dtype]).astype(np.float64)
    return "[" + ", ".join(f"0x{bits:0{width}x}" for bits in value) + "] # " + " ".join(f"{x:.9g}" for x in floats)


def agrees(spec, kind, expected, found):
    """Whether a result is right under the kata's comparison rule, or each part under its own rule."""
    if isinstance(expected, (str, bytes)):
        return expected == found
    if len(expected) != len(found):
        return False
    dtype = kind.partition("[")[0]
    start, zeros = 0, spec.get("zeros", "distinct")
    for length, rule in parts(spec, len(expected)):
        if not equal(dtype, rule, zeros, expected[start:start + length], found[start:start + length]):
            return False
        start += length
    return True


def parts(spec, length):
    """The lengths of the parts, each with its rule.

    A length that contains dimension names is not evaluated; all parts must then have the same rule.
    """
    rule = spec.get("compare", "bits")
    listed = spec.get("parts", [])
    if not listed:
        return [(length, rule)]
    try:
        return [(int(part["length"]), part.get("compare", rule)) for part in listed]
    except ValueError:
        rules = {str(part.get("compare", rule)) for part in listed}
        if len(rules) > 1:
            raise SystemExit("parts whose lengths contain dimension names have different rules") from None
        return [(length, listed[0].get("compare", rule))]


def equal(dtype, rule, zeros, expected, found):
    if dtype not in BITS:
        return expected == found
    e, f = (np.array(bits, BITS[dtype]).view(NUMPY[dtype]).astype(np.float64) for bits in (expected, found))
    if rule == "bits":
        return all(a == b or (np.isnan(x) and np.isnan(y)) or (zeros == "equal" and x == y == 0)
                   for a, b, x, y in zip(expected, found, e, f))
    if not np.array_equal(np.isfinite(e), np.isfinite(f)):
        return False
    (name, bound), = rule.items()
    if name == "ulp":
        order = lambda bits: bits if bits < 2 ** 31 else 2 ** 31 - bits
        return all(abs(order(a) - order(b)) <= int(bound) for a, b in zip(expected, found))
    if name == "scaled_ulp":
        return scaled_ulp(e, f) <= float(bound)
    rtol, atol = (float(bound.get(key, 0)) for key in ("rtol", "atol"))
    return bool(np.all(np.abs(e - f) <= atol + rtol * np.abs(e)))


def scaled_ulp(expected, found):
    """The largest difference in ulp of the largest expected value."""
    largest = float(np.max(np.abs(expected), initial=0.0))
    bits = struct.unpack("<I", struct.pack("<f", largest))[0]
    step = struct.unpack("<f", struct.pack("<I", bits + 1))[0] - largest
    return float(np.max(np.abs(expected - found), initial=0.0)) / step if step and not math.isnan(step) else math.inf
