"""A real register: set up by its pages without the demonstration, and a bank's whole life in it.

It begins with what `bin/run --no-demo` does. Nothing of the demonstration can be imported meanwhile: whatever a
register needs has a page or a command of its own.
"""

import ast
import datetime as dt
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as program
from pytest_django import Settings

from banks.register.models import Bank
from banks.register.states import Standing
from bin.supervisor import prepare
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from inspections.schemes.models import AssessmentScheme
from tests.real import life, set_up
from zsbank.base.accounts.models import User
from zsbank.base.cases.registry import essentials_open
from zsbank.celery import app
from zsbank.site.operations import runner
from zsbank.site.operations.actions import record_backup
from zsbank.site.operations.integrity import findings
from zsbank.site.operations.queries import is_demonstration

DEMONSTRATION = "zsbank.site.operations.demonstration"
MODULES = ("", ".documents", ".lives", ".people", ".steps")
IMPORTER = "zsbank/site/operations/management/commands/demo.py"
On = Callable[[dt.date], None]


@pytest.fixture
def without_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every import of the demonstration fail, and playing it too if a test before has imported it."""
    loaded = sys.modules.get(f"{DEMONSTRATION}.lives")
    if loaded is not None:
        monkeypatch.delattr(loaded.Demonstration, "play")
    for name in (DEMONSTRATION + part for part in MODULES):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "zsbank.site.operations.management.commands.demo", raising=False)


@pytest.fixture
def on() -> Iterator[On]:
    """Move the clock to noon of another day."""
    travels: list[time_machine.travel] = []

    def go(day: dt.date) -> None:
        while travels:
            travels.pop().stop()
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.timezone(dt.timedelta(hours=8)))
        travels.append(time_machine.travel(noon, tick=True))
        travels[-1].start()

    yield go
    while travels:
        travels.pop().stop()


@pytest.fixture
def tasks_at_once() -> Iterator[None]:
    """Carry out tasks where they are asked for: there is no worker."""
    app.conf.task_always_eager, before = True, app.conf.task_always_eager
    yield
    app.conf.task_always_eager = before


def standing() -> str:
    """Where the bank is."""
    return str(Bank.objects.get().standing)


def done(step: str) -> int:
    """Run the sweep of the day; return how often it took a step."""
    return runner.run().done.get(step, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("without_demonstration", "tasks_at_once")
def test_register_is_set_up_by_its_pages_and_a_bank_fails_twice_and_leaves(
    on: On,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["prepare"])
    settings.OFFICE_NAME, settings.OFFICE_PHONE = "社保卡科", "0760-88880000"
    settings.OFFICE_HOURS, settings.OFFICE_ADDRESS = "工作日 8:30—17:30", "中山市示例路1号"
    settings.EMAIL_HOST = "mail.example"
    on(dt.date(2026, 12, 1))
    prepare.main()
    assert "manage.py first_administrator 登录名 姓名 邮箱" in capsys.readouterr().out
    assert not User.objects.exists()
    assert not Bank.objects.exists()
    assert not AssessmentScheme.objects.exists()

    administrator = set_up.first_administrator(tmp_path / "said.txt")
    administrator.open("/admin/").follow("前往系统设置")
    assert "尚无人员" in administrator.text
    set_up.officers(administrator)
    set_up.holidays(2027)
    set_up.edition(dt.date(2026, 12, 2))
    set_up.vendor()
    set_up.scheme(2026)
    set_up.try_mail()
    record_backup(files=0, by=None)
    assert essentials_open() == []
    administrator.open("/admin/")
    assert "前往系统设置" not in administrator.text

    on(dt.date(2026, 12, 2))
    set_up.scheme(2027)
    life.register()
    life.accept_invitation()
    life.apply()
    on(dt.date(2026, 12, 8))
    life.review()
    on(dt.date(2026, 12, 10))
    life.admit()
    assert standing() == Standing.QUALIFIED

    on(dt.date(2027, 12, 1))
    set_up.holidays(2028)
    set_up.scheme(2028)
    on(dt.date(2028, 3, 1))
    life.fail(2027)
    assert done("open_order") == 0
    on(dt.date(2028, 12, 1))
    set_up.holidays(2029)
    on(dt.date(2029, 3, 1))
    life.fail(2028)
    on(dt.date(2029, 3, 2))
    assert done("open_order") == 1
    assert RectificationOrder.objects.get().ground == OrderGround.ASSESSMENT
    assert standing() == Standing.UNDER_RECTIFICATION
    life.set_due_date(dt.date(2029, 9, 3))

    on(dt.date(2029, 9, 3))
    assert done("lapse") == 0
    on(dt.date(2029, 9, 4))
    assert done("lapse") == 1
    life.propose_exit()
    on(dt.date(2029, 9, 17))
    life.sign_exit()
    assert standing() == Standing.EXITED
    on(dt.date(2029, 9, 18))
    assert done("lock_out") == 1
    assert standing() == Standing.LOCKED_OUT
    on(dt.date(2034, 9, 17))
    assert done("release") == 0
    on(dt.date(2034, 9, 18))
    assert done("release") == 1
    assert standing() == Standing.APPLICANT
    life.start_again()
    life.read_letters()
    assert not is_demonstration()
    assert list(findings()) == []


@pytest.mark.usefixtures("without_demonstration")
@pytest.mark.parametrize("part", MODULES)
def test_control_demonstration_cannot_be_imported(part: str) -> None:
    with pytest.raises(ImportError):
        importlib.import_module(DEMONSTRATION + part)


def test_only_its_command_imports_the_demonstration() -> None:
    root = Path(program.BASE_DIR)
    found = set()
    for folder in ("zsbank", "banks", "admission", "inspections", "exit", "bin", "tests/real"):
        for path in (root / folder).rglob("*.py"):
            inside = path.is_relative_to(root / "zsbank/site/operations/demonstration")
            if not inside and any(name.startswith(DEMONSTRATION) for name in _imported(path)):
                found.add(str(path.relative_to(root)))
    assert {path for path in found if "/tests/" not in path or path.startswith("tests/")} == {IMPORTER}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
