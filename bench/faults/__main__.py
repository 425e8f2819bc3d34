"""Web and worker killed at random moments, round after round; each round is judged by `check_integrity`.

    DATABASE_URL=… REDIS_URL=… .venv/bin/python -m bench.faults [--rounds 30] [--seed 1]

In every round officers decide while web is killed, and a sweep runs while the worker is killed; the moments are drawn.
Prints one line a round.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import pytest

from bench.faults import ROUNDS, SEED

TESTS = Path(__file__).parent / "rounds.py"


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="bench.faults")
    parser.add_argument("--rounds", type=int, default=30, help="how often all is killed (30)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        parser.error('needs PostgreSQL and Redis; type first: eval "$(bin/services)"')
    return parser.parse_args()


def main() -> int:
    """Run the rounds as a test; return the exit code."""
    given = arguments()
    os.environ |= {ROUNDS: str(given.rounds), SEED: str(given.seed)}
    began = time.monotonic()
    code = pytest.main([str(TESTS), "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist"])
    print(f"{given.rounds} rounds in {time.monotonic() - began:.0f} s, exit code {int(code)}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
