"""Files by where they stand with the virus scanner, and those that somebody chose and has not submitted."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.states import ScanState

A_ROUND = 100


def being_checked() -> QuerySet[StoredFile]:
    """Files of which the scanner has not said anything yet, those tried longest ago first."""
    rows = StoredFile.objects.filter(scan=ScanState.BEING_CHECKED)
    return rows.order_by(F("scanned_at").asc(nulls_first=True), "pk")


def waiting_for_scan() -> QuerySet[StoredFile, int]:
    """The files to ask the scanner about in one round."""
    return being_checked().values_list("pk", flat=True)[:A_ROUND]


def in_quarantine() -> QuerySet[StoredFile]:
    """Files in which the scanner found something, the oldest first."""
    return StoredFile.objects.filter(scan=ScanState.QUARANTINED).order_by("pk")


def chosen_by(person: User, tokens: Iterable[UUID]) -> dict[UUID, ChosenFile]:
    """The files that a person chose, by their tokens; what another person chose does not answer."""
    rows = ChosenFile.objects.filter(by=person, token__in=list(tokens)).select_related("file")
    return {row.token: row for row in rows}


def chosen_before(moment: dt.datetime) -> QuerySet[ChosenFile]:
    """The files that were chosen before a moment and never submitted, the oldest first."""
    return ChosenFile.objects.filter(at__lt=moment).order_by("at", "pk")
