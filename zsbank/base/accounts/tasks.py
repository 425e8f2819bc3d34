"""The worker's part of accounts."""

from celery import shared_task

from zsbank.base.accounts import actions


@shared_task
def mail_way_back(email: str) -> None:
    """Mail the link to a new password, if somebody has this address."""
    actions.mail_way_back(email=email)
