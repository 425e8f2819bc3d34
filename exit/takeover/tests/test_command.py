"""The command previews and enters; it never confirms."""

from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from banks.register.models import Bank
from exit.takeover.models import Takeover
from exit.takeover.states import TakeoverState
from exit.takeover.tests.workbooks import GO_LIVE, bank, every_standing, qualification, workbook
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def path(tmp_path: "Path") -> "Path":
    """A workbook on the disk."""
    found = tmp_path / "接续.xlsx"
    found.write_bytes(workbook(**every_standing()))
    return found


def test_preview_prints_every_bank_and_writes_nothing(
    path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    with clock.playing(GO_LIVE):
        call_command("take_over", str(path), "--preview")
    said = capsys.readouterr().out
    for words in (
        "示例接续银行1: 申请人",
        "2026年7月13日",
        "不会自动逾期",
        "→ 检查人员",
        "18 banks, 6 due already, 0 against the mechanism",
    ):
        assert words in said
    assert not Takeover.objects.exists()


def test_command_enters_in_the_name_of_an_officer_and_does_not_confirm(
    path: "Path", people: "People", capsys: pytest.CaptureFixture[str]
) -> None:
    with clock.playing(GO_LIVE):
        call_command("take_over", str(path), "--by", people.intake.username)
    takeover = Takeover.objects.get()
    assert (takeover.state, takeover.entered_by) == (TakeoverState.ENTERED, people.intake)
    assert takeover.case_number in capsys.readouterr().out
    assert not Bank.objects.exists()


def test_faults_are_lines_with_an_exit_code(tmp_path: "Path") -> None:
    path = tmp_path / "接续.xlsx"
    path.write_bytes(workbook(banks=[bank(1)], qualifications=[qualification(2), qualification(3, "x")]))
    with pytest.raises(CommandError) as error:
        call_command("take_over", str(path), "--preview")
    assert error.value.returncode == 2
    assert "《资格》第3行" in str(error.value)
    path.write_bytes(b"x")
    with pytest.raises(CommandError) as error:
        call_command("take_over", str(path), "--preview")
    assert error.value.returncode == 2


def test_role_and_name_are_checked(path: "Path", people: "People") -> None:
    with clock.playing(GO_LIVE):
        for name in (people.auditor.username, "nobody"):
            with pytest.raises(CommandError) as error:
                call_command("take_over", str(path), "--by", name)
            assert error.value.returncode == 1
    assert not Takeover.objects.exists()
