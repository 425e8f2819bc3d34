"""Forms of editions and criteria."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.editions.models import CRITERION_FIELDS, Criterion, PolicyEdition
from admission.editions.queries import PERIODS
from admission.editions.terms import CheckName, FactKind, FactRole
from zsbank.base.cases.forms import DayField
from zsbank.base.pages.table_field import TableField
from zsbank.base.texts import PlainForm

NOTHING = [("", "—")]


class DraftEditionForm(PlainForm):
    """Code and name of a new draft."""

    source = forms.ModelChoiceField(label=gettext_lazy("Copy of"), queryset=PolicyEdition.objects.all())
    slug = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Lowercase letters, digits and hyphens, such as zhongshan-2027."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)


def periods_form(edition: PolicyEdition) -> type[PlainForm]:
    """Return the form of a draft's periods and switches, with their present values."""
    return type("PeriodsForm", (PlainForm,), {name: _of_field(edition, name) for name in PERIODS})


class CriterionForm(PlainForm):
    """All fields of a criterion."""

    def clean(self) -> dict[str, Any]:
        """Convert facts and checks to the stored form."""
        cleaned = super().clean()
        if "facts" in cleaned:
            try:
                cleaned["facts"] = [
                    _fact_of(place, row) for place, row in enumerate(cleaned["facts"], start=1)
                ]
            except ValueError as error:
                self.add_error("facts", str(error))
        if "checks" in cleaned:
            cleaned["checks"] = [_check_of(row) for row in cleaned["checks"]]
        return cleaned


def criterion_form(criterion: Criterion) -> type[CriterionForm]:
    """Return the form of a criterion of a draft, with its present values and without its code."""
    return _form_of(criterion, tuple(name for name in CRITERION_FIELDS if name != "slug"))


def added_criterion_form(edition: PolicyEdition) -> type[CriterionForm]:
    """Return the form of a new criterion, numbered as the last."""
    return _form_of(Criterion(edition=edition, number=edition.criteria.count() + 1), CRITERION_FIELDS)


def dropped_criterion_form(edition: PolicyEdition) -> type[PlainForm]:
    """Return the form that asks which criterion to remove."""
    chosen = forms.ModelChoiceField(label=gettext_lazy("Criterion"), queryset=edition.criteria.all())
    return type("DropCriterionForm", (PlainForm,), {"criterion": chosen})


def _form_of(criterion: Criterion, names: tuple[str, ...]) -> type[CriterionForm]:
    tables = {"facts": _facts_field(criterion), "checks": _checks_field(criterion)}
    fields = {name: tables.get(name) or _of_field(criterion, name) for name in names}
    fields["slug" if "slug" in fields else "number"].help_text = (
        gettext_lazy("Lowercase letters, digits and hyphens; identifies the criterion in all later editions.")
        if "slug" in fields
        else gettext_lazy(
            "If you change the number, the criterion moves there and the ones in between shift."
        )
    )
    return type("OneCriterionForm", (CriterionForm,), fields)


def _facts_field(criterion: Criterion) -> TableField:
    columns: dict[str, forms.Field] = {
        "label_zh": forms.CharField(label=gettext_lazy("Label in Chinese"), max_length=60),
        "label_en": forms.CharField(label=gettext_lazy("Label in English"), max_length=120),
        "kind": forms.ChoiceField(
            label=gettext_lazy("Kind"), choices=FactKind.choices, initial=FactKind.TEXT.value
        ),
        "name": forms.CharField(
            label=gettext_lazy("Field name (if empty, derived from the English label)"),
            max_length=40,
            required=False,
        ),
        "choices": forms.CharField(
            label=gettext_lazy("Options, one per line: value | Chinese | English"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        "role": forms.ChoiceField(
            label=gettext_lazy("Used as"), choices=[*NOTHING, *FactRole.choices], required=False
        ),
        "required": forms.BooleanField(label=gettext_lazy("Required"), required=False, initial=True),
    }
    return TableField(
        label=gettext_lazy("Facts"),
        columns=columns,
        initial=[_row_of_fact(fact) for fact in criterion.facts],
    )


def _checks_field(criterion: Criterion) -> TableField:
    columns: dict[str, forms.Field] = {
        "name": forms.ChoiceField(label=gettext_lazy("Check"), choices=[*NOTHING, *CheckName.choices]),
        "facts": forms.CharField(
            label=gettext_lazy("Names of the facts the check reads"), max_length=400, required=False
        ),
    }
    rows = [{"name": check["name"], "facts": " ".join(check.get("facts", ()))} for check in criterion.checks]
    return TableField(label=gettext_lazy("Checks"), columns=columns, empty_rows=1, initial=rows)


def _row_of_fact(fact: dict[str, Any]) -> dict[str, Any]:
    lines = (f"{one['value']} | {one['label_zh']} | {one['label_en']}" for one in fact.get("choices", ()))
    return {"required": True} | fact | {"choices": "\n".join(lines)}


def _fact_of(place: int, row: dict[str, Any]) -> dict[str, Any]:
    """Return a fact as stored, without default values.

    Raises:
        ValueError: an option does not have three parts.
    """
    made = slugify(row["label_en"]).replace("-", "_")[:40]
    fact: dict[str, Any] = {
        "name": row["name"] or (made if made[:1].isalpha() else f"fact_{place}"),
        "kind": row["kind"],
        "label_zh": row["label_zh"],
        "label_en": row["label_en"],
    }
    choices = [_choice_of(line) for line in row["choices"].splitlines() if line.strip()]
    if choices:
        fact["choices"] = choices
    if not row["required"]:
        fact["required"] = False
    if row["role"]:
        fact["role"] = row["role"]
    return fact


def _choice_of(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    if len(parts) != 3 or not all(parts):
        raise ValueError(_("“%(line)s” does not have the form: value | Chinese | English.") % {"line": line})
    return dict(zip(("value", "label_zh", "label_en"), parts, strict=True))


def _check_of(row: dict[str, Any]) -> dict[str, Any]:
    names = row["facts"].replace("、", " ").replace(",", " ").replace("，", " ").split()
    return {"name": row["name"], "facts": names} if names else {"name": row["name"]}


def _of_field(row: models.Model, name: str) -> Any:
    """Return the form field of a column, with its present value; numbers are at least 1."""
    column: Any = row._meta.get_field(name)
    limits = (
        {"min_value": 1, "max_value": 999} if isinstance(column, models.PositiveSmallIntegerField) else {}
    )
    field = column.formfield(initial=getattr(row, name), **limits)
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 4
    return field


class PublishForm(PlainForm):
    """The first day on which an edition is in force."""

    valid_from = DayField(label=gettext_lazy("Valid from"))


class CompareForm(PlainForm):
    """The edition to compare with."""

    other = forms.ModelChoiceField(
        label=gettext_lazy("Compare with"), queryset=PolicyEdition.objects.all(), required=False
    )
