"""Facts of a case page: labels and readable values, in the order asked for."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.utils import label_for_field

from zsbank.base.pages.facts import facts_of, readable

Bank = apps.get_model("banks", "Bank")


class Desk:
    """A desk with a fact of its own."""

    def shout(self, bank: Any) -> str:
        """Return the name in capitals."""
        return bank.name.upper()

    shout.short_description = "loud"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (True, "是"),
        (False, "否"),
        (dt.date(2026, 3, 2), "2026-03-02"),
        (dt.datetime(2026, 3, 1, 17, 5, tzinfo=dt.UTC), "2026-03-02 01:05"),
    ],
)
def test_values_are_readable_and_local(value: Any, text: str) -> None:
    assert readable(value) == text


def test_facts_keep_their_order_and_leave_out_what_is_empty() -> None:
    bank = Bank(name="abc", uscc="91442000MADEM00116", standing="applicant")
    facts = list(facts_of(bank, ("standing", "shout", "address", "uscc"), Desk()))
    assert facts == [
        (label_for_field("standing", Bank), bank.get_standing_display()),
        ("loud", "ABC"),
        (label_for_field("uscc", Bank), bank.uscc),
    ]
