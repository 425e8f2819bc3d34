"""Kinds of determination, with their clauses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeterminationKind(models.TextChoices):
    """Kinds of determination: a serious breach has no rectification stage (exit （二）1), the others do (（二）2)."""

    CRITERIA_NOT_MET = "criteria_not_met", _("Admission criteria no longer met")
    SERIOUS_DEFAULT = "serious_default", _("Serious default on the agreement")
    SERIOUS_BREACH = "serious_breach", _("Serious breach with grave consequences")


RECTIFIABLE = frozenset({DeterminationKind.CRITERIA_NOT_MET, DeterminationKind.SERIOUS_DEFAULT})
