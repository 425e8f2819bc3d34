"""The states of a policy edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    """An edition is drafted, then published, and never edited after."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
