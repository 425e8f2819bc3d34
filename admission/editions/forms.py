"""What officers enter in an edition."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from admission.editions.actions import TEXTS
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.queries import PERIODS
from zsbank.base.pages.sheets import DateInput
from zsbank.base.texts import PlainForm


class DraftEditionForm(PlainForm):
    """A new edition, begun as a copy of another."""

    source = forms.ModelChoiceField(label=_("Copy of"), queryset=PolicyEdition.objects.all())
    slug = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and dashes, such as zhongshan-2027."),
    )
    name = forms.CharField(label=_("Name"), max_length=120)


def periods_form(edition: PolicyEdition) -> type[PlainForm]:
    """The form of a draft's periods and switches, filled in as they are."""
    return _of_fields("PeriodsForm", edition, PERIODS)


def criterion_form(criterion: Criterion) -> type[PlainForm]:
    """The form of what a draft says of one criterion, filled in as it is."""
    return _of_fields("CriterionForm", criterion, TEXTS)


def _of_fields(name: str, row: models.Model, names: tuple[str, ...]) -> type[PlainForm]:
    return type(name, (PlainForm,), {field: _of_field(row, field) for field in names})


def _of_field(row: models.Model, name: str) -> forms.Field | None:
    """The form field of a column, filled in as it is; a period has one day, month or year at least."""
    column: Any = row._meta.get_field(name)
    limits = (
        {"min_value": 1, "max_value": 999} if isinstance(column, models.PositiveSmallIntegerField) else {}
    )
    field: forms.Field | None = column.formfield(initial=getattr(row, name), **limits)
    return field


class PublishForm(PlainForm):
    """From when an edition is in force."""

    valid_from = forms.DateField(label=_("Valid from"), widget=DateInput)


class CompareForm(PlainForm):
    """Which edition to compare with."""

    other = forms.ModelChoiceField(
        label=_("Compare with"), queryset=PolicyEdition.objects.all(), required=False
    )
