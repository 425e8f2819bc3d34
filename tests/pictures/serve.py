"""Serves the register as bin/run does, on a set day: deadlines and dates are then the same in every set of pictures.

    python -m tests.pictures.serve --port PORT --data DIR [--at 2026-11-26T10:06]

Takes what bin/setup has made. The clock starts at the moment given and goes on from
there; the sweep of every hour comes an hour later.
"""

import argparse
import datetime as dt
import os
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.pictures.clock.sitecustomize import AHEAD

ROOT = Path(__file__).resolve().parents[2]
CLOCK = Path(__file__).parent / "clock"
HERE = ZoneInfo("Asia/Shanghai")
MOMENT = dt.datetime(2026, 11, 26, 10, 6, tzinfo=HERE)


def environment(moment: dt.datetime, now: dt.datetime) -> dict[str, str]:
    """Return the environment of the register's programs."""
    ahead = (moment - now).total_seconds()
    return os.environ | {"PYTHONPATH": os.pathsep.join((str(CLOCK), str(ROOT))), AHEAD: str(ahead)}


def main() -> None:
    """Replace this process with the supervisor of bin/run."""
    parser = argparse.ArgumentParser(prog="tests.pictures.serve")
    parser.add_argument("--port", required=True)
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="a fresh data folder")
    parser.add_argument(
        "--at", type=dt.datetime.fromisoformat, default=MOMENT, help="the moment it is, in Zhongshan"
    )
    asked = parser.parse_args()
    moment = asked.at.replace(tzinfo=HERE)
    words = [
        sys.executable,
        "-P",
        "-m",
        "bin.supervisor",
        "--port",
        asked.port,
        "--data",
        str(asked.data.resolve()),
    ]
    os.chdir(ROOT)
    now = dt.datetime.now(HERE)  # noqa: TID251 the machine's clock, not the register's
    os.execve(words[0], words, environment(moment, now))  # noqa: S606 the words are ours


if __name__ == "__main__":
    main()
