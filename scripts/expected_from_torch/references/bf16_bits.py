"""PyTorch's conversions between torch.float32 and torch.bfloat16."""

import numpy as np
import torch

# PyTorch writes every NaN with the same bits, which depend on the processor. JAX's NaNs keep the sign.
NAN = "the statement asks for the NaN that JAX writes, and PyTorch writes another"
SKIPPED = {"not a number": NAN, "three NaNs": NAN, "wide": NAN}


def bf16_bits(data, to_bf16):
    # torch.frombuffer needs a writable buffer.
    numbers = torch.frombuffer(bytearray(data), dtype=torch.float32 if to_bf16 else torch.bfloat16)
    if to_bf16:
        return numbers.to(torch.bfloat16).view(torch.uint16).numpy().astype(np.uint32)
    return numbers.to(torch.float32).view(torch.uint32)
