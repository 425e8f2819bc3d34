"""Queries on letters."""

import datetime as dt

from django.db.models import Min, Model, Q, QuerySet

from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter, Service
from zsbank.base.letters.states import WAITING_FOR_FILE, LetterState

MAX_DEATHS = 3
"""A letter whose file killed the program so often is passed over until a person asks for it again."""


def without_file() -> QuerySet[Letter]:
    """Return letters whose file is to be made now; a pause follows each attempt. Oldest first.

    A letter that is passed over and not yet a work item is among them once more, to become one.
    """
    now = Q(next_attempt_at=None) | Q(next_attempt_at__lte=clock.now())
    passed_over = Q(state=LetterState.FAILED, deaths__gte=MAX_DEATHS)
    return Letter.objects.filter(now, ~passed_over, state__in=WAITING_FOR_FILE).order_by("pk")


def failed() -> QuerySet[Letter]:
    """Return letters whose file could not be generated, oldest first."""
    return Letter.objects.filter(state=LetterState.FAILED).order_by("pk")


def services_in(case: Model) -> QuerySet[Service]:
    """Return the services of the letters of a case, the first one to count first."""
    return Service.objects.filter(
        letter__case_type=case._meta.label_lower, letter__case_id=case.pk
    ).select_related("letter", "document", "by")


def services_of(letter: Letter) -> QuerySet[Service]:
    """Return the services of a letter, the first one to count first."""
    return Service.objects.filter(letter=letter).select_related("letter", "document", "by")


def served_from(letter: Letter) -> dt.date | None:
    """Return the first day on which a letter counts as served outside the portal; None if it was not."""
    found: dt.date | None = letter.services.aggregate(day=Min("effective_on"))["day"]
    return found
