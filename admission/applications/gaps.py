"""Missing items of an answer, and the fields where they are entered."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from admission.applications.models import Answer, Evidence, ServiceCommitment
from admission.applications.undertakings import Undertaking, odd_signature, undertaking_in
from admission.editions.facts import date_doubts
from admission.editions.models import Criterion
from zsbank.base.calendar import clock
from zsbank.base.calendar.possible import EARLIEST


@dataclass(frozen=True)
class Gap:
    """One thing that an answer lacks, and the id of the field on the criterion's page where it is entered."""

    what: str
    field: str = ""


def missing_in(
    criterion: Criterion, answer: Answer | None, commitment: ServiceCommitment | None
) -> list[str]:
    """Return what an answer lacks of the requirements of its criterion, present and future ones."""
    return [gap.what for gap in gaps_in(criterion, answer, commitment)]


def gaps_in(criterion: Criterion, answer: Answer | None, commitment: ServiceCommitment | None) -> list[Gap]:
    """Return the missing items with their fields; a criterion that needs only an undertaking needs no answer."""
    asks_for_more = criterion.evidence_needed or any(field.required for field in criterion.fact_fields)
    given = undertaking_in(criterion, answer, commitment)
    if answer is None:
        return [] if given and not asks_for_more else [Gap(_("Not answered yet."))]
    return [
        *_fact_gaps(criterion, answer),
        *_undertaking_gaps(criterion, answer, given),
        *_evidence_gaps(criterion, answer),
    ]


def _fact_gaps(criterion: Criterion, answer: Answer) -> Iterator[Gap]:
    for field in criterion.fact_fields:
        place = f"id_fact_{field.name}"
        if field.required and answer.facts.get(field.name) in (None, "", []):
            yield Gap(_("%(field)s is missing.") % {"field": field.label}, place)
        for doubt in date_doubts([field], answer.facts, clock.today()):
            yield Gap(doubt, place)


def _undertaking_gaps(criterion: Criterion, answer: Answer, given: Undertaking | None) -> Iterator[Gap]:
    if criterion.undertaking_needed and given is None:
        yield Gap(_("The undertaking has not been signed. Enter the name and the date."), "id_signatory")
    if criterion.undertaking_needed and (odd := odd_signature(answer)):
        yield Gap(odd, "id_signed_on")


def _evidence_gaps(criterion: Criterion, answer: Answer) -> list[Gap]:
    standing = answer.standing_evidence
    found = [Gap(reason, "evidence") for evidence in standing for reason in odd_dates(evidence)]
    if not criterion.evidence_needed or answer.counted_evidence:
        return found
    quarantined = _("%(name)s is quarantined and does not count as evidence; submit another file.")
    not_counted = [Gap(quarantined % {"name": evidence}, "evidence") for evidence in standing]
    return [*(not_counted or [Gap(_("No evidence has been attached."), "evidence")]), *found]


def odd_dates(evidence: Evidence) -> list[str]:
    """Return the impossible dates of a document: hints in a draft, reasons against submission."""
    return [reason % {"name": evidence} for reason in odd_days(evidence.issued_on, evidence.expires_on)]


def odd_days(issued: dt.date | None, expires: dt.date | None) -> list[str]:
    """Return why dates of issue and expiry (local dates) cannot be; `%(name)s` stands for the document."""
    if any(day is not None and day < EARLIEST for day in (issued, expires)):
        said = _("%(name)s: the year of a date is too early. Correct the date.")
    elif issued and issued > clock.today():
        said = _("%(name)s: the date of issue is in the future. Correct the date.")
    elif issued and expires and expires < issued:
        said = _("%(name)s: the date of expiry is before the date of issue. Correct the dates.")
    else:
        return []
    return [said]
