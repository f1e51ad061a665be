"""The code that runs answers in Python. The runner starts it in a process that can reach nothing else."""
