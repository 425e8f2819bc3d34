"""The states of an application, in words for staff and in words for banks, and its outcomes."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """draft → submitted → under review → recommended → approved or refused; withdrawn until decided.

    From submitted and from under review it goes to the bank and back when something is to be supplemented.
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
    """Where the bank is asked: before acceptance, once and completely, or during the review."""

    ACCEPTANCE = "acceptance", _("Before acceptance")
    REVIEW = "review", _("During the review")


class Outcome(models.TextChoices):
    """What is recommended, and what is decided."""

    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")
