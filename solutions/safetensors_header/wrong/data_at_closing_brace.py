"""Takes the last brace for the end of the header."""

import json

import numpy as np

CODES = {"F32": 0, "BF16": 1, "F16": 2, "I64": 3, "I32": 4, "U8": 5}


def safetensors_header(file: bytes) -> np.ndarray:
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + length])

    data = 8 + len(file[8 : 8 + length].rstrip())

    header.pop("__metadata__", None)
    tensors = sorted(header.values(), key=lambda tensor: tensor["data_offsets"])

    numbers = []
    for tensor in tensors:
        begin, end = tensor["data_offsets"]
        shape = tensor["shape"]
        numbers += [CODES[tensor["dtype"]], len(shape), *shape, data + begin, data + end]
    return np.array(numbers, np.uint64)
