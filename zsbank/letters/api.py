"""The register of letters in the API, for those who may see it."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from zsbank.accounts.permissions import Verb
from zsbank.accounts.rules import staff_may
from zsbank.letters.models import Letter


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """A letter with its number and the hash of its file."""

    document_number = serializers.CharField(source="__str__", read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True, default=None, allow_null=True)

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


class SeesLetters(BasePermission):
    """Officers and auditors."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return staff_may(request.user, Verb.SEE_LETTERS)


class LetterViewSet(viewsets.ReadOnlyModelViewSet[Letter]):
    """The register of letters, newest first. The file itself is downloaded at /letters/."""

    serializer_class = LetterSerializer
    permission_classes = [SeesLetters]
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Letter.objects.select_related("file")

    def get_queryset(self) -> QuerySet[Letter]:
        """All letters."""
        return Letter.objects.select_related("file")
