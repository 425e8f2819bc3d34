"""Rules of undertakings: how one is given, and what cannot be in a signature."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from admission.applications.models import Answer, Application, ServiceCommitment
from admission.editions.models import Criterion
from zsbank.base.calendar import clock


@dataclass(frozen=True)
class Undertaking:
    """An undertaking as given: signatory, date (local), and the service commitment; None if it is signed apart."""

    signatory: str
    signed_on: dt.date
    commitment: ServiceCommitment | None = None


def undertaking_in(
    criterion: Criterion, answer: Answer | None, commitment: ServiceCommitment | None
) -> Undertaking | None:
    """Return the undertaking of a criterion: the one signed apart, otherwise the service commitment's, or None."""
    if not criterion.undertaking_needed:
        return None
    if answer is not None and answer.signatory and answer.signed_on:
        return Undertaking(answer.signatory, answer.signed_on)
    if commitment is not None and commitment.counts:
        return Undertaking(commitment.signatory, commitment.signed_on, commitment)
    return None


def standing_commitment(application: Application) -> ServiceCommitment | None:
    """Return the service commitment that was neither replaced nor removed, or None."""
    return application.commitments.filter(removed_at=None).select_related("file").first()


def commitment_faults(commitment: ServiceCommitment) -> list[str]:
    """Return what is wrong with a service commitment: a quarantined scan, a date that cannot be."""
    found = [odd_signature(commitment)]
    if commitment.file.is_quarantined:
        words = _("%(name)s is quarantined and does not count; submit another file.")
        found.append(words % {"name": commitment})
    return [fault for fault in found if fault]


def odd_signature(signed: Answer | ServiceCommitment) -> str:
    """Return what cannot be in the date of a signature; a draft keeps the date but is not submitted with it.

    An undertaking is given under an edition, and the service commitment bears the number of its application: neither
    can be signed before there is one.
    """
    day, application = signed.signed_on, signed.application
    if day is None:
        return ""
    if day > clock.today():
        return _("The signature is dated %(day)s, which is in the future. Correct the date.") % {"day": day}
    if isinstance(signed, ServiceCommitment):
        earliest = clock.local_day(application.started_at)
        words = _(
            "The signature is dated %(day)s, before the application was started on %(earliest)s. Correct the date."
        )
    else:
        earliest = application.edition.valid_from or day
        words = _(
            "The signature is dated %(day)s, before the policy edition came into force on %(earliest)s. "
            "Correct the date."
        )
    return words % {"day": day, "earliest": earliest} if day < earliest else ""
