"""Describes a Python: its path, its version, its module search path, its installed distributions."""

import importlib.metadata
import json
import sys

print(
    json.dumps(
        {
            "executable": sys.executable,
            "prefix": sys.prefix,
            "base": getattr(sys, "_base_executable", sys.executable),
            "base_prefix": sys.base_prefix,
            "version": list(sys.version_info[:3]),
            "path": [entry for entry in sys.path if entry],
            "packages": {
                found.metadata["Name"].lower().replace("_", "-"): found.version
                for found in importlib.metadata.distributions()
            },
        }
    )
)
