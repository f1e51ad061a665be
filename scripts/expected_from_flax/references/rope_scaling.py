"""The formula of transformers' llama3 rope_type in f64: three bands by wavelength, one frequency at a time."""

import math

import numpy as np


def rope_scaling(theta, factor, low, high, orig, head_dim, scaled):
    return np.array([frequency(theta ** (-2 * i / head_dim), factor, low, high, orig, scaled) for i in range(head_dim // 2)], np.float32)


def frequency(plain, factor, low, high, orig, scaled):
    wavelength = 2 * math.pi / plain
    if not scaled or wavelength < orig / high:
        return plain
    if wavelength > orig / low:
        return plain / factor
    smooth = (orig / wavelength - low) / (high - low)
    return (1 - smooth) * plain / factor + smooth * plain
