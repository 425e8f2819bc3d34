"""API: the criteria of the edition in force."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets

from admission.editions.models import Criterion, PolicyEdition
from admission.editions.serializers import CriterionSerializer
from zsbank.base.calendar import clock


@extend_schema_view(
    list=extend_schema(summary=gettext_lazy("The criteria of the edition in force, by number")),
    retrieve=extend_schema(summary=gettext_lazy("One criterion, with the facts required in an answer")),
)
class CriterionViewSet(viewsets.ReadOnlyModelViewSet[Criterion]):
    """The criteria of the policy edition in force."""

    serializer_class = CriterionSerializer
    ordering = ("number",)
    lookup_field = "number"
    lookup_value_regex = "[0-9]{1,2}"
    queryset = Criterion.objects.none()

    def get_queryset(self) -> QuerySet[Criterion]:
        """Return the criteria of the edition valid today."""
        edition = PolicyEdition.objects.valid_on(clock.today())
        return Criterion.objects.filter(edition=edition) if edition else Criterion.objects.none()
