"""Greedy decoding with the reference of `llama_logits`."""

import importlib.util
from pathlib import Path

import numpy as np

NAME = Path(__file__).with_name("llama_logits.py")
SPEC = importlib.util.spec_from_file_location(NAME.stem, NAME)
LLAMA = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(LLAMA)


def greedy_llama(file, prompt, n_new, **model):
    text = [int(token) for token in prompt]
    for _ in range(n_new):
        text.append(int(np.argmax(LLAMA.llama_logits(file, np.array(text), **model))))
    return np.array(text[len(prompt):], np.int32)
