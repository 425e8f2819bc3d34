"""A bank's pages say who has to do what by when, and lead to what belongs to them: on all rows of the examples."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import ForeignKey, Model, QuerySet
from django.test import Client

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from tests.actions.examples import examples, heard
from tests.actions.scene import Scene
from tests.actions.situations import new_states_of
from tests.actions.stage import Staged, on_stage
from tests.actions.test_offers import rows_of
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.calendar.wording import by_day
from zsbank.base.cases.case import Due
from zsbank.base.cases.now import Holder, now_of, page_for_bank
from zsbank.base.cases.registry import case_of, cases, hearings

pytestmark = pytest.mark.django_db
EXAMPLES = examples()
HEARD = heard()
UNREAD = re.compile(r"<table.*?</table>|<ol.*?</ol>|<[^>]*>")
"""Tables and steps of a calculation, which have dates as numbers, and what is in tags."""
FIELD = re.compile(r"<(?:textarea|select|input (?!type=.hidden))")


def with_page() -> Iterator[tuple[Any, str]]:
    """Yield every row with a page in the portal of which its bank may know, and the address of the page."""
    for kind in cases():
        for row in rows_of(kind) if kind.bank_page or kind.portal else ():
            if kind.bank_rows and not kind.shown_to(row.bank).filter(pk=row.pk).exists():
                continue
            if address := page_for_bank(kind, row):
                yield row, address


def address_of(row: Any) -> str:
    """Return the address of a row's page in the portal."""
    kind = case_of(type(row))
    assert kind is not None
    return page_for_bank(kind, row)


def declared_dues(row: Any) -> tuple[Due, ...]:
    """Return the due dates that apply to a row in its state."""
    kind = case_of(type(row))
    return tuple(due for due in kind.due if due.is_running(row)) if kind else ()


def read(row: Any, address: str) -> str:
    """Return the text of a page as a member of the row's bank reads it."""
    client = Client()
    member = row.bank.members.filter(left_on=None, user__is_active=True).earliest("pk").user
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(" ".join(answer.content.decode().replace("<br>", "").split()))


def case_behind(notice: PriorNotice) -> Model | None:
    """Return the case in which the bank is heard, as the notice keeps it."""
    hearing = hearings().get(notice.case_type)
    proposed: Any = QuerySet(hearing.proposed).filter(pk=notice.case_id).first() if hearing else None
    return hearing.case_of(proposed) if hearing and proposed else None


def pairs() -> Iterator[tuple[Any, Any]]:
    """Yield rows with pages in the portal of which one is kept in a field of the other, both ways."""
    rows = {row for row, _address in with_page()}
    for row in rows:
        fields = [field for field in row._meta.get_fields() if isinstance(field, ForeignKey)]
        others = [getattr(row, field.name) for field in fields]
        others += [case_behind(row)] if isinstance(row, PriorNotice) else []
        for other in others:
            if other in rows:
                yield row, other
                yield other, row


def check_sentence(row: Any, page: str, address: str) -> None:
    """Check that a page says who has to do what by when and why, and never nothing."""
    now = now_of(row)
    assert now.sentence
    assert not now.sentence.endswith(("：", ": ")), f"{address}: {now.sentence}"
    if now.holder is Holder.NOBODY:
        return
    assert now.sentence in page, f"{address} does not say: {now.sentence}"
    assert now.why.split("\n")[0] in page, f"{address} does not say why: {now.why}"
    assert now.due is None or by_day(now.due) in now.sentence
    days = [getattr(row, due.day) for due in declared_dues(row)] + [now.due]
    shown = UNREAD.sub("", page[page.index("<main") :])
    assert not [day for day in days if day and day.isoformat() in shown], f"{address} shows a bare due date"


def check_form(row: Any) -> None:
    """Check that the page on which the bank acts says by when before its first field, for narrow screens too."""
    now = now_of(row)
    if now.holder is Holder.BANK and now.due is not None and now.address:
        page = read(row, now.address)
        main = page[page.index("<main") :]
        assert by_day(now.due) in FIELD.split(main)[0], f"{now.address}: no due date above the form"


@on_stage(EXAMPLES)
def test_page_says_what_is_next_and_leads_to_what_belongs_to_it(staged: Staged) -> None:
    for _when in new_states_of(staged, "pages of banks"):
        pages = {row: read(row, address) for row, address in with_page()}
        for row, page in pages.items():
            check_sentence(row, page, address_of(row))
            check_form(row)
        for row, other in pairs():
            here, there = address_of(row), address_of(other)
            assert f'href="{there}"' in pages[row], f"{here} does not lead to {there}"


def test_every_hearing_has_an_example() -> None:
    assert set(HEARD) == set(hearings())


@pytest.mark.parametrize("key", sorted(HEARD))
def test_open_statement_is_said_on_case_and_notice(key: str, scene: Scene) -> None:
    case = HEARD[key](scene)
    notice = PriorNotice.objects.get()
    assert (notice, case) in list(pairs())
    at = address_of(notice)
    may = f"贵行可于{by_day(notice.due_date)}"
    for row in (case, notice):
        page = read(row, address_of(row))
        assert may in page[: page.index("</h2>", page.index("<h1>"))], "not at the top"
        assert "市人社局在期满后作出决定。" in page
        assert f'href="{address_of(case if row == notice else notice)}"' in page
    home = read(case, "/")
    assert home.partition("<h2>消息</h2>")[0].count(may) == 1, "once, beside the message that says it too"
    assert f'href="{at}"' in home


@pytest.mark.parametrize("key", sorted(HEARD))
@pytest.mark.parametrize("said", [True, False])
def test_closed_statement_says_what_happens_now(key: str, said: bool, scene: Scene) -> None:
    case = HEARD[key](scene)
    notice = PriorNotice.objects.get()
    if said:
        state_case(notice=notice, text="示例陈述。", by=scene.clerk)
        check_said(case, notice, "由市人社局办理：复核并答复贵行的陈述、申辩")
        notice.refresh_from_db()
        officers = User.objects.filter(is_staff=True)
        other = next(one for one in officers if answer_statement.verdict(one, notice))
        answer_statement(notice=notice, text="示例答复。", by=other)
    with clock.playing(calculate(notice.due_date, 1, Unit.DAY, roll=False).last_day):
        check_said(case, notice, "由市人社局办理：")


def check_said(case: Any, notice: PriorNotice, words: str) -> None:
    """Check that the pages of case and notice say the same, beginning with these words."""
    notice.refresh_from_db()
    assert now_of(notice).sentence == now_of(case).sentence
    assert now_of(case).sentence.startswith(words)
    for row in (case, notice):
        check_sentence(row, read(row, address_of(row)), address_of(row))
