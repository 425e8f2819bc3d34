"""Messages about verification, to officers: to the second one of a visit, and to whom the time limit concerns."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.reminders import Reminder
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.verification.models import Verification
from inspections.verification.rules import has_left
from inspections.verification.terms import REMINDER_DAYS
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar.wording import later_by_day, later_in_words
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb


def ask_second_officer(order: RectificationOrder, found: Verification) -> None:
    """Ask the second officer of a visit to confirm what was found."""
    words = gettext_lazy("{person} recorded what you both found on {day}. Read it, and confirm it.")
    notices.post(
        to=[found.accompanied_by] if found.accompanied_by else [],
        key=f"rectification:{order.pk}:verified:{found.pk}",
        title=gettext_lazy("Confirm the verification of a rectification"),
        body=format_lazy(words, person=found.verified_by, day=later_in_words(found.seen_on)),
        link=case_page(order),
        about=str(order.bank),
        kind=MessageKind.TASK,
    )


def _remind(order: RectificationOrder, nearest: int, left: int) -> int:
    """Remind those who have the report now of the day by which the bureau means to verify it."""
    if order.verify_by is None:
        return 0
    words = gettext_lazy("The report of {bank} is to be verified and decided on {by_day}. Days left: {left}.")
    return notices.post(
        to=_who_have_it(order),
        key=f"rectification:{order.pk}:verify:{order.verify_by}:{nearest}",
        title=gettext_lazy("A rectification report is to be verified"),
        body=format_lazy(words, bank=order.bank, by_day=later_by_day(order.verify_by), left=left),
        link=case_page(order),
        about=str(order.bank),
        due=order.verify_by,
        kind=MessageKind.TASK,
    )


def _who_have_it(order: RectificationOrder) -> list[User]:
    """Return who verifies, confirms or decides next."""
    found = Verification.newest_of(order)
    if found is None:
        return list(people_with(Verb.VERIFY_RECTIFICATION))
    if found.stands:
        return list(people_with(Verb.ACCEPT_RECTIFICATION))
    second = found.accompanied_by
    return list(people_with(Verb.CONFIRM_VERIFICATION)) if second is None or has_left(second) else [second]


REMINDER = Reminder(
    "remind_of_verification",
    RectificationOrder,
    "verify_by",
    frozenset({OrderState.REPORTED}),
    REMINDER_DAYS,
    _remind,
)
