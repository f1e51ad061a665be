"""Returns more than may be sent.

expect: too large a result | wrong | unusable | raised | did not finish
within: 20
"""

import numpy as np


def f(case, x):
    return np.zeros(1 << 25, np.float32)
