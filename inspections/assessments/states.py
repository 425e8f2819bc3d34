"""The states of an annual assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssessmentState(models.TextChoices):
    """draft → final; a final result changes only on review."""

    DRAFT = "draft", _("Draft")
    FINAL = "final", _("Final")
