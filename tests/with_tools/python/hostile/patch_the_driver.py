"""Exchanges what the driver sends and what it thinks of a result.

expect: wrong
within: 12
"""

import struct

from katas_driver import main, results, wire


def f(case, x):
    forged = wire.Datum(wire.ARRAY, "f32", struct.pack("<ff", 8, 9))
    results.Result.datum = lambda self, value: forged
    wire.Writer.raised = wire.Writer.unusable = lambda self, *rest: None
    main.described = lambda error, answer: forged
    return x
