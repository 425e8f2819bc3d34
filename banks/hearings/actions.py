"""Actions on prior notices: notify the bank before an adverse decision, take its statement, answer it (law.md §2)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from banks.hearings.models import PriorNotice
from banks.hearings.rules import may_answer, may_state
from banks.members.actions.messages import confirm_submission, notify_members
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.calendar.wording import until
from zsbank.base.letters import actions as letters
from zsbank.base.letters.data import LetterData
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled


@action(Verb.GIVE_PRIOR_NOTICE, on="bank", makes=True, inner=True)
def give_prior_notice(
    *, bank: Bank, case: models.Model, data: LetterData, days: int, by: User
) -> PriorNotice:
    """Notify the bank of an intended adverse decision, its facts, reasons and legal basis (law.md §2).

    Runs inside the action that proposes the decision.

    Args:
        case: the proposed row, such as a recommendation; a row has at most one notice.
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
        title="可以陈述、申辩",
        body=f"{data.title}。你行可于{until(period.last_day)}提出陈述、申辩。文号：{notice.letter}。",
        link=reverse("banks:notice", args=[notice.pk]),
        due=period.last_day,
        kind=MessageKind.TASK,
    )
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
        what="陈述、申辩意见",
        then="我局将核实并答复，答复之前不作决定。",
        link=reverse("banks:notice", args=[notice.pk]),
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
    return notice
