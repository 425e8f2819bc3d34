"""docs/adding-a-case.md is followed in a copy of the register, and the result is tested there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.toy.page import apply, blocks, changed, copy_of

PAGE = settings.BASE_DIR / "docs/adding-a-case.md"
ALLOWED = (
    "inspections/talks/",
    "inspections/apps.py",
    "zsbank/base/permissions.py",
    "tests/security/roles_by_verb.txt",
    "locale/",
)
"""All that a new kind of case touches, besides its migration."""


def run(root: Path, *words: str) -> str:
    """Run a program of the copy; its output is shown if it fails."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    place = {
        "ZSBANK_DATA": str(root / "data"),
        "ZSBANK_BUILD": str(settings.BUILD_DIR),
        "ZSBANK_MODE": "test",
    }
    done = subprocess.run(
        words,
        cwd=root,
        env=variables | place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def test_documented_case_works(tmp_path: Path) -> None:
    found = [*blocks(PAGE.read_text(encoding="utf-8"))]
    assert [block.file for block in found if not block.file.startswith(ALLOWED)] == []
    root = copy_of(settings.BASE_DIR, tmp_path / "copy")
    for block in found:
        apply(block, root)
    catalogue = root / "locale/zh_Hans/LC_MESSAGES/django"
    run(root, "msgfmt", f"--output-file={catalogue}.mo", f"{catalogue}.po")
    run(root, sys.executable, "manage.py", "makemigrations", "inspections", "--name", "talk")
    shutil.copy(root / "tests/toy/life_of_a_talk.py", root / "inspections/talks/tests/test_talks.py")
    tests = ["inspections/talks/tests/test_talks.py", "tests/actions", "tests/walk/test_walk.py"]
    said = run(
        root,
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *tests,
        "-k",
        "talk or every_address or bank_clerk",
    )
    assert " passed" in said


def test_outdated_page_is_detected() -> None:
    text = "subjects = (\n    1,\n)\n"
    assert changed(text, " subjects = (\n     1,\n+    2,\n") == "subjects = (\n    1,\n    2,\n)\n"
    try:
        changed(text, " subjects = [\n+    2,\n")
    except AssertionError:
        return
    raise AssertionError("a diff that fits nowhere was taken")
