"""The tests that may notice a change of a module, the nearest first."""

from collections.abc import Iterator
from pathlib import Path

EVERYWHERE = (
    "tests/security/test_permission_table.py",
    "tests/actions/test_locks.py",
    "tests/actions/test_messages.py",
    "tests/actions/test_every_action.py",
)
"""Tests of every kind of action, message and lock, of which those of the subject are run."""

MOST = 12
STAND_IN = "exit.cases"
"""The subject with whose examples a change of what all subjects stand on is tried, such as of the door."""

LIVES = ("tests/lives/test_shown_dates.py", "tests/lives/test_periods_of_an_edition.py")

LEFT_OUT = ("tests/browser", "tests/pictures", "tests/toy", "tests/program/test_stored_backup.py")
"""What takes minutes or needs a browser."""


def stages(module: str, root: Path) -> Iterator[list[str]]:
    """Yield arguments for pytest, stage by stage: beside the module, of its kind, and elsewhere; each file once."""
    beside = _beside(module, root)
    if beside:
        yield beside
    yield _by_kind(module, root)
    given = {*beside, *EVERYWHERE}
    elsewhere = [*LIVES, *_importing(module, root)]
    files = [file for file in elsewhere if file not in given and not file.startswith(LEFT_OUT)]
    yield list(dict.fromkeys(files))


def _beside(module: str, root: Path) -> list[str]:
    """Return the tests of the subject; those with a word of the module's path in their name come first."""
    words = {part.removesuffix(".py").rstrip("s") for part in Path(module).parts}
    for folder in (root / module).parents:
        files = [*folder.glob("tests/test_*.py")]
        if files or folder == root:
            ordered = sorted(
                files, key=lambda file: (not any(word in file.stem for word in words), file.stem)
            )
            return [str(file.relative_to(root)) for file in ordered]
    return []


def _by_kind(module: str, root: Path) -> list[str]:
    subject = _subject(module)
    example = subject if (root / subject.replace(".", "/") / "tests/examples.py").exists() else STAND_IN
    names = f"{example} or every_verb or every_lock or every_text"
    return [*(file for file in EVERYWHERE if (root / file).exists()), "-k", names]


def _subject(module: str) -> str:
    """Return the package of the subject, such as `exit.cases`."""
    return ".".join(Path(module).parts[: 3 if module.startswith("zsbank") else 2]).removesuffix(".py")


def _importing(module: str, root: Path) -> list[str]:
    """Return the tests elsewhere that name the module, or its subject where none does; at most `MOST` files."""
    dotted = module.removesuffix(".py").replace("/", ".")
    texts = {
        str(file.relative_to(root)): file.read_text(encoding="utf-8")
        for app in ("banks", "admission", "inspections", "exit", "zsbank", "tests")
        for file in sorted((root / app).glob("**/test_*.py"))
    }
    close = [file for file, text in texts.items() if dotted in text]
    return (close or [file for file, text in texts.items() if f"{_subject(module)}." in text])[:MOST]
