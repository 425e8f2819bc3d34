"""Messages about inspections: to the bank, and to the officers who follow them up."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import confirm_submission, notify_members
from banks.members.actions.reminders import Reminder
from inspections.visits.models import InspectionVisit, VisitAnswer
from inspections.visits.states import VisitState
from inspections.visits.terms import DAYS_TO_REMIND_OF_ANSWERS, DAYS_TO_REMIND_OF_CORRECTIONS
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar.wording import later_by_day, later_in_words
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb


def tell_of_plan(visit: InspectionVisit) -> None:
    """Tell the bank of an announced inspection; of an unannounced one it learns on the spot."""
    if not visit.announced:
        return
    words = gettext_lazy(
        "On {day}, officers of the bureau will inspect outlets of your bank. Purpose: {purpose}"
    )
    body = format_lazy(words, day=later_in_words(visit.visit_day), purpose=visit.purpose)
    _notify(visit, "planned", gettext_lazy("An inspection is announced"), body)


def tell_of_cancelling(visit: InspectionVisit, by: User) -> None:
    """Tell the bank that an announced inspection is cancelled, and the other inspecting officers in any case."""
    title = gettext_lazy("The inspection is cancelled")
    body = format_lazy(gettext_lazy("Reason: {reason}"), reason=visit.cancellation)
    if visit.announced:
        _notify(visit, "cancelled", title, body)
    others = [one for one in visit.officers if one != by]
    _post(visit, others, "cancelled", title, body)


def tell_of_signing(visit: InspectionVisit) -> None:
    """Tell the bank that the record was signed on the spot, and what comes next."""
    said = gettext_lazy("The record of the inspection was signed on the spot. The report follows by letter.")
    _notify(visit, "signed", gettext_lazy("Your bank was inspected"), said)


def tell_of_report(visit: InspectionVisit, letter: Letter) -> None:
    """Tell the bank of the report, and by when it may answer."""
    title = gettext_lazy("The report of the inspection has arrived")
    if visit.answer_due is None:
        said = gettext_lazy("No finding was made. Letter number: {letter}.")
        _notify(visit, "reported", title, format_lazy(said, letter=letter), letter=letter)
        return
    words = gettext_lazy("Read the findings, and answer {by_day}. Letter number: {letter}.")
    body = format_lazy(words, letter=letter, by_day=later_by_day(visit.answer_due))
    _notify(visit, "reported", title, body, letter=letter, to_do=True)


def tell_of_closing(visit: InspectionVisit) -> None:
    """Tell the bank that nothing follows, and why."""
    body = format_lazy(gettext_lazy("Nothing follows from it. Reason: {reason}"), reason=visit.outcome_reason)
    _notify(visit, "closed", gettext_lazy("The inspection is closed"), body)


def tell_of_demand(visit: InspectionVisit) -> None:
    """Tell the bank what it has to correct, and by when; each time that a day is set."""
    if visit.correct_by is None or visit.decided_at is None:
        return
    words = gettext_lazy("Correct the findings {by_day}, and state it here with evidence. {reason}")
    body = format_lazy(words, by_day=later_by_day(visit.correct_by), reason=visit.outcome_reason)
    title = gettext_lazy("The findings of the inspection are to be corrected")
    _notify(visit, f"correct:{visit.decided_at:%Y%m%d%H%M%S}", title, body, to_do=True)


def tell_of_correction(visit: InspectionVisit) -> None:
    """Tell the bank that the bureau found the findings corrected."""
    title = gettext_lazy("The correction is confirmed")
    body = format_lazy(gettext_lazy("The inspection is closed. {remark}"), remark=visit.remark)
    _notify(visit, "corrected", title, body)


def tell_of_overdue(visit: InspectionVisit) -> None:
    """Tell the bank and the inspectors, once, that the day of the correction has passed."""
    if visit.correct_by is None:
        return
    words = gettext_lazy("The findings were to be corrected {by_day}. Correct them now, and state it here.")
    title = gettext_lazy("The correction after the inspection is overdue")
    body = format_lazy(words, by_day=later_by_day(visit.correct_by))
    _notify(visit, f"overdue:{visit.correct_by}", title, body, to_do=True)
    said = gettext_lazy("The findings were to be corrected {by_day}. Check it, or decide what follows.")
    body = format_lazy(said, by_day=later_by_day(visit.correct_by))
    _post(visit, people_with(Verb.CONFIRM_CORRECTION), f"overdue:{visit.correct_by}", title, body)


def confirm_answer(visit: InspectionVisit, answer: VisitAnswer, by: User) -> None:
    """Confirm to all members of the bank that its answer, or the statement of a correction, was received."""
    corrects = answer.corrects
    confirm_submission(
        bank=visit.bank,
        by=by,
        key=f"inspection:{visit.pk}:answer:{answer.pk}",
        what=gettext_lazy("the statement that the findings are corrected")
        if corrects
        else gettext_lazy("the answer to the inspection report"),
        then=gettext_lazy("The bureau will check it and tell you the result here.")
        if corrects
        else gettext_lazy("The bureau will decide what follows and tell you here."),
        link=reverse("inspections:visit", args=[visit.pk]),
        number=visit.case_number,
    )


def _remind_of_answer(visit: InspectionVisit, nearest: int, left: int) -> int:
    if visit.answer_due is None:
        return 0
    said = gettext_lazy("You may answer the report of the inspection {by_day}. Days left: {left}.")
    body = format_lazy(said, by_day=later_by_day(visit.answer_due), left=left)
    title = gettext_lazy("Reminder of the due date of the answer to an inspection")
    return _notify(visit, f"reminder:{nearest}", title, body, to_do=True)


def _remind_of_correction(visit: InspectionVisit, nearest: int, left: int) -> int:
    if visit.correct_by is None:
        return 0
    said = gettext_lazy("Correct the findings {by_day}, and state it here. Days left: {left}.")
    body = format_lazy(said, by_day=later_by_day(visit.correct_by), left=left)
    title = gettext_lazy("Reminder of the due date of the correction after an inspection")
    return _notify(visit, f"correct:reminder:{visit.correct_by}:{nearest}", title, body, to_do=True)


REMINDERS = (
    Reminder(
        "remind_of_answers",
        InspectionVisit,
        "answer_due",
        frozenset({VisitState.REPORTED}),
        DAYS_TO_REMIND_OF_ANSWERS,
        _remind_of_answer,
    ),
    Reminder(
        "remind_of_corrections",
        InspectionVisit,
        "correct_by",
        frozenset({VisitState.CORRECTING}),
        DAYS_TO_REMIND_OF_CORRECTIONS,
        _remind_of_correction,
    ),
)


def _notify(
    visit: InspectionVisit,
    event: str,
    title: Words,
    body: Words,
    *,
    letter: Letter | None = None,
    to_do: bool = False,
) -> int:
    """Post a message to each member of the bank, once per event; what reaches nobody becomes a work item."""
    return notify_members(
        bank=visit.bank,
        key=f"inspection:{visit.pk}:{event}",
        title=title,
        body=body,
        link=reverse("inspections:visit", args=[visit.pk]),
        number=visit.case_number,
        due=(visit.correct_by or visit.answer_due) if to_do else None,
        kind=MessageKind.TASK if to_do else MessageKind.RESULT,
        letter=letter,
    )


def _post(visit: InspectionVisit, to: Iterable[User], event: str, title: Words, body: Words) -> None:
    notices.post(
        to=to,
        key=f"inspection:{visit.pk}:{event}",
        title=title,
        body=body,
        link=case_page(visit),
        about=f"{visit.bank.name} {visit}",
        kind=MessageKind.NEWS,
    )
