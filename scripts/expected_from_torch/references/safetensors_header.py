"""What safetensors itself says when it opens a file for PyTorch: its order of the data, and a torch.Tensor for each name.

safetensors refuses a file without data, so the missing data is added here as zeros, in a sparse file of up to several GiB.
"""

import re
import tempfile

import numpy as np
import torch
from safetensors import safe_open

CODES = {torch.float32: 0, torch.bfloat16: 1, torch.float16: 2, torch.int64: 3, torch.int32: 4, torch.uint8: 5}


def safetensors_header(file):
    begin = 8 + int.from_bytes(file[:8], "little")
    # Only the length of the file is taken from here; safetensors rejects the file if the length is wrong.
    size = begin + max(int(end) for end in re.findall(rb"\[\d+,(\d+)\]}", file[:begin]))
    assert len(file) in (begin, size), "neither the whole file nor its header"
    with tempfile.NamedTemporaryFile(suffix=".safetensors") as copy:
        copy.write(file)
        copy.truncate(size)
        copy.flush()
        with safe_open(copy.name, "pt") as opened:
            tensors = [opened.get_tensor(name) for name in opened.offset_keys()]
            # The data is what remains of the file, counted back from its end.
            at = size - sum(tensor.nbytes for tensor in tensors)
            first = next(tensor.data_ptr() for tensor in tensors if tensor.nbytes) - at
            found = []
            for tensor in tensors:
                # All tensors are in one mapping of the file, so an address is a position.
                assert not tensor.nbytes or tensor.data_ptr() - first == at
                found += [CODES[tensor.dtype], tensor.dim(), *tensor.shape, at, at + tensor.nbytes]
                at += tensor.nbytes
    return np.array(found, np.uint64)
