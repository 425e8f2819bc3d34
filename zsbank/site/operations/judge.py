"""The integrity check that the program runs by itself every day."""

from itertools import islice

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar import clock
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.site.operations import integrity
from zsbank.site.operations.models import Judgement

LINES_KEPT, LINES_TOLD = 500, 20
"""Findings that are stored and that are named in the message; all of them are counted up to the first number."""


def is_due() -> bool:
    """Return whether today has no judgement yet, finished or not."""
    return not Judgement.objects.filter(day=clock.today()).exists()


def run() -> Judgement | None:
    """Compare tables, files and journal, store the result, and tell operators and auditors what was found.

    Cases change while it reads. So a finding counts only if a second reading finds it too.

    Returns:
        The judgement; None if today has one already, such as when the task is delivered twice.
    """
    now = clock.now()
    judgement, created = Judgement.objects.get_or_create(day=clock.today(), defaults={"started_at": now})
    if not created:
        return None
    found = list(islice(integrity.findings(), LINES_KEPT))
    if found:
        again = set(islice(integrity.findings(), LINES_KEPT))
        found = [line for line in found if line in again]
    with transaction.atomic():
        judgement.finished_at, judgement.found, judgement.lines = clock.now(), len(found), found
        judgement.save(update_fields=["finished_at", "found", "lines"])
        if found:
            _tell(judgement)
    return judgement


def _tell(judgement: Judgement) -> None:
    """Tell auditors and administrators what was found."""
    people = {person.pk: person for verb in TOLD for person in people_with(verb)}
    title = gettext_lazy("The daily check of {day} found {count} differences")
    body = gettext_lazy(
        "Tables, files and journal do not agree. Find out why before you act on these cases; manage.py check_integrity "
        "prints all of them."
    )
    notices.post(
        to=people.values(),
        key=f"judgement:{judgement.day.isoformat()}",
        title=format_lazy(title, day=judgement.day.isoformat(), count=judgement.found),
        body=format_lazy("{body}\n\n{lines}\n", body=body, lines="\n".join(judgement.lines[:LINES_TOLD])),
        kind=MessageKind.TASK,
    )


TOLD = (Verb.RECEIVE_CHECKPOINT, Verb.SEE_SYSTEM)
