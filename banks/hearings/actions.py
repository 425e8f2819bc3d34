"""Verbs of the prior notice: before an adverse decision the bank is told and may state its case (law.md §2)."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from banks.hearings.models import PriorNotice
from banks.hearings.rules import may_answer, may_state
from banks.register.actions import lock
from banks.register.models import Bank
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.journal import actions as journal
from zsbank.base.letters import actions as letters
from zsbank.base.letters.data import LetterData, chinese_date
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic
def give_prior_notice(
    *, bank: Bank, case: models.Model, data: LetterData, days: int, by: User
) -> PriorNotice:
    """Tell the bank facts, reasons and basis of what is intended; called inside the verb that proposes it.

    Args:
        case: the row that is proposed, such as a recommendation; it has one notice.
        days: working days in which the bank may state its case.
    """
    period = reckon(clock.today(), days, Unit.WORKDAY)
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
    journal.record(
        verb=Verb.GIVE_PRIOR_NOTICE,
        by=by,
        subject=notice,
        uscc=bank.uscc,
        data={"letter": str(notice.letter), "due_date": period.last_day},
    )
    notices.post(
        to=[member.user for member in bank.members.filter(left_on=None).select_related("user")],
        key=f"prior-notice:{notice.pk}",
        title="可以陈述、申辩",
        body=f"{data.title}。你行可于{chinese_date(period.last_day)}前提出陈述、申辩。文号：{notice.letter}。",
        link=f"/bank/notices/{notice.pk}/",
        uscc=bank.uscc,
    )
    return notice


@transaction.atomic(durable=True)
def state_case(*, notice: PriorNotice, text: str, by: User) -> PriorNotice:
    """The bank states its case, once, until 24:00 of the last day; nothing gets worse because it spoke.

    Raises:
        WrongState: stated already, or the time is over.
        Incomplete: nothing is stated.
    """
    require(by, Verb.STATE_CASE, bank=notice.bank)
    lock(notice.bank_id)
    notice = (
        PriorNotice.objects.select_for_update(no_key=True, of=("self",))
        .select_related("bank")
        .get(pk=notice.pk)
    )
    may_state(notice).require(WrongState)
    if not text.strip():
        raise Incomplete(_("State the bank's case in words."))
    notice.statement, notice.stated_at, notice.stated_by = text.strip(), clock.now(), by
    notice.save(update_fields=["statement", "stated_at", "stated_by"])
    journal.record(
        verb=Verb.STATE_CASE, by=by, subject=notice, uscc=notice.bank.uscc, reason=notice.statement
    )
    return notice


@transaction.atomic(durable=True)
def answer_statement(*, notice: PriorNotice, text: str, by: User) -> PriorNotice:
    """Check what the bank said and answer it in the record; the decision waits for this.

    Raises:
        WrongState: nothing is stated, or it is answered already.
        NotAllowed: the person stated it for the bank.
    """
    require(by, Verb.ANSWER_STATEMENT, bank=notice.bank)
    lock(notice.bank_id)
    notice = (
        PriorNotice.objects.select_for_update(no_key=True, of=("self",))
        .select_related("bank")
        .get(pk=notice.pk)
    )
    verdict = may_answer(by, notice)
    verdict.require(NotAllowed if "four_eyes" in {reason.code for reason in verdict.reasons} else WrongState)
    if not text.strip():
        raise Incomplete(_("Say what was checked and what came of it."))
    notice.answer, notice.answered_at, notice.answered_by = text.strip(), clock.now(), by
    notice.save(update_fields=["answer", "answered_at", "answered_by"])
    journal.record(
        verb=Verb.ANSWER_STATEMENT, by=by, subject=notice, uscc=notice.bank.uscc, reason=notice.answer
    )
    return notice
