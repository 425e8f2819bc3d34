"""Actions on casework: assignment, internal notes, presence."""

from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.models import Application
from admission.editions.models import Criterion
from admission.review.models import Note, Presence
from admission.review.rules import may_be_assigned
from admission.review.states import ASSIGNABLE
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, filled


@action(Verb.ASSIGN_CASES, on="applications", states=ASSIGNABLE)
def assign_cases(*, applications: Sequence[Application], to: User, by: User) -> list[Application]:
    """Assign cases to an officer, all of them or none; they move to the officer's work list.

    Raises:
        NotAllowed: the role, or a declared conflict in one of the cases.
        WrongState: a case is a draft or closed, or the officer may not act in it; the reason names the case.
        Incomplete: no case is given.
    """
    if not applications:
        raise Incomplete(_("Select at least one case."))
    for application in applications:
        may_be_assigned(application, to).require()
        application.case_officer = to
        application.save(update_fields=["case_officer"])
        record(subject=application, data={"case_officer": to.username, "name": to.name})
        notices.post(
            to=[to],
            key=f"assigned:{application.pk}:{to.pk}:{clock.now().isoformat()}",
            title=gettext_lazy("An application was assigned to you"),
            body=format_lazy(
                gettext_lazy("You are the case officer of the application of {bank}."),
                bank=application.bank.name,
            ),
            link=case_page(application),
            about=f"{application.bank.name} {application.case_number}",
            due=application.decide_by or application.accept_by,
            kind=MessageKind.TASK,
        )
    return list(applications)


@action(Verb.WRITE_NOTE, on="application")
def write_note(*, application: Application, by: User, text: str, criterion: Criterion | None = None) -> Note:
    """Write an internal note on a case or one of its criteria; it is never in a letter or the portal.

    Raises:
        NotAllowed: the role, or a declared conflict.
        Incomplete: the note is empty.
    """
    text = filled(text, _("The note is empty."))
    note = Note.objects.create(application=application, criterion=criterion, text=text, by=by, at=clock.now())
    record(data={"criterion": criterion.number if criterion else None})
    return note


def record_presence(*, application: Application, by: User, number: int) -> None:
    """Store which criterion an officer has open, for colleagues; not an action and not in the journal.

    Args:
        number: number of the criterion.
    """
    Presence.objects.update_or_create(
        application=application, officer=by, defaults={"number": number, "at": clock.now()}
    )
