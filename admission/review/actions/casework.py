"""Actions of the officers' work in a case: who has it, notes, who is looking at it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note
from admission.applications.models import Application
from admission.editions.models import Criterion
from admission.review.models import Looking, Note
from admission.review.rules import (
    may_act,
    may_be_assigned,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def assign_cases(*, applications: Sequence[Application], to: User, by: User) -> list[Application]:
    """Put cases, one or many, on an officer's work list; all of them or none.

    Raises:
        WrongState: a case is closed, or the officer may not act in it; the reason names the case.
    """
    done = []
    for application in sorted(applications, key=lambda case: case.bank_id):
        may_act(by, Verb.ASSIGN_CASES, application).require(NotAllowed)
        row = lock(application)
        may_be_assigned(row, to).require(WrongState)
        row.case_officer = to
        row.save(update_fields=["case_officer"])
        note(row, Verb.ASSIGN_CASES, by, case_officer=to.username, name=to.name)
        notices.post(
            to=[to],
            key=f"assigned:{row.pk}:{to.pk}:{clock.now().isoformat()}",
            title=f"{row.case_number} 已分派给您",
            body=f"{row.bank.name}的申请由您经办。",
            link=f"/admin/admission/application/{row.pk}/change/",
        )
        done.append(row)
    if not done:
        raise Incomplete(_("Choose at least one case."))
    return done


@transaction.atomic(durable=True)
def write_note(*, application: Application, by: User, text: str, criterion: Criterion | None = None) -> Note:
    """Write an internal note on a case, or on one criterion of it. No letter and no bank ever shows it."""
    may_act(by, Verb.WRITE_NOTE, application).require(NotAllowed)
    application = lock(application)
    if not text.strip():
        raise Incomplete(_("The note is empty."))
    row = Note.objects.create(
        application=application, criterion=criterion, text=text.strip(), by=by, at=clock.now()
    )
    note(application, Verb.WRITE_NOTE, by, criterion=criterion.number if criterion else None)
    return row


def look_at(*, application: Application, by: User, number: int) -> None:
    """Note that an officer has a criterion open now, for colleagues to see; no step of the procedure."""
    Looking.objects.update_or_create(
        application=application, officer=by, defaults={"number": number, "at": clock.now()}
    )
