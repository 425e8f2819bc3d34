"""Actions on exit cases: propose, sign, close."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.hearings.actions import give_prior_notice
from banks.hearings.rules import notice_on, notices_on
from banks.register import actions as banks
from exit.cases.actions.messages import notify_bank, notify_bank_of_exit, notify_officers
from exit.cases.letters import dropped_letter, letter_of, prior_notice_letter
from exit.cases.models import ExitCase
from exit.cases.rules import bar_from_today, may_close, may_propose, may_sign_now, standing_grounds
from inspections.determinations.actions.proposals import void_proposals
from inspections.determinations.rules import edition_of
from inspections.rectification.actions import orders as rectification
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.journal.facts import ask_journal, held
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled


@action(Verb.PROPOSE_EXIT, on="case", moves=ExitCase.propose, rule=may_propose)
def propose_exit(*, case: ExitCase, by: User) -> ExitCase:
    """Propose the letter for signature, drafted from the grounds that stand today.

    On every ground but its own application the bank gets a prior notice and may state its case (law.md §2); when a
    ground joins later, a further notice states all that stand then.

    Raises:
        NotAllowed: the role.
        WrongState: the case is proposed, signed, withdrawn or closed already, or no ground stands any more.
    """
    grounds, again = standing_grounds(case), case.proposed_at is not None
    case.propose()
    case.proposed_at, case.proposed_by = clock.now(), by
    case.draft = letter_of(case, bar_from_today(case.qualification)).to_json()
    case.save(update_fields=["state", "proposed_at", "proposed_by", "draft"])
    adverse = [ground for ground in grounds if not ground.is_wish]
    record(data={"grounds": [ground.kind for ground in grounds]})
    if any(ground.notice_id is None for ground in adverse):
        days = edition_of(case.qualification).statement_days
        data = prior_notice_letter(case, days)
        notice = give_prior_notice(bank=case.bank, case=case, data=data, days=days, by=by)
        case.grounds.filter(pk__in=[ground.pk for ground in adverse]).update(notice=notice)
    event = f"proposed:{case.proposed_at.isoformat()}" if again else "proposed"
    notify_officers(case, Verb.SIGN_EXIT, gettext_lazy("An exit letter is to be signed"), event=event)
    return case


@action(Verb.SIGN_EXIT, on="case", moves=ExitCase.sign, rule=may_sign_now)
def sign_exit(*, case: ExitCase, by: User) -> ExitCase:
    """Sign consent or notice: letter, end of the qualification, bar, entries and messages in one transaction.

    Each ground is judged again now, and the letter states those that stand. From now on the bank may not issue cards.
    The bar is counted in calendar years from today as day zero (exit （三）, （四）). Open orders and proposed
    determinations are withdrawn, lapsed orders end. The letter uses today's dates, not the draft's; its PDF is rendered
    afterwards, and the exit is in effect even if that fails.

    Raises:
        NotAllowed: the role, or the person proposed it, or proposed, made or confirmed a determination (four eyes).
        Incomplete: the bank may still state its case, or was not answered (law.md §2).
        WrongState: the case is not, or no longer, proposed, or no ground stands any more.
        Refused: no policy edition is in force, or the journal contradicts the case or what it rests on (code
            "contradicted").
    """
    grounds = standing_grounds(case)
    sources = [one for ground in grounds for one in (ground, ground.order, ground.determination)]
    ask_journal(case, case.qualification, case.bank, *sources, *notices_on(case))
    bar = bar_from_today(case.qualification)
    letter = letters.sign(data=letter_of(case, bar), case=case, by=by)
    case.sign()
    case.signed_at, case.signed_by, case.letter = clock.now(), by, letter
    case.save(update_fields=["state", "signed_at", "signed_by", "letter"])
    reason = f"{case.case_number} {letter}"
    rectification.withdraw_orders(qualification=case.qualification, by=by, reason=reason)
    void_proposals(qualification=case.qualification, by=by, reason=reason)
    banks.leave(qualification=case.qualification, by=by, reason=reason, bar=bar)
    data = {"grounds": [ground.kind for ground in grounds], "letter": str(letter)}
    record(data=data | {"bar_last_day": bar.last_day} | held(Verb.SIGN_EXIT, *grounds))
    notify_bank_of_exit(case, bar)
    return case


@action(Verb.CLOSE_EXIT_CASE, on="case", moves=ExitCase.close, rule=may_close)
def close_exit_case(*, case: ExitCase, by: User, reason: str) -> ExitCase:
    """Close a case without an exit, for example a groundless one; its lapsed orders are set aside.

    A bank that had a prior notice gets a letter.

    Raises:
        NotAllowed: the role, or the person proposed it (four eyes).
        WrongState: the case is signed, withdrawn or closed already.
        Incomplete: the reason is empty.
    """
    case.closed_reason = filled(reason, _("Enter the reason for closing the case."))
    case.close()
    case.save(update_fields=["state", "closed_reason"])
    notice = notice_on(case)
    if notice is not None:
        letters.sign(data=dropped_letter(case, notice, case.closed_reason), case=case, by=by)
    record(reason=case.closed_reason)
    why = f"{case.case_number} {case.closed_reason}"
    for ground in case.grounds.select_related("order").order_by("pk"):
        if ground.order is not None and ground.order.has_lapsed:
            rectification.set_aside(order=ground.order, by=by, reason=why)
    body = format_lazy(
        gettext_lazy("{number} is closed; the qualification stays in force. Reason: {reason}"),
        number=case.case_number,
        reason=case.closed_reason,
    )
    notify_bank(case, "closed", gettext_lazy("The exit case is closed"), body)
    return case
