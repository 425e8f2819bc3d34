"""The sweep tells once for each due date that an answer is overdue, and discards lists that nobody took in."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from inspections.complaints.actions.complaints import reopen_complaint
from inspections.complaints.checks import replies_agree
from inspections.complaints.models import Complaint, ComplaintImport, ComplaintReply
from inspections.complaints.states import ImportState
from inspections.complaints.sweep import IMPORT_STEPS, STEPS
from inspections.complaints.terms import KEPT_DAYS
from inspections.complaints.tests.factories import DUE, answered, closed, read, row, workbook
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def swept(on: dt.date) -> int:
    """Run the step on a day; return how many complaints it recorded."""
    step, *_reminders = STEPS
    with clock.playing(on):
        return sum(bool(step.do(pk)) for pk in list(step.due(on)))


def told() -> list[str]:
    """Return who was told that an answer is overdue."""
    rows = Message.objects.filter(key__contains=":overdue:").order_by("pk")
    return list(rows.values_list("recipient__username", flat=True))


def test_nobody_is_told_on_the_due_date(complaint: Complaint, clerk: User) -> None:
    assert swept(DUE) == 0
    assert told() == []


def test_bank_and_inspectors_are_told_once_however_late_the_sweep(complaint: Complaint, clerk: User) -> None:
    assert (swept(DUE + 40 * DAY), swept(DUE + 41 * DAY)) == (1, 0)
    assert told() == ["clerk", "inspector"]


def test_they_are_told_again_when_the_next_due_date_has_passed(
    complaint: Complaint, clerk: User, people: "People"
) -> None:
    swept(DUE + DAY)
    done = closed(complaint, people.inspector, on=DUE + DAY)
    with clock.playing(DUE + DAY):
        again = reopen_complaint(complaint=done, by=people.inspector, reason="再次反映。", days=1)
    assert again.due_date is not None
    assert swept(again.due_date) == 0
    assert swept(again.due_date + DAY) == 1
    assert told() == ["clerk", "inspector"] * 2


def test_answered_complaint_is_not_overdue(complaint: Complaint, clerk: User) -> None:
    answered(complaint, clerk)
    assert swept(DUE + DAY) == 0


def test_list_that_nobody_took_in_is_discarded_with_its_cells(bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    with clock.playing(DUE):
        kept = read(people.inspector, workbook([row()]))
    (step,) = IMPORT_STEPS
    with clock.playing(DUE + (KEPT_DAYS - 1) * DAY):
        assert list(step.due(DUE)) == []
        assert not step.do(kept.pk)
    with clock.playing(DUE + (KEPT_DAYS + 1) * DAY):
        assert [step.do(pk) for pk in step.due(DUE)] == [True]
    gone = ComplaintImport.objects.get()
    assert (gone.state, gone.sheet, gone.closed_by) == (ImportState.DISCARDED, {}, None)


def test_answers_that_disagree_are_found(complaint: Complaint, clerk: User) -> None:
    assert list(replies_agree()) == []
    answered(complaint, clerk)
    assert list(replies_agree()) == []
    ComplaintReply.objects.update(taken=True)
    assert list(replies_agree()) == [
        f"inspections.complaint {complaint.pk}: is answered, its answers say otherwise"
    ]
