"""Categories of banks, whether the mechanism admits each, and by what one bank is known from another."""

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


class BankField(models.TextChoices):
    """The data by which a bank is known; what changes is kept as a former value."""

    NAME = "name", _("name")
    USCC = "uscc", _("unified social credit code")
    CATEGORY = "category", _("category")
    LICENCE = "license_institution_code", _("institution code of the financial licence")
    ADDRESS = "address", _("address")


DATA = (BankField.NAME, BankField.ADDRESS, BankField.CATEGORY, BankField.LICENCE)
"""What a bank may ask to have changed; a new unified social credit code is entered by the bureau only."""


class Ground(models.TextChoices):
    """Why data look like those of a bank in the register."""

    NAME = "name", _("same name")
    FORMER_NAME = "former_name", _("an earlier name")
    LICENCE = "licence", _("same institution code of the financial licence")
    FORMER_LICENCE = "former_licence", _("an earlier institution code of the financial licence")
    ADDRESS = "address", _("same address")
    FORMER_ADDRESS = "former_address", _("an earlier address")
    USCC = "uscc", _("same unified social credit code")
    FORMER_USCC = "former_uscc", _("an earlier unified social credit code")
    OUTLET = "outlet", _("code of one of its outlets")
