"""Many random lives: the machine of `tests/lives`, drawn with other seeds; resumes where it was stopped.

    ZSBANK_MODE=test ZSBANK_DATA=DIR .venv/bin/python -m bench.lives [--lives 1000] [--seed 1000] [--log FILE]

Runs in a test database, on SQLite or, with DATABASE_URL, on PostgreSQL. Each line of the log is a batch that was lived
to its end, or a finding with the steps that led to it; a batch in the log is not lived again. Prints the sums.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BATCH = 10
"""Lives that are drawn with one seed."""

LIVES, SEED, LOG = "BENCH_LIVES", "BENCH_SEED", "BENCH_LOG"


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="bench.lives")
    parser.add_argument("--lives", type=int, default=1000, help="how many lives, in batches of 10 (1000)")
    parser.add_argument("--seed", type=int, default=1000, help="seed of the first batch (1000)")
    parser.add_argument("--log", type=Path, default=Path("lives.jsonl"), help="what was lived (lives.jsonl)")
    return parser.parse_args()


def lines(log: Path) -> Iterator[dict[str, Any]]:
    """Return the batches that the log holds."""
    if log.exists():
        yield from map(json.loads, log.read_text(encoding="utf-8").splitlines())


def test_lives(db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Live every batch that is not in the log."""
    from hypothesis.stateful import run_state_machine_as_test

    from tests.lives.lives import Lives, drawn
    from tests.lives.machine import nothing_goes_out

    log, first = Path(os.environ[LOG]), int(os.environ[SEED])
    done = {line["seed"] for line in lines(log)}
    for seed in range(first, first + int(os.environ[LIVES]) // BATCH):
        if seed in done:
            continue
        monkeypatch.setattr(Lives, "_hypothesis_internal_use_seed", seed, raising=False)
        began, before, finding = time.monotonic(), Lives.begun, ""
        try:
            with nothing_goes_out():
                run_state_machine_as_test(Lives, settings=drawn(BATCH))
        except Exception as error:  # noqa: BLE001 a finding of any kind
            finding = "\n".join([repr(error), *getattr(error, "__notes__", [])])
        line = {"seed": seed, "lives": Lives.begun - before, "seconds": round(time.monotonic() - began, 1)}
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line | {"finding": finding}, ensure_ascii=False) + "\n")
        with capsys.disabled():
            print(f"seed {seed}: {line['lives']} lives in {line['seconds']} s. {finding}", flush=True)


def main() -> int:
    """Live, and print the sums; the exit code is 1 with a finding."""
    given = arguments()
    os.environ |= {LIVES: str(given.lives), SEED: str(given.seed), LOG: str(given.log.resolve())}
    code = pytest.main([__file__, "-q", "--reuse-db", "-p", "no:cacheprovider", "-p", "no:xdist"])
    lived = [
        line for line in lines(given.log) if given.seed <= line["seed"] < given.seed + given.lives // BATCH
    ]
    findings = [line for line in lived if line["finding"]]
    sums = {name: sum(line[name] for line in lived) for name in ("lives", "seconds")}
    print(f"{sums['lives']} lives in {sums['seconds']:.0f} s, {len(findings)} batches with a finding")
    for line in findings:
        print(f"\nseed {line['seed']}:\n{line['finding']}")
    return int(code) or int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
