"""Actions after an approval: recording agreements, which make the qualification effective, and allowing issuing."""

import datetime as dt

from django.core.files import File
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.actions.messages import notify_bank
from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.decisions.models import Agreement, Decision
from admission.decisions.rules import (
    answer_found_met,
    confidentiality_answer,
    may_record_agreement,
    may_record_any_agreement,
    outstanding_agreements,
    review_is_settled,
)
from admission.decisions.terms import AgreementKind
from admission.editions.terms import FactRole, Provides
from banks.members.actions.messages import notify_members
from banks.register import actions as banks
from banks.register.models import Qualification
from banks.register.rules import may_allow_issuing
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.files.actions import store_upload
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, filled


@action(
    Verb.RECORD_AGREEMENT,
    on="application",
    states=frozenset({ApplicationState.APPROVED}),
    rule=may_record_any_agreement,
)
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
    """Record an agreement signed by both sides; the last one makes the qualification effective today.

    Args:
        number: number of the agreement; may be empty.
        bank_signed_on, bureau_signed_on: local dates, not in the future.
        document: the signed agreement.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: nothing is approved, or this agreement is recorded already.
        Refused: a date of signature is in the future.
        FileRefused: the document's content is not accepted.
    """
    may_record_agreement(application, kind).require()
    if max(bank_signed_on, bureau_signed_on) > clock.today():
        raise Refused(_("The signature date is in the future."))
    file = store_upload(content=document, name=document_name, by=by)
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
    record(
        data={
            "kind": kind,
            "file": file.name,
            "sha256": file.sha256,
            "bank_signed_on": bank_signed_on,
            "bureau_signed_on": bureau_signed_on,
        }
        | held(Verb.RECORD_AGREEMENT, agreement)
    )
    take_effect(application.decision, by)
    return agreement


def take_over_agreements(decision: Decision, by: User) -> None:
    """Record the application's confidentiality agreement if it was found signed by both sides."""
    application = decision.application
    answer = confidentiality_answer(application)
    if answer is None:
        return
    day = dt.date.fromisoformat(answer.criterion.particular(FactRole.SIGNED_ON, answer.facts))
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
    """Give the bank the qualification from today if no agreement is outstanding; otherwise do nothing.

    Issuing starts at once if the central bank's technical review was found met or the edition does not require one.
    """
    if outstanding_agreements(decision):
        return
    application = decision.application
    review = answer_found_met(application, Provides.TECHNICAL_REVIEW)
    day = review.criterion.particular(FactRole.APPROVAL_DATE, review.facts) if review else ""
    decision.qualification = banks.admit(
        bank=application.bank,
        by=by,
        reason=application.case_number,
        letter=decision.letter,
        issuing_from=clock.today() if review_is_settled(application) else None,
        review_approval_number=review.criterion.particular(FactRole.APPROVAL_NUMBER, review.facts)
        if review
        else "",
        review_approval_date=dt.date.fromisoformat(day) if day else None,
    )
    decision.save(update_fields=["qualification"])
    body = format_lazy(
        gettext_lazy("The issuing qualification of your bank is in effect from {day}."),
        day=later_in_words(clock.today()),
    )
    notify_bank(application, "effect", gettext_lazy("The issuing qualification is in effect"), body)


@action(Verb.ALLOW_ISSUING, on="qualification", within="bank", rule=may_allow_issuing)
def allow_issuing(
    *,
    qualification: Qualification,
    by: User,
    approval_number: str,
    approval_date: dt.date,
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Qualification:
    """Record the central bank's technical review; the bank may issue cards from today (criterion 8).

    Args:
        approval_number: number of the central bank's approval.
        approval_date: date of that approval (local date), not in the future.
        document: the approval.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: the role.
        WrongState: the qualification is cancelled, or issuing is allowed already.
        Incomplete: the number is missing.
        Refused: the date is in the future.
        FileRefused: the document's content is not accepted.
    """
    number = filled(approval_number, _("Enter the number of the central bank's approval."))
    if approval_date > clock.today():
        raise Refused(_("The date of the approval is in the future."))
    file = store_upload(content=document, name=document_name, by=by)
    qualification.review_approval_number, qualification.review_approval_date = number, approval_date
    qualification.issuing_from, qualification.review_file = clock.today(), file
    qualification.save(
        update_fields=["review_approval_number", "review_approval_date", "issuing_from", "review_file"]
    )
    record(
        data={
            "approval_number": number,
            "approval_date": approval_date,
            "file": file.name,
            "sha256": file.sha256,
        }
    )
    notify_members(
        bank=qualification.bank,
        key=f"qualification:{qualification.pk}:issuing",
        title=gettext_lazy("Your bank may issue cards"),
        body=format_lazy(
            gettext_lazy(
                "The central bank's technical review is recorded; your bank may issue cards from {day}."
            ),
            day=later_in_words(clock.today()),
        ),
        link=reverse("portal:home"),
    )
    return qualification
