"""Celery tasks of accounts."""

from celery import shared_task

from zsbank.base.accounts import actions


@shared_task
def mail_password_reset(email: str) -> None:
    """Mail the link for a new password to accounts with this address."""
    actions.mail_password_reset(email=email)
