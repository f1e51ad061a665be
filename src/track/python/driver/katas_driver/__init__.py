"""The code that runs answers in Python. The runner starts it in a sandbox."""
