"""The words in which an edition says what it asks for: groups, kinds of facts, checks, and what may be named."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CriterionGroup(models.TextChoices):
    """The three groups of the bureau's text."""

    QUALIFICATION = "qualification", _("Qualification criteria")
    BASIC = "basic", _("Basic criteria")
    SERVICE = "service", _("Service criteria")


class NeededFor(models.TextChoices):
    """The first step that is not taken before the criterion is met."""

    SUBMISSION = "submission", _("Submission")
    APPROVAL = "approval", _("Approval")
    EFFECT = "effect", _("Qualification takes effect")
    ISSUING = "issuing", _("Issuing")


class FactKind(models.TextChoices):
    """What a fact holds."""

    TEXT = "text", _("Text")
    DATE = "date", _("Date")
    NUMBER = "number", _("Number")
    MONEY = "money", _("Amount in yuan")
    YES_NO = "bool", _("Yes or no")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    CHOICE = "choice", _("Choice")
    VENDOR = "vendor", _("Card vendor of the register")


CONTACTS = frozenset({FactKind.EMAIL, FactKind.PHONE})
"""How somebody is reached: shown whole only to those who need it."""


class CheckName(models.TextChoices):
    """What the program checks by itself; a criterion names its checks, and the facts they read."""

    BANK_CATEGORY = "bank_category", _("Category and code of the bank")
    LICENCE_CODE = "licence_code", _("Institution code of the financial licence")
    OUTLETS_REGISTERED = "outlets_registered", _("Registration of every outlet")
    OUTLETS_OPEN = "outlets_open", _("Windows, staff, hours and services of every outlet")
    ALL_CONFIRMED = "all_confirmed", _("All of these facts are “yes”")
    AMOUNTS_ZERO = "amounts_zero", _("All of these amounts are 0")
    VENDOR_TENDERED = "vendor_tendered", _("The tender of this card vendor is valid today")


READS: dict[CheckName, frozenset[FactKind]] = {
    CheckName.ALL_CONFIRMED: frozenset({FactKind.YES_NO}),
    CheckName.AMOUNTS_ZERO: frozenset({FactKind.MONEY, FactKind.NUMBER}),
    CheckName.VENDOR_TENDERED: frozenset({FactKind.VENDOR}),
}
"""The kinds of facts that a check reads; the others read none."""
ABOUT_OUTLETS = frozenset({CheckName.OUTLETS_REGISTERED, CheckName.OUTLETS_OPEN})
"""The checks that read the list of outlets."""


class Consulted(models.TextChoices):
    """Whom the bureau asks about a criterion."""

    HEALTHCARE = "healthcare", _("The medical insurance department")


class Provides(models.TextChoices):
    """What an answer to the criterion is used for later on, besides showing that it is met."""

    CONFIDENTIALITY_AGREEMENT = "confidentiality_agreement", _("The confidentiality agreement")
    TECHNICAL_REVIEW = "technical_review", _("The central bank's technical review")


class FactRole(models.TextChoices):
    """Which particular of what the criterion provides a fact holds."""

    SIGNED_ON = "signed_on", _("Date of both signatures")
    APPROVAL_NUMBER = "approval_number", _("Number of the approval")
    APPROVAL_DATE = "approval_date", _("Date of the approval")


PARTICULARS: dict[Provides, dict[FactRole, FactKind]] = {
    Provides.CONFIDENTIALITY_AGREEMENT: {FactRole.SIGNED_ON: FactKind.DATE},
    Provides.TECHNICAL_REVIEW: {
        FactRole.APPROVAL_NUMBER: FactKind.TEXT,
        FactRole.APPROVAL_DATE: FactKind.DATE,
    },
}
"""The facts that have to be there for what is provided."""
FOLLOWS: dict[NeededFor, Provides] = {
    NeededFor.EFFECT: Provides.CONFIDENTIALITY_AGREEMENT,
    NeededFor.ISSUING: Provides.TECHNICAL_REVIEW,
}
"""What can be recorded after the approval; nothing else may be needed for a later step only."""
