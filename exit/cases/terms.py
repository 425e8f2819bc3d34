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


class Fallen(models.TextChoices):
    """Why a ground no longer stands; banks read it, so it names no officer."""

    WITHDRAWN = "withdrawn", _("The bank withdrew its application.")
    YEARS = "years", _("A result was changed on review: no two years in a row fail any more.")
    DETERMINATION = "determination", _("The bureau's determination no longer stands.")
    ORDER = "order", _("The rectification order does not count as lapsed any more.")


CLAUSES: dict[ExitGround, str] = {
    ExitGround.VOLUNTARY: "（一）",
    ExitGround.SERIOUS_BREACH: "（二）第1项",
    ExitGround.RECTIFICATION_FAILED: "（二）第2项",
    ExitGround.ASSESSMENT_FAILED: "（二）第3项",
}

EXIT_CONSENT = LetterKind("exit_consent", _("Consent to exit"), on_standing=True)
EXIT_NOTICE = LetterKind("exit_notice", _("Exit notice"), on_standing=True, adverse=True)
EXIT_DROPPED = LetterKind("exit_dropped", _("Exit not pursued"))
"""Signed when a case is closed of which the bank had a prior notice."""

GROUND_OF_ORDER: dict[OrderGround, ExitGround] = {
    OrderGround.DETERMINATION: ExitGround.RECTIFICATION_FAILED,
    OrderGround.ASSESSMENT: ExitGround.ASSESSMENT_FAILED,
}

DUTIES: tuple[str, ...] = (
    "（一）停止发卡。你行不得继续向市民发放具有你行金融功能和医保功能的社保卡，医保将关停相关服务功能。",
    "（二）组织换行换卡。你行须负责组织已持有你行社保卡的持卡人办理换行换卡业务且承担由此产生的相关费用。",
    "（三）做好对外指引解释工作。",
    "（四）继续服务。在市民自愿更换社保卡服务银行前，继续向已持有你行社保卡的市民提供社保功能和银行账户相关服务。",
    "（五）承担重新申领费用。对已申请在你行办理社保卡但尚未领卡的，由你行承担为市民重新换行申领社保卡的相关费用。",
)
"""Exit （三）, quoted from the bureau's text."""
