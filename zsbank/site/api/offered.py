"""What a person can do with a case now, as the API tells it."""

from typing import Any

from django import forms
from django.db.models import Model
from rest_framework import serializers

from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.pages.hearings import hearing_in, is_adverse
from zsbank.site.api.bodies import Form, choices_of

MOST_CHOICES = 200


class ChoiceSerializer(serializers.Serializer[Any]):
    """A value that a field takes, and its text for people."""

    value = serializers.CharField()
    text = serializers.CharField()


class FieldSerializer(serializers.Serializer[Any]):
    """A field of an action: its text, its value at first, and what can be selected."""

    name = serializers.CharField()
    text = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # taken away by the class of serializers
    initial = serializers.CharField(allow_null=True)
    choices = ChoiceSerializer(many=True)
    more = serializers.BooleanField()


class DraftSerializer(serializers.Serializer[Any]):
    """A letter that would be signed: its heading on the page, its title, and what it says."""

    heading = serializers.CharField()
    title = serializers.CharField()
    content = serializers.DictField()


class HearingSerializer(serializers.Serializer[Any]):
    """How the bank was heard before a decision against it."""

    notice = serializers.IntegerField()
    statement = serializers.CharField()
    answer = serializers.CharField()


class OfferSerializer(serializers.Serializer[Any]):
    """An action that is possible now, its consequences, why this person cannot take it, and its fields."""

    name = serializers.CharField()
    text = serializers.CharField()
    consequences = serializers.ListField(child=serializers.CharField())
    final = serializers.BooleanField()
    why_not = serializers.CharField()
    address = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    letters = DraftSerializer(many=True)
    hearing = HearingSerializer(allow_null=True)
    form = FieldSerializer(many=True)


def told(kind: Case, offer: Offer, by: Any, case: Model | None, address: str) -> dict[str, Any]:
    """Return an offer in words and values, for a person who holds its verb: what its page shows before a signature."""
    drafts = offer.drafts(case)
    heard = hearing_in(kind, case) if is_adverse(drafts) else None
    return {
        "name": offer.verb.value,
        "text": str(offer.label),
        "consequences": [str(cause) for cause in offer.causes],
        "final": offer.grave,
        "why_not": offer.reason_against(by, case),
        "address": address,
        "notes": [str(note) for note in offer.notes(case)],
        "letters": [
            {"heading": str(one.heading), "title": str(one.letter.title), "content": one.letter.to_json()}
            for one in drafts
        ],
        "hearing": heard and _heard(heard.notice),
        "form": fields_of(offer.form(case)),
    }


def _heard(notice: Any) -> dict[str, Any]:
    return {"notice": notice.pk, "statement": notice.statement, "answer": notice.answer}


def fields_of(form: Form) -> list[dict[str, Any]]:
    """Return the fields of a form with the choices of each, at most `MOST_CHOICES`."""
    return [_field(bound) for bound in form()]


def _field(bound: forms.BoundField) -> dict[str, Any]:
    choices = _choices(bound.field)
    initial = bound.initial
    return {
        "name": bound.name,
        "text": str(bound.label),
        "required": bound.field.required,
        "initial": None if initial is None else str(initial),
        "choices": choices[:MOST_CHOICES],
        "more": len(choices) > MOST_CHOICES,
    }


def _choices(field: Any) -> list[dict[str, str]]:
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset[: MOST_CHOICES + 1] if field.queryset is not None else ()
        return [{"value": str(row.pk), "text": field.label_from_instance(row)} for row in rows]
    return [{"value": value, "text": words} for value, words in choices_of(field)]
