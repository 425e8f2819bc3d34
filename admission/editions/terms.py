"""Groups of criteria and kinds of check, as clauses.md names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CriterionGroup(models.TextChoices):
    """The three groups of the bureau's text."""

    QUALIFICATION = "qualification", _("Qualification criteria")
    BASIC = "basic", _("Basic criteria")
    SERVICE = "service", _("Service criteria")


class CheckKind(models.TextChoices):
    """How a criterion is shown to be met."""

    FACT = "fact", _("Facts")
    DOCUMENT = "document", _("Documents")
    UNDERTAKING = "undertaking", _("Undertaking")
    DUTY = "duty", _("Continuing duty")


class RequiredBefore(models.TextChoices):
    """Until when a criterion must be met: before approval, or only before issuing starts (criterion 8)."""

    APPROVAL = "approval", _("Before approval")
    ISSUING = "issuing", _("Before issuing")
