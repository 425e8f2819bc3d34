"""What kinds of bank there are (criterion 1), its people's roles, the towns, and the card services of criterion 5."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from zsbank.base.roles import Role


class BankCategory(models.TextChoices):
    """Kinds of bank, as the regulator lists them."""

    STATE_OWNED = "state_owned", _("State-owned commercial bank")
    POSTAL_SAVINGS = "postal_savings", _("Postal Savings Bank")
    JOINT_STOCK = "joint_stock", _("Joint-stock commercial bank")
    CITY = "city", _("City commercial bank")
    RURAL = "rural", _("Rural commercial bank")
    PRIVATE = "private", _("Private bank")
    VILLAGE = "village", _("Village bank")
    DIRECT = "direct", _("Direct bank")
    FOREIGN_FUNDED = "foreign_funded", _("Foreign-funded bank")
    POLICY = "policy", _("Policy bank")
    CREDIT_COOPERATIVE = "credit_cooperative", _("Credit co-operative")


class Eligibility(StrEnum):
    """What criterion 1 says of a category: the text names some, ends in 等中资商业银行, and leaves out others."""

    ELIGIBLE = "eligible"
    NEEDS_DECISION = "needs_decision"
    NOT_ELIGIBLE = "not_eligible"


ELIGIBILITY: dict[BankCategory, Eligibility] = {
    BankCategory.STATE_OWNED: Eligibility.ELIGIBLE,
    BankCategory.POSTAL_SAVINGS: Eligibility.ELIGIBLE,
    BankCategory.JOINT_STOCK: Eligibility.ELIGIBLE,
    BankCategory.CITY: Eligibility.ELIGIBLE,
    BankCategory.RURAL: Eligibility.ELIGIBLE,
    BankCategory.PRIVATE: Eligibility.NEEDS_DECISION,
    BankCategory.VILLAGE: Eligibility.NEEDS_DECISION,
    BankCategory.DIRECT: Eligibility.NEEDS_DECISION,
    BankCategory.FOREIGN_FUNDED: Eligibility.NOT_ELIGIBLE,
    BankCategory.POLICY: Eligibility.NOT_ELIGIBLE,
    BankCategory.CREDIT_COOPERATIVE: Eligibility.NOT_ELIGIBLE,
}


class CardService(models.TextChoices):
    """The services every outlet offers within its announced hours (criterion 5)."""

    APPLY = "apply", _("Application")
    COLLECT = "collect", _("Collection")
    ACTIVATE = "activate", _("Activation")
    LOSS = "loss", _("Reporting and lifting loss")
    PASSWORD = "password", _("Password")
    REPLACEMENT = "replacement", _("Replacement")
    CANCELLATION = "cancellation", _("Cancellation")


ROLE_NAMES: dict[Role, str] = {Role.BANK_ADMINISTRATOR: "银行管理员", Role.BANK_CLERK: "银行经办员"}
"""The roles at a bank as official Chinese names them, in mail and messages."""

TOWNS: tuple[str, ...] = (
    "石岐街道",
    "东区街道",
    "西区街道",
    "南区街道",
    "五桂山街道",
    "中山港街道",
    "民众街道",
    "南朗街道",
    "小榄镇",
    "古镇镇",
    "横栏镇",
    "港口镇",
    "沙溪镇",
    "大涌镇",
    "黄圃镇",
    "南头镇",
    "东凤镇",
    "阜沙镇",
    "三角镇",
    "三乡镇",
    "板芙镇",
    "神湾镇",
    "坦洲镇",
)
