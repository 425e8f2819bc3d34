"""The states of a determination."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeterminationState(models.TextChoices):
    """proposed → made → set aside; a decider may decline what is proposed, and who proposed it may withdraw it."""

    PROPOSED = "proposed", _("Proposed, to be decided")
    MADE = "made", _("Determined")
    SET_ASIDE = "set_aside", pgettext_lazy("determination", "Set aside")
    NOT_MADE = "not_made", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


WITH_REASON = frozenset({DeterminationState.NOT_MADE, DeterminationState.WITHDRAWN})
"""States that say why nothing was determined."""

WAS_MADE = frozenset({DeterminationState.MADE, DeterminationState.SET_ASIDE})
"""States in which it was determined, by whom and when, whether or not it stands."""
