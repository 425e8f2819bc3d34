"""The states of a complaint, and of a list of a hotline that is read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplaintState(models.TextChoices):
    """received → forwarded ⇄ answered → closed → forwarded if it is opened again; withdrawn if entered by mistake.

    A complaint that the bank does not answer in time is closed without an answer. Being late is no state.
    """

    RECEIVED = "received", _("To be forwarded")
    FORWARDED = "forwarded", _("To be answered")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


WITH_BANK = frozenset({ComplaintState.FORWARDED, ComplaintState.ANSWERED, ComplaintState.CLOSED})
"""States in which the bank has been asked for an answer."""

NOT_ANSWERED = frozenset({ComplaintState.RECEIVED, ComplaintState.FORWARDED})
"""States in which a complaint that was entered by mistake can be withdrawn."""

OVER = frozenset({ComplaintState.CLOSED, ComplaintState.WITHDRAWN})


class ImportState(models.TextChoices):
    """read → taken in, when its complaints come into the register, or discarded."""

    READ = "read", _("To be taken in")
    TAKEN_IN = "taken_in", _("Taken in")
    DISCARDED = "discarded", _("Discarded")
