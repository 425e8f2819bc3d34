"""API: the register of banks, and choosing which bank to act for."""

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from banks.register.access import bank_of, banks_of, choose, own_banks
from banks.register.models import Bank, Qualification
from zsbank.base.accounts.rules import staff_may
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed


def chosen_bank(request: Request) -> Bank | None:
    """Return the bank the person acts for; None for people who act for none.

    Raises:
        NotAllowed: the person has several banks and chose none at `banks/{id}/choose/`.
    """
    bank = bank_of(request)
    if bank is None and own_banks(request):
        raise NotAllowed(_("You act for several banks. Select one of them first."), "choose_bank")
    return bank


class BankSerializer(serializers.ModelSerializer[Bank]):
    """A bank: who it is, its standing, and whether it may issue cards now."""

    may_issue = serializers.BooleanField(
        read_only=True, help_text=gettext_lazy("Whether the bank may issue cards today.")
    )

    class Meta:
        model = Bank
        fields = [
            "id",
            "name",
            "uscc",
            "category",
            "standing",
            "may_issue",
            "bar_last_day",
            "may_apply_from",
            "taken_over_on",
        ]
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary=gettext_lazy("Banks visible to the user, newest first")),
    retrieve=extend_schema(summary=gettext_lazy("One bank")),
)
class BankViewSet(viewsets.ReadOnlyModelViewSet[Bank]):
    """The register of banks: all of it for officers, their own entry for a bank's people."""

    serializer_class = BankSerializer
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Bank.objects.none()

    def get_queryset(self) -> QuerySet[Bank]:
        """The banks this person sees; others answer as if they did not exist."""
        user = self.request.user
        seen = Bank.objects.all() if staff_may(user, Verb.SEE_DESK) else self._own()
        issuing = Qualification.objects.filter(bank=OuterRef("pk"), cancelled_on=None).exclude(
            issuing_from=None
        )
        return seen.annotate(may_issue=Exists(issuing))

    def _own(self) -> QuerySet[Bank]:
        """The bank a person acts for; all of theirs while they have still to choose, or are choosing."""
        bank = bank_of(self.request)
        own = banks_of(self.request.user)
        return own if bank is None or self.action == "choose" else own.filter(pk=bank.pk)

    @extend_schema(summary=gettext_lazy("Select the bank to act for"), request=None, responses=BankSerializer)
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, pk: str) -> Response:
        """For people who act for several, from now on in this session. The cookie csrftoken changes with it."""
        bank = get_object_or_404(self.get_queryset().filter(pk__in=banks_of(request.user)), pk=pk)
        choose(request, bank)
        return Response(self.get_serializer(bank).data)
