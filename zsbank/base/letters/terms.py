"""Manners of serving a letter outside the portal (Civil Procedure Law 88–95, by analogy)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PUBLIC_NOTICE_DAYS = 30
"""Calendar days after publication until a letter counts as served (Civil Procedure Law 95)."""


class Manner(models.TextChoices):
    """How a letter was served."""

    IN_PERSON = "in_person", _("Handed over in person")
    POST = "post", _("By post")
    LEFT = "left", _("Left at the premises")
    PUBLIC_NOTICE = "public_notice", _("By public notice")
