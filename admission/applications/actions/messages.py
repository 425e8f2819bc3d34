"""Messages to a bank about one of its applications, and confirmations of what it submits."""

import datetime as dt

from django.urls import reverse

from admission.applications.models import Application
from banks.members.actions.messages import confirm_submission, notify_members
from zsbank.base.accounts.models import User
from zsbank.base.notices.terms import MessageKind


def notify_bank(
    application: Application,
    event: str,
    title: str,
    body: str,
    *,
    due: dt.date | None = None,
    kind: MessageKind = MessageKind.RESULT,
) -> None:
    """Post a message to all present members of the bank, inside the action it is about.

    Args:
        event: what happened, such as `accepted`; each event is posted once.
        title: Chinese, one line, without bank and case number.
        body: Chinese.
        due: the due date (local date) of what the bank has to do.
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
    )


def confirm_to_bank(application: Application, by: User, event: str, what: str, then: str) -> None:
    """Confirm to all present members what one of them submitted.

    Args:
        event: as for `notify_bank`.
        what: what was submitted, in Chinese.
        then: what happens next, in Chinese.
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
