"""Messages to a bank about one of its applications, and confirmations of what it submits."""

import datetime as dt

from django.urls import reverse

from admission.applications.models import Application
from banks.members.actions.messages import confirm_submission, notify_members
from zsbank.base.accounts.models import User
from zsbank.base.letters.models import Letter
from zsbank.base.notices.terms import MessageKind, Words


def notify_bank(
    application: Application,
    event: str,
    title: Words,
    body: Words,
    *,
    due: dt.date | None = None,
    kind: MessageKind = MessageKind.RESULT,
    letter: Letter | None = None,
) -> None:
    """Post a message to all present members of the bank, inside the action it is about.

    Args:
        event: what happened, such as `accepted`; each event is posted once.
        title: lazy text, one line, without bank and case number.
        body: lazy text.
        due: the due date (local date) of what the bank has to do.
        letter: the letter that the message announces.
    """
    notify_members(
        bank=application.bank,
        key=f"application:{application.pk}:{event}",
        title=title,
        body=body,
        link=page_of(application),
        number=application.case_number,
        due=due,
        kind=kind,
        letter=letter,
    )


def confirm_to_bank(application: Application, by: User, event: str, what: Words, then: Words) -> None:
    """Confirm to all present members what one of them submitted.

    Args:
        event: as for `notify_bank`.
        what: what was submitted, as a lazy text.
        then: what happens next, as a lazy text.
    """
    confirm_submission(
        bank=application.bank,
        by=by,
        key=f"application:{application.pk}:{event}",
        what=what,
        then=then,
        link=page_of(application),
        number=application.case_number,
    )


def page_of(application: Application) -> str:
    """Return the address of the application in the portal."""
    return reverse("admission:task_list", args=[application.pk])
