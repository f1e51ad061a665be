import json

import numpy as np

CODES = {"F32": 0, "BF16": 1, "F16": 2, "I64": 3, "I32": 4, "U8": 5}


def safetensors_header(file: bytes) -> np.ndarray:
    """Lists the tensors of a safetensors file in the order of their data, as NumPy's uint64.

    For each: the code of its dtype, how many dimensions, each of them, and where its bytes begin and end in the file.
    """
    # Little-endian: the first byte is the low one.
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + length])

    # Offsets count from here. The length includes the spaces behind the last brace.
    data = 8 + length

    # A note of whoever wrote the file, and no tensor.
    header.pop("__metadata__", None)
    # A JSON object has no order; the data has one.
    tensors = sorted(header.values(), key=lambda tensor: tensor["data_offsets"])

    numbers = []
    for tensor in tensors:
        begin, end = tensor["data_offsets"]
        shape = tensor["shape"]
        numbers += [CODES[tensor["dtype"]], len(shape), *shape, data + begin, data + end]
    # 64 bits: positions in a real file pass 2**32.
    return np.array(numbers, np.uint64)
