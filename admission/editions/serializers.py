"""A criterion in the API."""

from typing import Any, get_args

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from admission.editions.facts import FACTS, Kind
from admission.editions.models import Criterion
from admission.editions.terms import CheckKind

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
