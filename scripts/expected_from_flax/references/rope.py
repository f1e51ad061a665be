"""The rotation as a product of complex numbers in f64: the first half is the real part, the second half the imaginary part."""

import numpy as np


def rope(x, cos, sin, heads, seq, head_dim):
    x = np.asarray(x, np.float64).reshape(heads, seq, 2, head_dim // 2)
    cos, sin = (np.asarray(table, np.float64).reshape(seq, 2, head_dim // 2) for table in (cos, sin))
    assert np.array_equal(cos[:, 0], cos[:, 1]) and np.array_equal(sin[:, 0], sin[:, 1]), "partners have the same angle"
    turned = (x[:, :, 0] + 1j * x[:, :, 1]) * (cos[:, 0] + 1j * sin[:, 0])
    return np.concatenate([turned.real, turned.imag], axis=-1).astype(np.float32).reshape(-1)
