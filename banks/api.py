"""The register of banks in the API."""

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers, viewsets

from banks.models import Bank, Qualification
from banks.scope import banks_of
from zsbank.accounts.permissions import Verb
from zsbank.accounts.rules import staff_may


class BankSerializer(serializers.ModelSerializer[Bank]):
    """A bank: who it is, where it stands, and whether it may issue cards now."""

    may_issue = serializers.BooleanField(read_only=True, help_text="Whether the bank may issue cards today.")

    class Meta:
        model = Bank
        fields = ["id", "name", "uscc", "category", "standing", "may_issue", "bar_last_day", "may_apply_from"]
        read_only_fields = fields


class BankViewSet(viewsets.ReadOnlyModelViewSet[Bank]):
    """The register of banks: all of it for officers, their own entry for a bank's people."""

    serializer_class = BankSerializer
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Bank.objects.none()

    def get_queryset(self) -> QuerySet[Bank]:
        """The banks this person sees; others answer as if they did not exist."""
        user = self.request.user
        seen = Bank.objects.all() if staff_may(user, Verb.SEE_DESK) else banks_of(user)
        issuing = Qualification.objects.filter(bank=OuterRef("pk"), cancelled_on=None).exclude(
            issuing_from=None
        )
        return seen.annotate(may_issue=Exists(issuing))
