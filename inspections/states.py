"""The states of a rectification order and of an annual assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    """awaiting deadline → open ⇄ reported → accepted; lapsed when not completed; withdrawn when its ground is gone."""

    AWAITING_DEADLINE = "awaiting_deadline", _("Deadline to be set")
    OPEN = "open", _("Rectification due")
    REPORTED = "reported", _("Reported, to be checked")
    ACCEPTED = "accepted", _("Accepted")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


STANDING_OPEN = frozenset({OrderState.AWAITING_DEADLINE, OrderState.OPEN, OrderState.REPORTED})
BINDING = frozenset(STANDING_OPEN | {OrderState.LAPSED})


class AssessmentState(models.TextChoices):
    """draft → final; a final one changes only on review, and is judged again."""

    DRAFT = "draft", _("Draft")
    FINAL = "final", _("Final")
