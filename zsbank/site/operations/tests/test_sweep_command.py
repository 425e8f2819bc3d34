"""The command `sweep`: output, simulated days, exit codes."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.site.operations import runner
from zsbank.site.operations.models import SweepRun

pytestmark = pytest.mark.django_db

TOMORROW = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "steps", lambda: [Step("lapse", lambda _on: [1, 2], lambda _pk: True)])


def _sweep(*arguments: str) -> str:
    out = StringIO()
    call_command("sweep", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_command_prints_results() -> None:
    assert _sweep() == f"{clock.today()} lapse: 2\n"


def test_command_simulates_later_day() -> None:
    day = clock.today() + TOMORROW
    assert _sweep("--on", day.isoformat()) == f"{day} lapse: 2\n"


def test_command_exits_1_after_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_pk: int) -> bool:
        raise ValueError

    monkeypatch.setattr(runner, "steps", lambda: [Step("lapse", lambda _on: [1], fail)])
    with pytest.raises(CommandError) as refused:
        _sweep()
    assert refused.value.returncode == 1


@pytest.mark.parametrize("day", ["2020-01-01", "soon", "2027-02-30"])
def test_past_or_invalid_day_is_refused(day: str) -> None:
    with pytest.raises(CommandError) as refused:
        _sweep("--on", day)
    assert refused.value.returncode == 2
    assert not SweepRun.objects.exists()


def test_simulated_day_is_refused_on_real_data(settings: Settings) -> None:
    settings.MODE = "local"
    with pytest.raises(CommandError, match="demonstration") as refused:
        _sweep("--on", (clock.today() + TOMORROW).isoformat())
    assert refused.value.returncode == 2
    assert not SweepRun.objects.exists()


def test_simulated_day_is_allowed_on_demonstration_data(settings: Settings, bank: Bank) -> None:
    settings.MODE = "production"
    journal.record(verb=Verb.LOAD_DEMONSTRATION, by=None, subject=bank)
    _sweep("--on", (clock.today() + TOMORROW).isoformat())
    assert SweepRun.objects.get().on == clock.today() + TOMORROW
