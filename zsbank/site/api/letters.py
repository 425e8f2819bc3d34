"""The register of letters in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.registry import letter_kinds
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """A letter with its number and the hash of its file."""

    document_number = serializers.CharField(source="__str__", read_only=True)
    sha256 = serializers.CharField(
        source="file.sha256",
        read_only=True,
        default=None,
        allow_null=True,
        help_text=_("Checksum of the file; null while the file is being generated."),
    )

    class Meta:
        model = Letter
        fields = [
            "id",
            "document_number",
            "kind",
            "title",
            "addressee",
            "uscc",
            "issue_date",
            "state",
            "sha256",
        ]
        read_only_fields = fields

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add the declared kinds of letter as choices."""
        fields = super().get_fields()
        kinds = [(kind.code, kind.label) for kind in letter_kinds().values()]
        fields["kind"] = serializers.ChoiceField(choices=kinds, read_only=True)
        return fields


class SeesLetters(BasePermission):
    """Allows officers and auditors."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return staff_may(request.user, Verb.SEE_LETTERS)


@extend_schema_view(
    list=extend_schema(summary=_("The register of letters, newest first")),
    retrieve=extend_schema(summary=_("One letter")),
)
class LetterViewSet(viewsets.ReadOnlyModelViewSet[Letter]):
    """For officers and auditors. The file itself is downloaded at `/letters/{id}/`."""

    serializer_class = LetterSerializer
    permission_classes = [SeesLetters]
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Letter.objects.select_related("file")

    def get_queryset(self) -> QuerySet[Letter]:
        """Return all letters."""
        return Letter.objects.select_related("file")
