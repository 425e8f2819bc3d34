"""States and outcomes of an application, with labels for staff and for banks."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """draft → submitted → under review → recommended → approved or refused; withdrawn before the decision.

    A supplement leads from submitted or under review to the bank and back.
    """

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SUPPLEMENTING = "supplementing", _("Supplement requested")
    UNDER_REVIEW = "under_review", _("Under review")
    RECOMMENDED = "recommended", _("Recommended")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.SUPPLEMENTING,
        ApplicationState.UNDER_REVIEW,
        ApplicationState.RECOMMENDED,
    }
)


WITH_BANK = frozenset({ApplicationState.DRAFT, ApplicationState.SUPPLEMENTING})


WITH_BUREAU = frozenset(OPEN - WITH_BANK)


TO_ACCEPT = frozenset({ApplicationState.SUBMITTED})


TO_DECIDE = frozenset({ApplicationState.UNDER_REVIEW, ApplicationState.RECOMMENDED})


FINAL = frozenset(set(ApplicationState) - OPEN)


BANK_LABELS: dict[ApplicationState, str | Promise] = {
    ApplicationState.DRAFT: _("Draft"),
    ApplicationState.SUBMITTED: _("Submitted, awaiting acceptance"),
    ApplicationState.SUPPLEMENTING: _("The bureau has asked for a supplement"),
    ApplicationState.UNDER_REVIEW: _("Under review"),
    ApplicationState.RECOMMENDED: _("Awaiting the decision"),
    ApplicationState.APPROVED: _("Approved"),
    ApplicationState.REFUSED: _("Refused"),
    ApplicationState.WITHDRAWN: _("Withdrawn"),
}


class SupplementStage(models.TextChoices):
    """When the bank is asked: once before acceptance, or during the review."""

    ACCEPTANCE = "acceptance", _("Before acceptance")
    REVIEW = "review", _("During the review")


class Outcome(models.TextChoices):
    """The outcome of a recommendation and of a decision."""

    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")
