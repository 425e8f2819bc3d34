"""The states of the setting aside of a determination."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SettingAsideState(models.TextChoices):
    """proposed → accepted or declined by another person; who proposed it may withdraw it."""

    PROPOSED = "proposed", _("To be decided")
    ACCEPTED = "accepted", _("Determination set aside")
    DECLINED = "declined", _("Declined, the determination stands")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DECIDED = frozenset({SettingAsideState.ACCEPTED, SettingAsideState.DECLINED})
"""States in which a decider has decided."""
