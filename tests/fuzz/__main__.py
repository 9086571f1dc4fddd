"""`python -m tests.fuzz TARGET [--seconds 30]`: fuzz the wire, YAML or expressions with atheris, guided by coverage.

Ends with 0 if nothing was found; else libFuzzer prints the input, and keeps it as `crash-…` in the working directory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path


def main() -> None:
    try:
        import atheris
    except ModuleNotFoundError:
        sys.exit("atheris isn't installed. Install it (pip install atheris) in an environment of its own.")
    with atheris.instrument_imports(include=["autograder", "yaml"]):
        from tests.fuzz.targets import SEEDS, TARGETS

    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("target", choices=sorted(TARGETS))
    asked.add_argument("--seconds", type=int, default=30)
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="seeds-") as folder:
        for number, seed in enumerate(SEEDS[wanted.target]):
            Path(folder, f"seed-{number}").write_bytes(seed)
        arguments = [sys.argv[0], folder, f"-max_total_time={wanted.seconds}", "-timeout=10", "-rss_limit_mb=2048"]
        atheris.Setup(arguments, TARGETS[wanted.target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
