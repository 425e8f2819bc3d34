"""Verbs after an approval: the agreements with which the qualification takes effect, and the leave to issue."""

import datetime as dt

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note, tell_bank
from admission.applications.models import Application
from admission.decisions.models import Agreement, Decision
from admission.decisions.rules import confidentiality_answer, may_record_agreement, outstanding
from admission.decisions.terms import AgreementKind
from admission.review.rules import may_act
from admission.review.states import FindingResult
from banks.register import actions as banks
from banks.register.models import Qualification
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import take_in
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState


@transaction.atomic(durable=True)
def record_agreement(
    *,
    application: Application,
    kind: AgreementKind,
    by: User,
    number: str,
    bank_signed_on: dt.date,
    bureau_signed_on: dt.date,
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Agreement:
    """Record an agreement that both sides have signed; with the last one the qualification takes effect today.

    Raises:
        WrongState: nothing is approved, or this agreement is on record.
        Refused: a signature lies in the future, or the document is not taken.
    """
    may_act(by, Verb.RECORD_AGREEMENT, application).require(NotAllowed)
    application = lock(application)
    may_record_agreement(application, kind).require(WrongState)
    if max(bank_signed_on, bureau_signed_on) > clock.today():
        raise Refused(_("The date of signature is in the future."))
    file = take_in(content=document, name=document_name, by=by)
    agreement = Agreement.objects.create(
        decision=application.decision,
        kind=kind,
        number=number.strip(),
        bank_signed_on=bank_signed_on,
        bureau_signed_on=bureau_signed_on,
        file=file,
        by=by,
        at=clock.now(),
    )
    note(
        application,
        Verb.RECORD_AGREEMENT,
        by,
        kind=kind,
        file=file.name,
        sha256=file.sha256,
        bank_signed_on=bank_signed_on,
        bureau_signed_on=bureau_signed_on,
    )
    take_effect(application.decision, by)
    return agreement


def take_over_agreements(decision: Decision, by: User) -> None:
    """Take the confidentiality agreement from the application when it was found signed by both (criterion 14)."""
    application = decision.application
    answer = confidentiality_answer(application)
    if answer is None:
        return
    day = dt.date.fromisoformat(answer.facts["signed_by_both_on"])
    Agreement.objects.create(
        decision=decision,
        kind=AgreementKind.CONFIDENTIALITY,
        bank_signed_on=day,
        bureau_signed_on=day,
        file=answer.counted_evidence[-1].file,
        by=by,
        at=clock.now(),
    )


def take_effect(decision: Decision, by: User) -> None:
    """Give the bank the qualification from today once no agreement is outstanding; before that nothing happens.

    Issuing begins with it only when the central bank's review (criterion 8) was found met.
    """
    if outstanding(decision):
        return
    application = decision.application
    met = application.findings.filter(criterion__number=8, result=FindingResult.MET).exists()
    answer = application.answers.filter(criterion__number=8).first()
    facts = answer.facts if met and answer else {}
    decision.qualification = banks.admit(
        bank=application.bank,
        by=by,
        reason=application.case_number,
        issuing_from=clock.today() if met else None,
        review_approval_number=str(facts.get("approval_number", "")),
        review_approval_date=dt.date.fromisoformat(facts["approval_date"])
        if facts.get("approval_date")
        else None,
    )
    decision.save(update_fields=["qualification"])
    tell_bank(application, "effect", "发卡资格已生效", f"{application.case_number} 的发卡资格自今日起生效。")


@transaction.atomic(durable=True)
def allow_issuing(
    *,
    qualification: Qualification,
    by: User,
    approval_number: str,
    approval_date: dt.date,
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Qualification:
    """Record that the central bank's technical review is in (criterion 8): the bank may issue from today."""
    require(by, Verb.ALLOW_ISSUING, bank=qualification.bank)
    if not approval_number.strip():
        raise Incomplete(_("Give the number of the central bank's approval."))
    if approval_date > clock.today():
        raise Refused(_("The approval's date is in the future."))
    return banks.allow_issuing(
        qualification=qualification,
        approval_number=approval_number.strip(),
        approval_date=approval_date,
        file=take_in(content=document, name=document_name, by=by),
        by=by,
    )
