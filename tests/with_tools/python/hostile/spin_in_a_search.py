"""Searches a long text, in C, where no signal is handled.

expect: out of time
within: 12
"""

def f(case, x):
    text = "a" * 10**8
    while True:
        ("a" * 10**4 + "b" + "a" * 10**4) in text
