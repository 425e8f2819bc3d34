"""How many PDFs of a folder the register refuses, ground by ground, and how long it looks at one.

    .venv/bin/python -m bench.pdf_files DIR

Searches DIR and the folders in it, and prints one line a figure, as a ratio of all. With `--names` the refused files
follow. No PDF is kept here: take a collection of your own, or a public one.
"""

import argparse
import os
import statistics
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("ZSBANK_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")

TAKEN = "taken"


def answer_to(path: Path) -> str:
    """Return `taken`, or the code of the refusal."""
    from zsbank.base.files.content import check_content
    from zsbank.base.files.formats import FileKind
    from zsbank.base.files.kinds import kind_of
    from zsbank.base.refusals import FileRefused

    with path.open("rb") as file:
        if kind_of(file) != FileKind.PDF:
            return "wrong_kind"
        try:
            check_content(file, FileKind.PDF, path.name)
        except FileRefused as refusal:
            return refusal.code
    return TAKEN


def measure(folder: Path, *, names: bool) -> None:
    """Look at each PDF once."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    answers: dict[Path, str] = {}
    seconds = []
    for path in paths:
        began = time.perf_counter()
        answers[path] = answer_to(path)
        seconds.append(time.perf_counter() - began)
    if not paths:
        print("no PDF")
        return
    for code, count in Counter(answers.values()).most_common():
        print(f"{code}: {count}/{len(paths)} = {count / len(paths):.2%}")
    print(f"seconds a file: median {statistics.median(seconds):.2f}, most {max(seconds):.2f}")
    for path in paths if names else ():
        if answers[path] != TAKEN:
            print(answers[path], path.relative_to(folder))


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("folder", type=Path)
    given.add_argument("--names", action="store_true")
    chosen = given.parse_args()

    import django

    django.setup()
    measure(chosen.folder, names=chosen.names)
