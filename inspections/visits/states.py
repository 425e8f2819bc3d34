"""The states of an inspection."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    """planned → under way → signed → confirmed → reported → answered → closed, by way of a correction or not.

    An inspection that has not been signed on the spot can be cancelled.
    """

    PLANNED = "planned", _("Inspection planned")
    UNDERWAY = "underway", _("Inspection under way")
    SIGNED = "signed", _("Signed on the spot")
    CONFIRMED = "confirmed", _("Record confirmed")
    REPORTED = "reported", _("Report sent to the bank")
    CLEAR = "clear", _("No finding made")
    ANSWERED = "answered", _("Answered by the bank")
    CORRECTING = "correcting", _("To be corrected")
    CORRECTED = "corrected", _("Correction stated")
    CLOSED = "closed", _("Inspection closed")
    CANCELLED = "cancelled", _("Inspection cancelled")


OPEN_IN_FIELD = frozenset({VisitState.PLANNED, VisitState.UNDERWAY})
"""States in which findings are recorded, and the inspection can be cancelled."""

WITH_CORRECTION = frozenset({VisitState.CORRECTING, VisitState.CORRECTED})
"""States in which a correction is demanded and not confirmed: the bank's turn, then the bureau's."""

CONCLUDED = WITH_CORRECTION | {
    VisitState.REPORTED,
    VisitState.CLEAR,
    VisitState.ANSWERED,
    VisitState.CLOSED,
}
"""States in which both officers have confirmed the record and the bank has the report."""

WAS_HELD = CONCLUDED | {VisitState.SIGNED, VisitState.CONFIRMED}
"""States of an inspection that was held: those present have signed or refused."""
