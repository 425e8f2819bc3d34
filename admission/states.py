"""The states of an application, in words for staff and in words for banks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """draft → submitted → under review → recommended → approved or refused; withdrawn until decided."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    UNDER_REVIEW = "under_review", _("Under review")
    RECOMMENDED = "recommended", _("Recommended")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.UNDER_REVIEW,
        ApplicationState.RECOMMENDED,
    }
)
WITH_BUREAU = frozenset(OPEN - {ApplicationState.DRAFT})
TO_ACCEPT = frozenset({ApplicationState.SUBMITTED})
TO_DECIDE = frozenset({ApplicationState.UNDER_REVIEW, ApplicationState.RECOMMENDED})
FINAL = frozenset(set(ApplicationState) - OPEN)

BANK_LABELS: dict[ApplicationState, object] = {
    ApplicationState.DRAFT: _("Draft"),
    ApplicationState.SUBMITTED: _("Submitted, waiting for acceptance"),
    ApplicationState.UNDER_REVIEW: _("Under review"),
    ApplicationState.RECOMMENDED: _("Waiting for the decision"),
    ApplicationState.APPROVED: _("Approved"),
    ApplicationState.REFUSED: _("Refused"),
    ApplicationState.WITHDRAWN: _("Withdrawn"),
}


class FindingResult(models.TextChoices):
    """What an officer finds of one criterion."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    SUPPLEMENT = "supplement", _("Supplement needed")


class Outcome(models.TextChoices):
    """What is recommended, and what is decided."""

    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")
