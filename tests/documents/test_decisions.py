"""Decision records: numbered in order, dated, with a status."""

import datetime as dt
import re

import pytest

from tests.documents.pages import ROOT, headings, text_of

RECORDS = sorted(path.name for path in (ROOT / "docs/decisions").iterdir())
HEAD = re.compile(
    r"\A# (\d{4}) \S.*\n\nDate: (\d{4}-\d\d-\d\d) · Status: (proposed|accepted|superseded by (\d{4}))\n\n\S"
)


def test_records_have_consecutive_numbers() -> None:
    numbers = [name.partition("-")[0] for name in RECORDS]
    assert numbers == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("name", RECORDS)
def test_record_has_number_date_and_status(name: str) -> None:
    text = text_of(f"docs/decisions/{name}")
    head = HEAD.match(text)
    assert head, "the heading has the number, the line below it date and status"
    number, date, _status, successor = head.groups()
    assert name.startswith(f"{number}-")
    assert dt.date.fromisoformat(date) >= dt.date(2026, 11, 24)
    assert successor is None or any(record.startswith(f"{successor}-") for record in RECORDS)
    assert len([level for level, _words in headings(text) if level == 1]) == 1
