"""Share of small wrong changes that tests notice.

    .venv/bin/python -m bench.mutation --sample 100 --seed 1       a random sample
    .venv/bin/python -m bench.mutation --module 'exit/*'           all changes of some modules
    .venv/bin/python -m bench.mutation --sample 100 --again        tries unnoticed changes again, after new tests

Cosmic Ray makes the changes, with operators of this program's own beside its own (`operators.py`); each is made in a
copy of the tracked files, and the tests nearest to the module run until one fails. Results are stored in `--results`,
and a run that was stopped continues. A change without effect is listed in `equivalent.txt`, with its reason, and does
not count.
"""

import argparse
import fnmatch
import hashlib
import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench.mutation.changes import Change, changes, modules
from bench.mutation.nearest import stages
from bench.mutation.workers import NOT_LOADED, Tree, import_packages

ROOT = Path(__file__).resolve().parents[2]
UNNOTICED, SLOW = "unnoticed", "slow"
EQUIVALENT = Path(__file__).with_name("equivalent.txt")


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="bench.mutation")
    parser.add_argument("--sample", type=int, default=0, help="how many changes, chosen at random; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another sample")
    parser.add_argument("--module", default="*", help="a pattern of paths")
    parser.add_argument("--seconds", type=float, default=300, help="the most that a stage of tests takes")
    parser.add_argument("--results", type=Path, default=ROOT / ".build/mutation.jsonl")
    parser.add_argument("--part", default="1/1", help="such as 2/3: every third change, from the second")
    parser.add_argument("--again", action="store_true", help="try those again that were not noticed")
    parser.add_argument("--report", action="store_true", help="print what is stored; run nothing")
    return parser.parse_args()


def key_of(change: Change) -> str:
    """Return what a result is stored under; another source of the module makes it another change."""
    return hashlib.sha256(f"{change.module}\n{change.source}".encode()).hexdigest()[:16]


def stored(path: Path) -> dict[str, dict[str, Any]]:
    """Return the results so far, the newest of each change."""
    if not path.exists():
        return {}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["key"]: row for row in rows}


def tried(change: Change, tree: Tree, seconds: float, sound: set[str]) -> str:
    """Make a change in the copy; return the test that noticed it, or `unnoticed`, or `slow`.

    Args:
        seconds: the most that a stage of tests takes.
        sound: tests that pass without a change; one that noticed a change is tried without it, and added.

    Raises:
        SystemExit: a test fails without the change, too.
    """
    path, outcome = tree.path / change.module, UNNOTICED
    original = path.read_text(encoding="utf-8")
    path.write_text(change.source, encoding="utf-8")
    try:
        for tests in stages(change.module, tree.path):
            failed = tree.fails(tests, seconds)
            if failed:
                outcome = tree.first_failure()
                break
            outcome = SLOW if failed is None else outcome
    finally:
        path.write_text(original, encoding="utf-8")
    if outcome in (UNNOTICED, SLOW) or outcome in sound:
        return outcome
    if tree.fails([outcome] if outcome != NOT_LOADED else tests[:1], seconds) is not False:
        sys.exit(
            f"{outcome} fails without a change, too:\n{(tree.data / 'said.txt').read_text(encoding='utf-8')}"
        )
    sound.add(outcome)
    return outcome


def prepared(place: Path) -> Tree:
    """Return a copy of the tree whose database is made."""
    import_packages(ROOT)
    tree = Tree(ROOT, place)
    if tree.fails(["banks/register/tests"], 600):
        sys.exit((tree.data / "said.txt").read_text(encoding="utf-8"))
    tree.keep_database()
    return tree


def run(asked: argparse.Namespace, planned: list[Change]) -> None:
    """Try every change of this part that has no result yet."""
    results = stored(asked.results)
    part, parts = map(int, asked.part.split("/"))
    left = [
        change
        for at, change in enumerate(planned)
        if at % parts == part - 1
        and (
            key_of(change) not in results
            or (asked.again and results[key_of(change)]["outcome"] in (UNNOTICED, SLOW))
        )
    ]
    if not left:
        return
    place = Path(tempfile.mkdtemp(prefix="zsbank-mutation-"))
    try:
        tree, sound = prepared(place), set[str]()
        for number, change in enumerate(left, start=1):
            outcome = tried(change, tree, asked.seconds, sound)
            row = {"key": key_of(change), "name": change.name, "outcome": outcome}
            with open(asked.results, "a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            print(f"{number}/{len(left)} {change.name}: {outcome}", flush=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def report(planned: list[Change], results: dict[str, dict[str, Any]]) -> None:
    """Print the share by module and in all, and the changes that no test noticed."""
    reasons = dict(
        line.split(" ", 1)
        for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()
        if line[:1] not in ("", "#")
    )
    seen, noticed, without_effect = Counter[str](), Counter[str](), 0
    for change in planned:
        row = results.get(key_of(change))
        if row is None:
            continue
        if key_of(change) in reasons:
            without_effect += 1
            continue
        seen[change.module] += 1
        noticed[change.module] += row["outcome"] not in (UNNOTICED, SLOW)
        if row["outcome"] in (UNNOTICED, SLOW):
            print(f"\n{key_of(change)} {change.name}: {row['outcome']}\n{change.diff}")
    print()
    for module in sorted(seen):
        print(f"{noticed[module]:4} of {seen[module]:4}  {module}")
    total = seen.total()
    print(f"\n{noticed.total()} of {total} noticed ({100 * noticed.total() / max(total, 1):.1f} %)", end="")
    print(f"; {without_effect} without effect" if without_effect else "")


def main() -> None:
    """Run the changes that were asked for, and report."""
    asked = arguments()
    asked.results.parent.mkdir(parents=True, exist_ok=True)
    places = [path for path in modules(ROOT) if fnmatch.fnmatch(str(path.relative_to(ROOT)), asked.module)]
    planned = list(changes(ROOT, places, asked.sample, asked.seed))
    if not asked.report:
        run(asked, planned)
    report(planned, stored(asked.results))


main()
