"""What a determination is of, what an order rests on, and the failing grade, each with its clause."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FAILING_GRADE = "不合格"


class DeterminationKind(models.TextChoices):
    """What was determined. A serious breach has no rectification stage (exit （二）1); the others do (（二）2)."""

    CRITERIA_NOT_MET = "criteria_not_met", _("Admission criteria no longer met")
    SERIOUS_DEFAULT = "serious_default", _("Serious default on the agreement")
    SERIOUS_BREACH = "serious_breach", _("Serious breach with grave consequences")


RECTIFIABLE = frozenset({DeterminationKind.CRITERIA_NOT_MET, DeterminationKind.SERIOUS_DEFAULT})


class OrderGround(models.TextChoices):
    """What an order rests on: a determination (exit （二）2) or two failing years in a row (（二）3)."""

    DETERMINATION = "determination", _("Determination")
    ASSESSMENT = "assessment", _("Two failing years in a row")


REMINDER_DAYS: tuple[int, ...] = (90, 30, 7, 1)
