"""Actions on prior notices: notify the bank before an adverse decision, take its statement, answer it (law.md §2)."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.hearings.models import PriorNotice
from banks.hearings.rules import counts_from_service, may_answer, may_state, notices_on
from banks.members.actions.messages import confirm_submission, notify_members
from banks.members.queries import reached_on
from banks.papers.models import PaperLetter
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import again, calculate
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import later_by_day, later_in_words
from zsbank.base.cases.dates import store_anew
from zsbank.base.letters import actions as letters
from zsbank.base.letters.data import LetterData
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState, filled


@action(Verb.GIVE_PRIOR_NOTICE, on="bank", makes=True, inner=True)
def give_prior_notice(
    *, bank: Bank, case: models.Model, data: LetterData, days: int, by: User
) -> PriorNotice:
    """Notify the bank of an intended adverse decision, its facts, reasons and legal basis (law.md §2).

    Runs inside the action that proposes the decision.

    Args:
        case: the proposed row, such as a recommendation.
        data: the content of the letter.
        days: working days in which the bank may state its case, counted from tomorrow.

    Raises:
        RuntimeError: called outside another action.
    """
    period = calculate(clock.today(), days, Unit.WORKDAY)
    notice = PriorNotice.objects.create(
        bank=bank,
        case_type=case._meta.label_lower,
        case_id=case.pk,
        sequence=notices_on(case).count() + 1,
        told_on=clock.today(),
        due_date=period.last_day,
        due_period=period.to_json(),
    )
    notice.letter = letters.sign(data=data, case=notice, by=by)
    notice.save(update_fields=["letter"])
    record(subject=notice, data={"letter": str(notice.letter), "due_date": period.last_day})
    notify_members(
        bank=bank,
        key=f"prior-notice:{notice.pk}",
        title=gettext_lazy("You may state your case"),
        body=format_lazy(
            gettext_lazy("{title}. Your bank may state its case {by_day}. Letter number: {letter}."),
            title=data.title,
            by_day=later_by_day(period.last_day),
            letter=notice.letter,
        ),
        link=reverse("banks:notice", args=[notice.pk]),
        due=period.last_day,
        kind=MessageKind.TASK,
        letter=notice.letter,
    )
    return notice


@dataclass(frozen=True)
class PaperNotice:
    """A prior notice as papers say it.

    Args:
        told_on: the day on which it reached the bank (local date).
        period: the days for the statement.
        stated_on, answered_on: the days of the statement and of the answer (local dates); None without one.
    """

    told_on: dt.date
    period: Period
    stated_on: dt.date | None
    statement: str
    answered_on: dt.date | None
    answer: str


@action(Verb.TAKE_OVER_PRIOR_NOTICE, on="bank", makes=True, inner=True)
def take_over_notice(
    *, bank: Bank, case: models.Model, said: PaperNotice, paper: PaperLetter, by: User
) -> PriorNotice:
    """Take over a prior notice that the bank received on paper; the hearing goes on from where it stands.

    Nobody of the register stated or answered what is on paper.

    Args:
        case: the row of which notice was given, such as an exit case.
        paper: its letter.
    """
    notice = PriorNotice.objects.create(
        bank=bank,
        case_type=case._meta.label_lower,
        case_id=case.pk,
        sequence=notices_on(case).count() + 1,
        told_on=said.told_on,
        due_date=said.period.last_day,
        due_period=said.period.to_json(),
        paper=paper,
        statement=said.statement,
        stated_at=clock.midday(said.stated_on) if said.stated_on else None,
        answer=said.answer,
        answered_at=clock.midday(said.answered_on) if said.answered_on else None,
    )
    record(subject=notice, reason=str(paper), effective_on=said.told_on, data={"due_date": notice.due_date})
    return notice


@action(Verb.STATE_CASE, on="notice", rule=may_state)
def state_case(*, notice: PriorNotice, text: str, by: User) -> PriorNotice:
    """Record the bank's statement, once, until 24:00 on the due date; it must not worsen the outcome (law.md §2).

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the bank has stated its case already, or the due date has passed.
        Incomplete: the statement is empty.
    """
    notice.statement = filled(text, _("Enter the bank's statement."))
    notice.stated_at, notice.stated_by = clock.now(), by
    notice.save(update_fields=["statement", "stated_at", "stated_by"])
    record(reason=notice.statement)
    confirm_submission(
        bank=notice.bank,
        by=by,
        key=f"prior-notice:{notice.pk}",
        what=gettext_lazy("the statement of your case"),
        then=gettext_lazy("The bureau will check and answer it, and decides nothing before it has answered."),
        link=reverse("banks:notice", args=[notice.pk]),
    )
    return notice


@action(Verb.RECALCULATE_DUE, on="notice", rule=may_state, inner=True)
def recalculate_notice(*, notice: PriorNotice, by: User | None) -> PriorNotice:
    """Store the day until which the bank may state its case as the confirmed holidays give it.

    Raises:
        WrongState: the bank has stated its case, or the date stays.
    """
    store_anew(notice, "due_date", "due_period", again(notice.due_period))
    notice.save(update_fields=["due_date", "due_period"])
    return notice


@action(Verb.COUNT_FROM_SERVICE, on="notice", rule=counts_from_service, by_clock=True)
def count_from_service(*, notice: PriorNotice, by: None = None) -> PriorNotice:
    """Count the days for the statement from the day on which a notice that first reached nobody reached the bank.

    Run by the sweep.

    Raises:
        WrongState: it reached the bank when it was given, has not reached it yet, or the days are counted so already.
    """
    day = reached_on(notice.letter) if notice.letter else None
    if day is None:
        raise WrongState.moved_on()
    given = Period.from_json(notice.due_period)
    period = calculate(day, given.n, given.unit)
    notice.due_date, notice.due_period = period.last_day, period.to_json()
    notice.save(update_fields=["due_date", "due_period"])
    record(data={"served_on": day, "due_date": period.last_day})
    notify_members(
        bank=notice.bank,
        key=f"prior-notice:{notice.pk}:served:{day}",
        title=gettext_lazy("You may state your case"),
        body=format_lazy(
            gettext_lazy(
                "The prior notice, letter number {letter}, reached your bank on {day}. Your bank may state its case "
                "{by_day}."
            ),
            letter=notice.letter,
            day=later_in_words(day),
            by_day=later_by_day(period.last_day),
        ),
        link=reverse("banks:notice", args=[notice.pk]),
        due=period.last_day,
        kind=MessageKind.TASK,
    )
    return notice


@action(Verb.ANSWER_STATEMENT, on="notice", rule=may_answer)
def answer_statement(*, notice: PriorNotice, text: str, by: User) -> PriorNotice:
    """Answer the bank's statement after checking it; the decision waits for the answer (law.md §2).

    Raises:
        NotAllowed: `by` is neither reviewer nor inspector, stated it for the bank, or found, recorded or proposed what
            the bank speaks against (four eyes).
        WrongState: nothing is stated, or it is answered already.
        Incomplete: nothing is answered.
    """
    notice.answer = filled(text, _("Describe what was checked and the conclusion."))
    notice.answered_at, notice.answered_by = clock.now(), by
    notice.save(update_fields=["answer", "answered_at", "answered_by"])
    record(reason=notice.answer)
    notify_members(
        bank=notice.bank,
        key=f"prior-notice:{notice.pk}:answered",
        title=gettext_lazy("The bureau answered your statement"),
        body=gettext_lazy("Read the answer with the notice; the decision follows."),
        link=reverse("banks:notice", args=[notice.pk]),
        number=notice.number,
    )
    return notice
