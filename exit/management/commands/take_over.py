"""`manage.py take_over FILE --preview`, `manage.py take_over FILE --by NAME`."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from exit.takeover.actions.takeovers import enter_takeover
from exit.takeover.checks.plan import Plan
from exit.takeover.data import Rows
from exit.takeover.import_sheet.judged import judged_workbook
from zsbank.base.accounts.models import User
from zsbank.base.refusals import Refused

WRONG = 2
"""The exit code for a workbook that is not right, as of the other commands that read files."""


class Command(BaseCommand):
    """Preview or enter what is older than this register; a decider confirms it at the desk."""

    help = (
        "Preview a workbook of what is older than this register, or enter it in the name of an intake officer. "
        "It is never confirmed here: a decider does that at the desk. Exit code 2 if the workbook has errors."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--preview", action="store_true", help="only print what would be; nothing is written"
        )
        what.add_argument("--by", metavar="NAME", help="the sign-in name of the intake officer who enters it")

    def handle(self, *_args: Any, **options: Any) -> None:
        with override("zh-hans"):
            self._handle(options["file"], options["by"])

    def _handle(self, path: Path, name: str | None) -> None:
        content = _content_of(path)
        rows, plan = _judged(content, path.name)
        self._print(plan)
        if name is None:
            return
        person = User.objects.filter(username=name, is_active=True).first()
        if person is None:
            raise CommandError(f"{name}: no such person", returncode=1)
        try:
            entered = enter_takeover(
                rows=rows, by=person, source=path.name, sha256=hashlib.sha256(content).hexdigest()
            )
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        self.stdout.write(
            f"{entered.case_number} was entered; nothing has changed. A decider confirms it at the desk."
        )

    def _print(self, plan: Plan) -> None:
        for bank in plan.banks:
            for line in bank.lines():
                self.stdout.write(line)
        self.stdout.write(
            f"{len(plan.banks)} banks, {len(plan.due)} due already, {len(plan.findings)} against the mechanism"
        )


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=WRONG) from error


def _judged(content: bytes, name: str) -> tuple[Rows, Plan]:
    """Return the rows of a workbook without faults, and the plan.

    Raises:
        CommandError: it cannot be read, or has faults; each is a line. Exit code 2.
    """
    try:
        return judged_workbook(content, name)
    except Refused as refusal:
        raise CommandError(str(refusal), returncode=WRONG) from refusal
