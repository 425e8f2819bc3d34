"""Celery tasks of letters."""

from celery import shared_task

from zsbank.base.letters import actions


@shared_task
def make_file(letter_id: int) -> None:
    """Make the file of a signed letter."""
    actions.make_file(letter_id)
