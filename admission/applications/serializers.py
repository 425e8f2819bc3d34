"""API: an application and its answers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from admission.applications.models import Answer, Application, ServiceCommitment
from admission.applications.undertakings import undertaking_in
from admission.editions.facts import TEXT_LIMIT
from zsbank.base.texts import BadText, require_visible

LAST_VERSION = 2**31 - 1


WRITTEN: dict[str, type] = {"text": str, "signatory": str, "version": int}


@extend_schema_field(
    {"oneOf": [{"type": "string", "maxLength": TEXT_LIMIT}, {"type": "boolean"}, {"type": "number"}]}
)
class FactValue(serializers.Field[Any, Any, Any, Any]):
    """One fact: a text, a number, or a boolean."""

    def to_internal_value(self, data: Any) -> str | bool | int | float:
        """Return the value as it is, the input of `clean_typed_facts`."""
        if not isinstance(data, str | bool | int | float):
            raise serializers.ValidationError(_("Provide a string, a number, or true or false."))
        return data

    def to_representation(self, value: Any) -> Any:
        """Return the stored value."""
        return value


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """What the bank says to one criterion."""

    criterion = serializers.IntegerField(source="criterion.number", read_only=True)
    facts = serializers.DictField(
        child=FactValue(),
        required=False,
        default=dict,
        help_text=gettext_lazy("Keyed by name; the `facts` of the criterion list the expected names."),
    )
    version = serializers.IntegerField(
        min_value=0,
        max_value=LAST_VERSION,
        default=0,
        help_text=gettext_lazy(
            "The version that was read; 0 for a first answer. Each save increases it by 1."
        ),
    )

    class Meta:
        model = Answer
        fields = ["criterion", "text", "facts", "signatory", "signed_on", "version", "saved_at"]
        read_only_fields = ["criterion", "saved_at"]
        extra_kwargs = {"text": {"max_length": 5000}}

    def to_internal_value(self, data: Any) -> Any:
        """Refuse numbers as texts and texts as numbers."""
        if isinstance(data, Mapping):
            wrong = [
                name for name, kind in WRITTEN.items() if name in data and not isinstance(data[name], kind)
            ]
            if wrong:
                said = _("Strings need quotation marks; numbers do not.")
                raise serializers.ValidationError({name: [said] for name in wrong})
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse invisible characters, as the pages do."""
        for name in ("text", "signatory"):
            try:
                require_visible(attrs.get(name, ""))
            except BadText as error:
                raise serializers.ValidationError({name: str(error)}) from error
        return attrs


class CommitmentSerializer(serializers.ModelSerializer[ServiceCommitment]):
    """The signed service commitment, and the criteria whose undertakings it stands for."""

    file = serializers.CharField(source="file.name", read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True)
    criteria = serializers.SerializerMethodField(
        help_text=gettext_lazy("Numbers of the criteria whose undertaking is not signed apart.")
    )

    class Meta:
        model = ServiceCommitment
        fields = ["signatory", "signed_on", "file", "sha256", "added_at", "criteria"]
        read_only_fields = fields

    def get_criteria(self, commitment: ServiceCommitment) -> list[int]:
        """Return the numbers of the criteria."""
        application = commitment.application
        answers = {answer.criterion_id: answer for answer in application.answers.all()}
        given = {
            one.number: undertaking_in(one, answers.get(one.pk), commitment)
            for one in application.edition.criteria.all()
        }
        return [number for number, undertaking in given.items() if undertaking and undertaking.commitment]


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application with its answers."""

    answers = AnswerSerializer(many=True, read_only=True)
    service_commitment = serializers.SerializerMethodField(
        help_text=gettext_lazy("The sheet with all undertakings, as signed and uploaded in the portal.")
    )

    class Meta:
        model = Application
        fields = [
            "id",
            "case_number",
            "state",
            "started_at",
            "submitted_at",
            "accept_by",
            "accepted_on",
            "decide_by",
            "closed_on",
            "answers",
            "service_commitment",
        ]
        read_only_fields = fields

    @extend_schema_field(CommitmentSerializer(allow_null=True))
    def get_service_commitment(self, application: Application) -> Any:
        """Return the standing service commitment, or None."""
        standing = next((row for row in application.commitments.all() if row.removed_at is None), None)
        return CommitmentSerializer(standing).data if standing else None
