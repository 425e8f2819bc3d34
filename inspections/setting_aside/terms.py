"""On what a determination is set aside, and the letter that says so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zsbank.base.letters.kinds import LetterKind


class Basis(models.TextChoices):
    """Who found that the determination does not stand (law.md §2, 行政复议法, 行政诉讼法)."""

    RECONSIDERATION = "reconsideration", _("Administrative reconsideration")
    JUDGMENT = "judgment", _("Court judgment")
    OWN_MOTION = "own_motion", _("The bureau's own motion")


OFFICIAL: dict[Basis, str] = {
    Basis.RECONSIDERATION: "行政复议决定",
    Basis.JUDGMENT: "人民法院裁判文书",
    Basis.OWN_MOTION: "我局自行纠正",
}
"""How letters name them."""

LONGEST_NUMBER = 60
LONGEST_REASON = 2000
"""Characters of the document's number, and of a reason."""

DETERMINATION_SET_ASIDE = LetterKind("determination_set_aside", _("Letter that sets a determination aside"))
