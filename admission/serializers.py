"""What the API says of criteria, applications and answers, and how an answer is read."""

from collections.abc import Mapping
from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from admission.facts import FACTS, TEXT_LIMIT, Kind
from admission.models import Answer, Application, Criterion
from admission.terms import CheckKind
from zsbank.base.texts import BadText, visible

FACT = {
    "type": "object",
    "required": ["name", "label", "kind", "required"],
    "properties": {
        "name": {"type": "string", "description": gettext_lazy("Its name in the facts of an answer.")},
        "label": {"type": "string", "description": gettext_lazy("What it is, for people.")},
        "kind": {"type": "string", "enum": list(get_args(Kind))},
        "required": {
            "type": "boolean",
            "description": gettext_lazy("Whether nothing can be handed in without it."),
        },
    },
}
LAST_VERSION = 2**31 - 1
WRITTEN: dict[str, type] = {"text": str, "signatory": str, "version": int}


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """A criterion: the bureau's text, what it means in plain words, and which facts an answer gives."""

    kinds = serializers.ListField(child=serializers.ChoiceField(CheckKind.choices), read_only=True)
    facts = serializers.SerializerMethodField()

    class Meta:
        model = Criterion
        fields = [
            "number",
            "group",
            "official_text",
            "title_zh",
            "title_en",
            "guidance_zh",
            "guidance_en",
            "kinds",
            "required_before",
            "facts",
        ]
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": FACT})
    def get_facts(self, criterion: Criterion) -> list[dict[str, Any]]:
        """The facts that this criterion asks for."""
        return [
            {"name": fact.name, "label": str(fact.label), "kind": fact.kind, "required": fact.required}
            for fact in FACTS.get(criterion.number, ())
        ]


@extend_schema_field(
    {"oneOf": [{"type": "string", "maxLength": TEXT_LIMIT}, {"type": "boolean"}, {"type": "number"}]}
)
class FactValue(serializers.Field[Any, Any, Any, Any]):
    """One fact: a text, a number, or true or false."""

    def to_internal_value(self, data: Any) -> str:
        """As the text that the one reading of facts takes."""
        if not isinstance(data, str | bool | int | float):
            raise serializers.ValidationError(_("Give a text, a number, or true or false."))
        return str(data)

    def to_representation(self, value: Any) -> Any:
        """As it was saved."""
        return value


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """What the bank says to one criterion."""

    criterion = serializers.IntegerField(source="criterion.number", read_only=True)
    facts = serializers.DictField(
        child=FactValue(),
        required=False,
        default=dict,
        help_text=gettext_lazy("By name; the criterion's own `facts` say which it asks for."),
    )
    version = serializers.IntegerField(
        min_value=0,
        max_value=LAST_VERSION,
        default=0,
        help_text=gettext_lazy(
            "The version that was read; 0 for a first answer. Each save counts it up by one."
        ),
    )

    class Meta:
        model = Answer
        fields = ["criterion", "text", "facts", "signatory", "signed_on", "version", "saved_at"]
        read_only_fields = ["criterion", "saved_at"]
        extra_kwargs = {"text": {"max_length": 5000}}

    def to_internal_value(self, data: Any) -> Any:
        """Texts are texts and numbers are numbers: nothing is turned from one into the other."""
        if isinstance(data, Mapping):
            wrong = [
                name for name, kind in WRITTEN.items() if name in data and not isinstance(data[name], kind)
            ]
            if wrong:
                said = _("A text is written in quotes and a number without.")
                raise serializers.ValidationError({name: [said] for name in wrong})
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What cannot be seen is refused here as in the pages."""
        for name in ("text", "signatory"):
            try:
                visible(attrs.get(name, ""))
            except BadText as error:
                raise serializers.ValidationError({name: str(error)}) from error
        return attrs


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application with its answers."""

    answers = AnswerSerializer(many=True, read_only=True)

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
        ]
        read_only_fields = fields
