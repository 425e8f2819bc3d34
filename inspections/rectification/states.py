"""The states of a rectification order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    """awaiting deadline → open ⇄ reported → accepted; lapsed if not completed; withdrawn if groundless.

    A lapsed order leads to an exit case, or joins the one that is open; it ends when the exit is signed, and is set
    aside if the case is closed without an exit.
    """

    AWAITING_DEADLINE = "awaiting_deadline", _("Due date to be set")
    OPEN = "open", _("Rectification due")
    REPORTED = "reported", _("Reported, awaiting the check")
    ACCEPTED = "accepted", _("Accepted")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SET_ASIDE = "set_aside", _("Set aside")
    ENDED = "ended", _("Ended with the exit")


NOT_CLOSED = frozenset({OrderState.AWAITING_DEADLINE, OrderState.OPEN, OrderState.REPORTED})

IN_WORK = frozenset({OrderState.AWAITING_DEADLINE, OrderState.OPEN})
"""States in which the bank works on the rectification."""

BINDING = frozenset(NOT_CLOSED | {OrderState.LAPSED})
"""States in which an order keeps the bank under rectification."""

SETTLED = frozenset({OrderState.ACCEPTED, OrderState.SET_ASIDE, OrderState.ENDED})
"""States in which the bureau has decided on what the order was about."""
