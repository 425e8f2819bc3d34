"""What is found of a criterion, and what the medical insurance side says to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admission.applications.states import OPEN, ApplicationState
from zsbank.base.cases.turns import Tone

UNDER_REVIEW = frozenset({ApplicationState.UNDER_REVIEW})
ASSIGNABLE = OPEN - {ApplicationState.DRAFT}


class FindingResult(models.TextChoices):
    """What an officer finds of one criterion."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    SUPPLEMENT = "supplement", _("Supplement needed")


class OpinionResult(models.TextChoices):
    """What the medical insurance side says to a criterion."""

    AGREES = "agrees", _("Agrees")
    OBJECTS = "objects", _("Objects")


FINDING_TONES: dict[FindingResult, Tone] = {
    FindingResult.MET: Tone.DONE,
    FindingResult.NOT_MET: Tone.LATE,
    FindingResult.SUPPLEMENT: Tone.WAIT,
}
OPINION_TONES: dict[OpinionResult, Tone] = {
    OpinionResult.AGREES: Tone.DONE,
    OpinionResult.OBJECTS: Tone.LATE,
}
