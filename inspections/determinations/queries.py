"""Reading determinations."""

from django.db.models import QuerySet

from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition


def editions_in_use() -> QuerySet[PolicyEdition]:
    """Return the editions of the qualifications in force."""
    decided = Decision.objects.filter(qualification__cancelled_on=None).exclude(qualification=None)
    return PolicyEdition.objects.filter(pk__in=decided.values("application__edition"))
