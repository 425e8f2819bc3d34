"""Kinds of determination with their clauses, effects of a serious breach, and kinds of letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zsbank.base.letters.kinds import LetterKind


class DeterminationKind(models.TextChoices):
    """Kinds of determination: a serious breach has no rectification stage (exit （二）1), the others do (（二）2)."""

    CRITERIA_NOT_MET = "criteria_not_met", _("Admission criteria no longer met")
    SERIOUS_DEFAULT = "serious_default", _("Serious default on the agreement")
    SERIOUS_BREACH = "serious_breach", _("Serious breach with grave consequences")


RECTIFIABLE = frozenset({DeterminationKind.CRITERIA_NOT_MET, DeterminationKind.SERIOUS_DEFAULT})


class BreachEffect(models.TextChoices):
    """What makes a breach serious: one of these effects, or several (exit （二）1)."""

    ECONOMIC_LOSS = "economic_loss", _("Major economic loss")
    SAFETY_ACCIDENT = "safety_accident", _("Serious safety accident")
    SOCIAL_EFFECT = "social_effect", _("Bad social effect")


DETERMINATION_LETTER = LetterKind("determination", _("Letter of determination"), adverse=True)
DETERMINATION_DROPPED = LetterKind("determination_dropped", _("Letter that no determination is made"))
