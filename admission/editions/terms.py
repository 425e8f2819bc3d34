"""The vocabulary of editions: groups, steps, kinds of facts, checks, roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CriterionGroup(models.TextChoices):
    """The three groups of criteria in the bureau's text."""

    QUALIFICATION = "qualification", _("Qualification criteria")
    BASIC = "basic", _("Basic criteria")
    SERVICE = "service", _("Service criteria")


class NeededFor(models.TextChoices):
    """The first step for which a criterion must be met."""

    SUBMISSION = "submission", _("Submission")
    APPROVAL = "approval", _("Approval")
    EFFECT = "effect", _("Qualification takes effect")
    ISSUING = "issuing", _("Issuing")


class FactKind(models.TextChoices):
    """The type of a fact."""

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
"""Kinds of contact details, masked except for those who need them."""


class CheckName(models.TextChoices):
    """Automatic checks; a criterion names its checks and the facts they read."""

    BANK_CATEGORY = "bank_category", _("Category and code of the bank")
    LICENCE_CODE = "licence_code", _("Institution code of the financial licence")
    OUTLETS_REGISTERED = "outlets_registered", _("Registration of every outlet")
    OUTLETS_OPEN = "outlets_open", _("Windows, staff, hours and services of every outlet")
    ALL_CONFIRMED = "all_confirmed", _("All of these facts are “yes”")
    AMOUNTS_ZERO = "amounts_zero", _("All of these amounts are 0")
    VENDOR_TENDERED = "vendor_tendered", _("The tender of this card vendor is valid today")


CHECKED_KINDS: dict[CheckName, frozenset[FactKind]] = {
    CheckName.ALL_CONFIRMED: frozenset({FactKind.YES_NO}),
    CheckName.AMOUNTS_ZERO: frozenset({FactKind.MONEY, FactKind.NUMBER}),
    CheckName.VENDOR_TENDERED: frozenset({FactKind.VENDOR}),
}
"""Kinds of facts each check reads; checks not listed read none."""
OUTLET_CHECKS = frozenset({CheckName.OUTLETS_REGISTERED, CheckName.OUTLETS_OPEN})
"""Checks that read the list of outlets."""


class Consulted(models.TextChoices):
    """Who is consulted about a criterion."""

    HEALTHCARE = "healthcare", _("The medical insurance department")


class Provides(models.TextChoices):
    """A further use of an answer, besides proving the criterion."""

    CONFIDENTIALITY_AGREEMENT = "confidentiality_agreement", _("The confidentiality agreement")
    TECHNICAL_REVIEW = "technical_review", _("The central bank's technical review")


class FactRole(models.TextChoices):
    """The meaning of a fact for what its criterion provides."""

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
"""Facts required for each provision, by role."""
RECORDED_AFTER_APPROVAL: dict[NeededFor, Provides] = {
    NeededFor.EFFECT: Provides.CONFIDENTIALITY_AGREEMENT,
    NeededFor.ISSUING: Provides.TECHNICAL_REVIEW,
}
"""What can be recorded after the approval; no other criterion may be needed only for a later step."""
