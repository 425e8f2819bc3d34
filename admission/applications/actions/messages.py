"""Messages to a bank about one of its applications."""

from django.urls import reverse

from admission.applications.models import Application
from zsbank.base.notices import actions as notices


def notify_bank(application: Application, event: str, title: str, body: str) -> None:
    """Post a message to all present members of the bank, inside the action it is about.

    Args:
        event: what happened, such as `accepted`; each event is posted once.
        title: Chinese, one line.
        body: Chinese.
    """
    members = application.bank.members.filter(left_on=None).select_related("user")
    notices.post(
        to=[member.user for member in members],
        key=f"application:{application.pk}:{event}",
        title=title,
        body=body,
        link=reverse("admission:task_list", args=[application.pk]),
        uscc=application.bank.uscc,
    )
