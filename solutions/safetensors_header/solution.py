import json

import numpy as np

CODES = {"F32": 0, "BF16": 1, "F16": 2, "I64": 3, "I32": 4, "U8": 5}


def safetensors_header(file: bytes) -> np.ndarray:
    """Lists the tensors of a safetensors file in the order of their data, as NumPy's uint64.

    For each tensor: its dtype code, the number of dimensions, their sizes, and where its bytes begin and end in the file.
    """
    # Little-endian: the first byte is the low one.
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + length])

    # Offsets are counted from here. The length includes the spaces after the last brace.
    data = 8 + length

    # `__metadata__` is a note by the writer of the file, not a tensor.
    header.pop("__metadata__", None)
    # A JSON object has no order, but the data does.
    tensors = sorted(header.values(), key=lambda tensor: tensor["data_offsets"])

    numbers = []
    for tensor in tensors:
        begin, end = tensor["data_offsets"]
        shape = tensor["shape"]
        numbers += [CODES[tensor["dtype"]], len(shape), *shape, data + begin, data + end]
    # The numbers need 64 bits: positions in a real file can exceed 2**32.
    return np.array(numbers, np.uint64)
