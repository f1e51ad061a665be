"""What safetensors itself says: its order of the data, its types and shapes, and each tensor found again by its bytes.

safetensors refuses a file without data, so the missing data is added here as zeros, in a sparse file of up to several GiB.
"""

import re
import tempfile

import numpy as np
from safetensors import deserialize, safe_open

CODES = {"F32": 0, "BF16": 1, "F16": 2, "I64": 3, "I32": 4, "U8": 5}
SIZES = {"F32": 4, "BF16": 2, "F16": 2, "I64": 8, "I32": 4, "U8": 1}


def safetensors_header(file):
    file = bytes(file)
    begin = 8 + int(np.frombuffer(file[:8], "<u8")[0])
    # Only the required length of the file is computed here; safetensors rejects a wrong length.
    size = begin + max(int(end) for end in re.findall(rb"\[\d+,(\d+)\]}", file[:begin]))
    whole = len(file) == size
    assert whole or len(file) == begin, "neither the whole file nor its header"
    with tempfile.NamedTemporaryFile(suffix=".safetensors") as copy:
        copy.write(file)
        copy.truncate(size)
        copy.flush()
        with safe_open(copy.name, "np") as opened:
            order = opened.offset_keys()
            views = {name: opened.get_slice(name) for name in order}
            said = [(name, view.get_dtype(), view.get_shape()) for name, view in views.items()]
            views.clear()
    lengths = [SIZES[dtype] * int(np.prod(shape, dtype=np.int64)) for _, dtype, shape in said]
    # The data is what remains of the file, counted back from its end.
    at = size - sum(lengths)
    tensors = dict(deserialize(file)) if whole else {}
    found = []
    for (name, dtype, shape), length in zip(said, lengths, strict=True):
        end = at + length
        if whole:
            assert file[at:end] == bytes(tensors[name]["data"])
        found += [CODES[dtype], len(shape), *shape, at, end]
        at = end
    return np.array(found, np.uint64)
