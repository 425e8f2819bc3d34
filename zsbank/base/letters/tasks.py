"""Celery tasks of letters."""

from celery import shared_task

from zsbank.base.files.places import alone
from zsbank.base.letters import actions


@shared_task
def make_file(letter_id: int) -> None:
    """Make the file of a signed letter, unless files are being made: who makes them takes it next."""
    with alone("letters") as free:
        if free:
            actions.make_file(letter_id)
