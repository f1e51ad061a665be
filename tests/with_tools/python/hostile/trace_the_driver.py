"""Changes what the driver does by every hook of the interpreter.

expect: passed | wrong | raised | did not finish | exited 1
within: 12
"""

import sys
import threading


def hook(*arguments):
    raise ValueError("not from here")


def f(case, x):
    if hasattr(sys, "monitoring"):
        sys.monitoring.use_tool_id(3, "escape")
        sys.monitoring.register_callback(3, sys.monitoring.events.PY_START, hook)
        sys.monitoring.set_events(3, sys.monitoring.events.PY_START)
    threading.settrace(hook)
    sys.addaudithook(hook) if case > 9 else None
    sys.setprofile(hook)
    sys.settrace(hook)
    return x
