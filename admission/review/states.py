"""Results of findings and of opinions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admission.applications.states import OPEN, ApplicationState
from zsbank.base.cases.turns import Tone

UNDER_REVIEW = frozenset({ApplicationState.UNDER_REVIEW})
ASSIGNABLE = OPEN - {ApplicationState.DRAFT}


class FindingResult(models.TextChoices):
    """The result of a finding."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    SUPPLEMENT = "supplement", _("Supplement needed")


class OpinionResult(models.TextChoices):
    """The result of an opinion."""

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
