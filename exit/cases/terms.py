"""The four grounds of exit, each with its clause in the bureau's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspections.rectification.terms import OrderGround
from zsbank.base.letters.kinds import LetterKind


class ExitGround(models.TextChoices):
    """The ground of an exit."""

    VOLUNTARY = "voluntary", _("At the bank's request")
    SERIOUS_BREACH = "serious_breach", _("Serious breach")
    RECTIFICATION_FAILED = "rectification_failed", _("Rectification not completed in time")
    ASSESSMENT_FAILED = "assessment_failed", _("Two failing years, not rectified in time")


CLAUSES: dict[ExitGround, str] = {
    ExitGround.VOLUNTARY: "（一）",
    ExitGround.SERIOUS_BREACH: "（二）第1项",
    ExitGround.RECTIFICATION_FAILED: "（二）第2项",
    ExitGround.ASSESSMENT_FAILED: "（二）第3项",
}

EXIT_CONSENT = LetterKind("exit_consent", _("Consent to exit"), on_standing=True)
EXIT_NOTICE = LetterKind("exit_notice", _("Exit notice"), on_standing=True, adverse=True)

LETTER_KINDS: dict[ExitGround, LetterKind] = {
    ExitGround.VOLUNTARY: EXIT_CONSENT,
    ExitGround.SERIOUS_BREACH: EXIT_NOTICE,
    ExitGround.RECTIFICATION_FAILED: EXIT_NOTICE,
    ExitGround.ASSESSMENT_FAILED: EXIT_NOTICE,
}

GROUND_OF_ORDER: dict[OrderGround, ExitGround] = {
    OrderGround.DETERMINATION: ExitGround.RECTIFICATION_FAILED,
    OrderGround.ASSESSMENT: ExitGround.ASSESSMENT_FAILED,
}
