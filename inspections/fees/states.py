"""The states of a fee notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeeState(models.TextChoices):
    """open ⇄ stated → paid; open → paid if an officer records the payment; open → withdrawn if it was entered wrongly.

    Being late is no state: it follows from the due date and the day of payment.
    """

    OPEN = "open", _("To be paid")
    STATED = "stated", _("Payment stated")
    PAID = "paid", _("Paid")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNSETTLED = frozenset({FeeState.OPEN, FeeState.STATED})
"""States in which the bureau has not confirmed that the money arrived."""

WITH_PAYMENT = frozenset({FeeState.STATED, FeeState.PAID})
"""States in which a notice has a day of payment: as the bank states it, then as the bureau confirms it."""
