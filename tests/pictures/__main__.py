"""Takes a set of pictures of a running register, takes those of the README, or compares two sets.

    python -m tests.pictures take OUT --address http://127.0.0.1:PORT < WORDS
    python -m tests.pictures readme --address http://127.0.0.1:PORT < WORDS
    python -m tests.pictures compare BEFORE AFTER OUT

WORDS is what the start of the register printed: the sign-in names of the demonstration and their password.
"""

import argparse
import os
import sys
from pathlib import Path

import django

from bin.open_pages import SIGN_INS, wait_until_well
from tests.pictures.compare import compare
from tests.pictures.readme import retake
from tests.pictures.sheet import write_sheet


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="tests.pictures")
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser(
        "take", help="picture every page of every role; reads the words of the start"
    )
    taking.add_argument("out", type=Path)
    taking.add_argument("--address", required=True, help="http://127.0.0.1:PORT")
    taking.add_argument("--only", nargs="+", metavar="NAME", help="only these people")
    again = commands.add_parser("readme", help="take the pictures of the README again")
    again.add_argument("--address", required=True, help="http://127.0.0.1:PORT")
    comparing = commands.add_parser("compare", help="compare two sets; exits 1 where they differ")
    for name in ("before", "after", "out"):
        comparing.add_argument(name, type=Path)
    return parser.parse_args()


def _sign_ins() -> tuple[list[str], str]:
    """Return the sign-in names and the password that standard input names."""
    found = SIGN_INS.search(sys.stdin.read())
    if not found:
        sys.exit("✗ standard input named no sign-in")
    return [line.split()[0] for line in found["people"].splitlines()], found["password"]


def _take(out: Path, address: str, only: list[str] | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
    os.environ.setdefault("ZSBANK_MODE", "test")
    django.setup()
    from tests.pictures.take import take  # noqa: PLC0415 needs the apps

    people, password = _sign_ins()
    wait_until_well(address)
    taken = take(out, address, [name for name in people if not only or name in only], password)
    print(
        f"{len(taken.pictures)} pages at two widths in {taken.seconds:.0f} s; {len(taken.unseen)} routes not seen"
    )
    for fault in taken.faults:
        print(f"✗ {fault}")


def _compare(before: Path, after: Path, out: Path) -> int:
    compared = compare(before, after, out)
    write_sheet(compared, before, after, out)
    print(f"{compared.summary()}: {out / 'index.html'}")
    return int(not compared.same)


def main() -> int:
    """Run the chosen command."""
    asked = arguments()
    if asked.command == "compare":
        return _compare(asked.before, asked.after, asked.out)
    if asked.command == "readme":
        retake(asked.address.rstrip("/"), _sign_ins()[1])
        return 0
    _take(asked.out, asked.address.rstrip("/"), asked.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
