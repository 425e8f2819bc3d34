"""Runs tests in a copy of the tree, each time in a new process that has the packages imported already."""

import importlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

ROOTS = ("zsbank", "banks", "admission", "inspections", "exit", "tests", "conftest", "bench", "__main__")
NEED_SETTINGS = (
    "django.contrib",
    "unfold",
    "allauth",
    "rest_framework",
    "drf_spectacular",
    "pytest",
    "_pytest",
    "csp",
)
WORKER = "gw0"
"""The tests take the folder of this process of xdist, and make no temporary one."""
NOT_LOADED = "the tests were not loaded"
BESIDE = (".venv", ".build", "node_modules")
CATALOGUE = "locale/zh_Hans/LC_MESSAGES/django.mo"
NAMES = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'zsbank.settings'; import django; django.setup(); "
    "import zsbank.urls, sys; print('\\n'.join(sys.modules))"
)


class Tree:
    """A copy of the tracked files with a database of its own.

    Args:
        root: the tree that is copied.
        place: an empty folder.
    """

    def __init__(self, root: Path, place: Path) -> None:
        self.root = root
        self.path, self.data, self.template = place / "tree", place / "data" / WORKER, place / "template"
        listed = subprocess.run(["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True)  # noqa: S607
        for name in [*listed.stdout.split("\n"), CATALOGUE]:
            if name and (root / name).is_file():
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / name, self.path / name)
        for name in BESIDE:
            if (root / name).exists():
                (self.path / name).symlink_to((root / name).resolve())
        self.data.mkdir(parents=True)

    def environment(self) -> dict[str, str]:
        """Return the variables of the tests: this folder for data, one database kept from test run to test run."""
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        }
        place = {
            "ZSBANK_MODE": "test",
            "ZSBANK_DATA": str(self.data.parent),
            "PYTEST_XDIST_WORKER": WORKER,
            "PYTEST_DEBUG_TEMPROOT": str(self.data.parent),
        }
        return kept | place | {"PYTHONDONTWRITEBYTECODE": "1"}

    def fails(self, tests: Sequence[str], seconds: float) -> bool | None:
        """Run tests until one fails.

        Args:
            seconds: after this time they are ended.

        Returns:
            Whether one failed; None if the time was over.
        """
        self._restore_database()
        child = os.fork()
        if child == 0:
            os.setsid()
            self._run(tests)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status != 0
            time.sleep(0.05)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return None

    def keep_database(self) -> None:
        """Keep the database that the first tests made, for all that follow."""
        self.template.mkdir()
        for file in self.data.glob("test.sqlite3*"):
            shutil.copy(file, self.template)

    def first_failure(self) -> str:
        """Return the test that failed in the last run; `NOT_LOADED` if pytest did not come as far as tests."""
        said = (self.data / "said.txt").read_text(encoding="utf-8", errors="replace")
        found = re.findall(r"^(?:FAILED|ERROR) (\S+?::.+?)(?: - .*)?$", said, re.MULTILINE)
        return found[0] if found else NOT_LOADED

    def _restore_database(self) -> None:
        if self.template.exists():
            for file in self.data.glob("test.sqlite3*"):
                file.unlink()
            for file in self.template.iterdir():
                shutil.copy(file, self.data)

    def _run(self, tests: Sequence[str]) -> None:
        """Become pytest; does not return."""
        code = 70
        try:
            os.environ.clear()
            os.environ.update(self.environment())
            os.chdir(self.path)
            sys.path[:] = [str(self.path), *(one for one in sys.path if one not in ("", str(self.root)))]
            for name in [name for name in sys.modules if name.split(".")[0] == "bench"]:
                del sys.modules[name]
            with open(self.data / "said.txt", "w", encoding="utf-8") as said:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
            import pytest

            plugins = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"]
            code = int(pytest.main(["-x", "-q", "--no-header", "--reuse-db", *plugins, *tests]))
        except BaseException:  # noqa: BLE001 nothing of the parent may run in the child
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)


def import_packages(root: Path) -> None:
    """Import the packages that the program uses, none of its own modules and none that need its settings."""
    done = subprocess.run(  # noqa: S603 this program's own words
        [sys.executable, "-c", NAMES],
        cwd=root,
        env=os.environ | {"ZSBANK_MODE": "test", "ZSBANK_DATA": "/tmp/zsbank-mutation-names"},  # noqa: S108
        capture_output=True,
        text=True,
        check=True,
    )
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    for name in done.stdout.split():
        if name.split(".")[0] in ROOTS or name.startswith(NEED_SETTINGS):
            continue
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001, S112 then the child imports it
            continue
