"""Actions on proposed determinations: propose, decline, withdraw, declare a conflict of interest.

Making one is in `rectification`, because the order opens with it.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files import File
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.editions.models import Criterion
from banks.hearings.actions import give_prior_notice
from banks.hearings.rules import notice_on
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.determinations.actions.messages import (
    ask_deciders,
    tell_bank_of_end,
    tell_deciders_of_withdrawal,
    tell_proposer,
)
from inspections.determinations.letters import dropped_letter, prior_notice_letter
from inspections.determinations.models import Determination, DeterminationConflict
from inspections.determinations.rules import (
    check_criteria,
    check_day,
    check_effects,
    check_paper,
    edition_of,
    is_only_one,
    may_decide,
    may_declare,
    may_propose,
    may_withdraw,
)
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import BreachEffect, DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState, filled


@action(Verb.PROPOSE_DETERMINATION, on="bank", rule=may_propose, makes=True)
def propose_determination(
    *,
    bank: Bank,
    by: User,
    kind: DeterminationKind,
    facts: str,
    criteria: Sequence[Criterion],
    document: File,  # type: ignore[type-arg]
    document_name: str,
    effects: Sequence[BreachEffect] = (),
    paper_date: dt.date | None = None,
    paper_signed_by: User | None = None,
) -> Determination:
    """Propose what a decider is to determine, and give the bank prior notice of it (exit （二）1, 2; law.md §2).

    The bank may state its case within the days of the edition; a decider decides afterwards. Of what was made on paper
    no notice is given: the bank was heard when it was made.

    Args:
        facts: shown to the bank in the prior notice and in the letter once it is determined.
        criteria: criteria that are no longer met, of the edition under which the bank was admitted.
        document: the document that proves it.
        document_name: its file name as given by the person.
        effects: what a serious breach led to.
        paper_date: if it was made on paper already, the date of the document (local date): the six months
            start from it.
        paper_signed_by: who signed that paper; may have left the bureau or the role since.

    Raises:
        NotAllowed: the role, or `by` signed the paper.
        WrongState: the bank holds no qualification, or the same is proposed already.
        Incomplete: the facts are empty, no criterion is given where criteria are no longer met, no effect of a serious
            breach, or only one of day and signer of a paper.
        Refused: the date is impossible, or a criterion belongs to another edition.
        FileRefused: the document's content is not accepted.
    """
    qualification = qualification_in_force(bank)
    if qualification is None:
        raise WrongState.moved_on()
    edition = edition_of(qualification)
    check_paper(by, paper_date, paper_signed_by).require()
    check_day(kind, paper_date or clock.today(), qualification, edition).require()
    facts = filled(facts, _("State the facts: they are shown to the bank in the letter."))
    check_criteria(kind, criteria, edition).require()
    check_effects(kind, effects).require()
    is_only_one(qualification, kind, paper_date).require()
    determination: Determination = Determination.objects.create(
        bank=bank,
        qualification=qualification,
        kind=kind,
        effects=[BreachEffect(effect) for effect in effects],
        facts=facts,
        document=store_upload(content=document, name=document_name, by=by),
        paper_date=paper_date,
        paper_signed_by=paper_signed_by,
        proposed_at=clock.now(),
        proposed_by=by,
    )
    determination.criteria.set(criteria)
    record(subject=determination, reason=facts, data={"kind": kind, **paper_in_journal(determination)})
    if not determination.is_on_paper:
        days = edition.statement_days
        data = prior_notice_letter(determination, days)
        give_prior_notice(bank=bank, case=determination, data=data, days=days, by=by)
    ask_deciders(determination)
    return determination


@action(Verb.DECLINE_DETERMINATION, on="determination", moves=Determination.decline, rule=may_decide)
def decline_determination(*, determination: Determination, by: User, reason: str) -> Determination:
    """Decline what is proposed; the officer who proposed it is told the reason, and so is a bank with prior notice.

    Raises:
        NotAllowed: the role, a declared conflict, or the person proposed it (four eyes).
        WrongState: it is decided or withdrawn already.
        Incomplete: the reason is empty.
    """
    determination.decline()
    _close(determination, filled(reason, _("Enter the reason for declining.")))
    _write_to_bank(determination, by)
    said = format_lazy(gettext_lazy("Reason: {reason}"), reason=determination.closed_reason)
    tell_proposer(determination, gettext_lazy("The determination is declined"), said)
    return determination


@action(Verb.WITHDRAW_DETERMINATION, on="determination", moves=Determination.withdraw, rule=may_withdraw)
def withdraw_determination(*, determination: Determination, by: User, reason: str) -> Determination:
    """Withdraw a proposal; a colleague does it if the person who proposed it no longer can.

    A bank that had prior notice gets a letter.

    Raises:
        NotAllowed: the role, or another person proposed it and can withdraw it.
        WrongState: it is decided or withdrawn already.
        Incomplete: the reason is empty.
    """
    determination.withdraw()
    _close(determination, filled(reason, _("Enter the reason for withdrawing.")))
    _write_to_bank(determination, by)
    tell_deciders_of_withdrawal(determination)
    return determination


def void_proposals(*, qualification: Qualification, by: User, reason: str) -> None:
    """Close all open proposals of a qualification, inside the action that ends it."""
    rows = Determination.objects.filter(qualification=qualification, state=DeterminationState.PROPOSED)
    for determination in rows.order_by("pk"):
        void_proposal(determination=determination, by=by, reason=reason)


@action(Verb.VOID_DETERMINATION, on="determination", moves=Determination.withdraw, inner=True)
def void_proposal(*, determination: Determination, by: User, reason: str) -> Determination:
    """Close a proposal because the qualification ends: it could no longer be made.

    The bank gets no further letter: that on the end of its qualification says what counts.

    Raises:
        WrongState: it is decided or withdrawn already.
    """
    determination.withdraw()
    _close(determination, reason)
    said = gettext_lazy("The bank's qualification has ended; nothing is determined. {reason}")
    title = gettext_lazy("The proposed determination is closed")
    tell_proposer(determination, title, format_lazy(said, reason=reason))
    return determination


@action(
    Verb.DECLARE_CONFLICT,
    on="determination",
    states=frozenset({DeterminationState.PROPOSED}),
    rule=may_declare,
)
def declare_conflict(*, determination: Determination, by: User, reason: str) -> DeterminationConflict:
    """Declare a conflict of interest; the person may not decide on the proposal from then on (law.md §2).

    Raises:
        NotAllowed: the role, or a conflict declared already.
        WrongState: it is decided or withdrawn already, or the person does not decide on it.
        Incomplete: the reason is empty.
    """
    reason = filled(reason, _("Describe the conflict of interest."))
    conflict = DeterminationConflict.objects.create(
        determination=determination, officer=by, reason=reason, at=clock.now()
    )
    record(reason=reason)
    return conflict


def paper_in_journal(determination: Determination) -> dict[str, Any]:
    """Return the journal's particulars of a determination made on paper; empty for others."""
    signer = determination.paper_signed_by
    return {"paper_date": determination.paper_date, "paper_signed_by": signer.username} if signer else {}


def _write_to_bank(determination: Determination, by: User) -> None:
    """Write to a bank that had prior notice that the determination is not made."""
    notice = notice_on(determination)
    if notice is not None:
        data = dropped_letter(determination, notice, determination.closed_reason)
        tell_bank_of_end(determination, letters.sign(data=data, case=determination, by=by))


def _close(determination: Determination, reason: str) -> None:
    determination.closed_reason = reason
    determination.save(update_fields=["state", "closed_reason"])
    record(reason=reason)
