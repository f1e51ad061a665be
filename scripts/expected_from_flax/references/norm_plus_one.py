"""The stored weight from the multiplier in f64, tried in Flax's own RMSNorm: a row of ones comes out as the multiplier."""

import numpy as np
from flax import nnx


def norm_plus_one(w, file_adds, model_adds):
    multiplier = np.asarray(w, np.float64) + file_adds
    stored = (multiplier - model_adds).astype(np.float32)
    norm = nnx.RMSNorm(len(stored), epsilon=0.0, rngs=nnx.Rngs(0))
    norm.scale[...] = stored + np.float32(model_adds)
    np.testing.assert_array_equal(norm(np.ones((1, len(stored)), np.float32))[0], multiplier.astype(np.float32))
    return stored
