"""The read side of determinations."""

from django.db.models import QuerySet

from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition


def editions_in_use() -> QuerySet[PolicyEdition]:
    """The editions under which banks hold their qualification now."""
    decided = Decision.objects.filter(qualification__cancelled_on=None).exclude(qualification=None)
    return PolicyEdition.objects.filter(pk__in=decided.values("application__edition"))
