"""The command `period`."""

import json

import pytest
from django.core.management import call_command, execute_from_command_line

pytestmark = pytest.mark.django_db


def test_output_is_last_day_then_both_explanations(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("period", "2025-07-03", "6", "month")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026-01-04"
    assert any("调休上班日" in line for line in lines)
    assert any("make-up working day" in line for line in lines)


def test_json_output_has_documented_keys(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("period", "2023-02-28", "5", "year", "--no-roll", "--json")

    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["last_day", "raw_last_day", "first_day_after", "provisional", "explanation"]
    assert (answer["last_day"], answer["first_day_after"]) == ("2028-02-28", "2028-02-29")
    assert set(answer["explanation"]) == {"zh-hans", "en"}


@pytest.mark.parametrize(
    "words",
    [
        ["2026-02-30", "1", "day"],
        ["20260101", "1", "day"],
        ["２０２６-01-01", "1", "day"],
        ["tomorrow", "1", "day"],
        ["2026-01-01", "0", "day"],
        ["2026-01-01", "-1", "month"],
        ["2026-01-01", "１", "month"],
        ["2026-01-01", "1.5", "month"],
        ["2026-01-01", "99999999999999", "day"],
        ["2026-01-01", "1", "week"],
        ["9999-01-01", "1", "year"],
        ["2026-01-01", "1"],
    ],
)
def test_bad_input_prints_one_line_and_exits_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        execute_from_command_line(["manage.py", "period", *words])

    assert stop.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1
