"""The states of a policy edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    """drafted → published; immutable afterwards."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
