"""API: a criterion."""

from typing import Any

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from admission.editions.models import Criterion
from admission.editions.terms import FactKind

FACT = {
    "type": "object",
    "required": ["name", "label", "kind", "required", "choices"],
    "properties": {
        "name": {"type": "string", "description": gettext_lazy("Name of the fact in an answer.")},
        "label": {"type": "string", "description": gettext_lazy("Description for people.")},
        "kind": {"type": "string", "enum": list(FactKind.values)},
        "required": {
            "type": "boolean",
            "description": gettext_lazy("Whether an answer is incomplete without it."),
        },
        "choices": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["value", "label"],
                "properties": {"value": {"type": "string"}, "label": {"type": "string"}},
            },
            "description": gettext_lazy("The options of a choice."),
        },
    },
}


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """A criterion: the bureau's text, what it means in plain words, and what an answer gives."""

    facts = serializers.SerializerMethodField()

    class Meta:
        model = Criterion
        fields = [
            "slug",
            "number",
            "group",
            "official_text",
            "title_zh",
            "title_en",
            "guidance_zh",
            "guidance_en",
            "needed_for",
            "facts",
            "evidence_needed",
            "evidence_zh",
            "evidence_en",
            "undertaking_needed",
            "undertaking_zh",
            "undertaking_en",
        ]
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": FACT})
    def get_facts(self, criterion: Criterion) -> list[dict[str, Any]]:
        """The facts that this criterion asks for."""
        return [
            {
                "name": fact.name,
                "label": fact.label,
                "kind": fact.kind,
                "required": fact.required,
                "choices": [{"value": one.value, "label": one.label} for one in fact.choices],
            }
            for fact in criterion.fact_fields
        ]
