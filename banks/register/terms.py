"""Categories of banks, and whether the mechanism admits each."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    """Whether the mechanism admits a category: its text names some, ends in 等中资商业银行, and omits others."""

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
