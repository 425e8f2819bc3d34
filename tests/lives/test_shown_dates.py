"""Every date that pages show in the life of a bank, with its words, compared with what was written out by hand.

After each step of `life_of_a_bank.py` the case, its action pages, its lists and both home pages are read.
`shown_dates.txt` has under each step the lines with a date or a number of days that the page did not show before. Each
day of that life is another one, so that a date taken from a wrong column is another line.
"""

import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.actions.scene import Scene
from tests.lives.life_of_a_bank import life
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.cases.now import page_for_bank
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.urls import action_page, case_page

pytestmark = pytest.mark.django_db
AGREED = Path(__file__).with_name("shown_dates.txt").read_text(encoding="utf-8").splitlines()
DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{4}年\d+月\d+日|\d+ ?个?(?:工作日|天|日内)")
WORDS = re.compile(r"[^\W\d_]{2}")
NO_LABEL = re.compile(r"\d+|年|月|日|（含当日）前?|还剩|天")
SHARED = ("work list", "home")
UNREAD = re.compile(r"<(script|style|head|svg|nav)\b.*?</\1>|<!--.*?-->|<(input|option)\b[^>]*>", re.DOTALL)
BLOCK = re.compile(
    r"</?(?:p|li|div|h\d|tr|section|article|table|ul|ol|dl|form|header|aside|main|summary|dt|br)\b[^>]*>"
)


def pages_of(row: Model, scene: Scene) -> Iterator[tuple[str, User, str]]:
    """Yield name, reader and address of the pages that show a row."""
    kind = case_of(type(row))
    assert kind is not None
    person = scene.people.decider
    if kind.desk:
        yield "desk", person, case_page(row)
        yield "list", person, case_page(row).rsplit("/", 3)[0] + "/"
    address = page_for_bank(kind, row)
    if address:
        yield "portal", scene.clerk, address
    for offer in kind.offers:
        holders = (
            one for one in officers(scene) if staff_may(one, offer.verb) and offer.is_offered(one, row)
        )
        by = next(holders, None)
        if by is not None:
            yield f"action {offer.verb}", by, action_page(row, offer.action)
    yield "work list", person, reverse("admin:index")
    yield "home", scene.clerk, reverse("portal:home")


def officers(scene: Scene) -> list[User]:
    """Return one officer of each role."""
    people = scene.people
    return [people.intake, people.reviewer, people.inspector, people.decider, people.second_decider]


def lines_of(page: str) -> Iterator[str]:
    """Yield the lines of a page that have a date; a term and its value, and the cells of a row, are one line."""
    shown = UNREAD.sub("", page[page.index("<main") :])
    shown = re.sub(r"</dt>\s*<dd[^>]*>", ": ", shown)
    shown = re.sub(r"</t[dh]>\s*<t[dh][^>]*>", " | ", shown)
    label = ""
    for line in BLOCK.sub("\n", " ".join(shown.split())).split("\n"):
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", line)).split())
        if DATE.search(text) and not text.startswith("未读"):
            yield text if WORDS.search(NO_LABEL.sub("", text)) else f"{label} / {text}"
        label = text or label


def read(person: User, address: str, at: dt.datetime) -> str:
    """Return a page as a person sees it at a moment; nothing of a page that the person does not see."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with clock.playing(at):
        answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else "<main>"


def shown(scene: Scene) -> Iterator[str]:
    """Yield what pages show after each step, without what the same page showed before."""
    known: set[tuple[Any, str, str]] = set()
    opened: set[tuple[Any, str]] = set()
    for at, step, row in life(scene):
        yield f"== {at.date()} {step}"
        for name, person, address in pages_of(row, scene):
            page = (None if name in SHARED else type(row), name)
            if name.startswith("action ") and page in opened:
                continue
            opened.add(page)
            found = [line for line in lines_of(read(person, address, at)) if (*page, line) not in known]
            known |= {(*page, line) for line in found}
            yield from (f"{name}: {line}" for line in dict.fromkeys(found))
    everywhere = ("banks:information", "banks:members", "banks:letters", "admission:list", "exit:standing")
    for name in everywhere:
        yield f"== {name}"
        yield from dict.fromkeys(lines_of(read(scene.administrator, reverse(name), at)))


def test_every_date_on_a_page_is_the_one_that_was_agreed(scene: Scene) -> None:
    assert [*shown(scene)] == AGREED
