"""Forms of assessment schemes."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.schemes.bands import Band, digest_of, faults, stored
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.queries import newest_scheme
from inspections.schemes.terms import FAILING_GRADE, GRADE_LENGTH
from zsbank.base.calendar import clock
from zsbank.base.pages.table_field import TableField
from zsbank.base.texts import PlainForm, TypedDecimalField, TypedNumberField

ONLY_FIXED: tuple[Band, ...] = ({"grade": FAILING_GRADE, "from": "0"},)
"""The first scheme starts with the one grade that the policy fixes."""


class BandsForm(PlainForm):
    """The grades of a scheme."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "bands": "rows",
        "year": "year",
        "drafted": "year",
        "results": "year",
    }

    def clean(self) -> dict[str, Any]:
        """Name every fault of the grades at their field."""
        given = super().clean()
        if "rows" in given:
            for fault in faults(stored(given["rows"])):
                self.add_error("rows", fault)
        return given


class PublishForm(PlainForm):
    """Confirms the grades that the person has seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


def draft_form(case: None) -> type[BandsForm]:
    """Return the form of a new scheme, with the grades of the latest one."""
    latest = newest_scheme()
    year = latest.year + 1 if latest else clock.today().year
    bands = latest.bands if latest else ONLY_FIXED
    return type("DraftForm", (BandsForm,), {"year": _year(year), "rows": _rows(bands)})


def copy_form(scheme: AssessmentScheme) -> type[BandsForm]:
    """Return the form of a scheme for another year, with the grades of this one."""
    return type("CopyForm", (BandsForm,), {"year": _year(scheme.year + 1), "rows": _rows(scheme.bands)})


def amend_form(scheme: AssessmentScheme) -> type[BandsForm]:
    """Return the form of the grades of a draft, with the digest of what the person sees."""
    return type("AmendForm", (BandsForm,), {"rows": _rows(scheme.bands), "seen": _seen(scheme)})


def publish_form(scheme: AssessmentScheme) -> type[PublishForm]:
    """Return the form with the digest of what the person sees."""
    return type("PublishThis", (PublishForm,), {"seen": _seen(scheme)})


def _seen(scheme: AssessmentScheme) -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, max_length=64, initial=digest_of(scheme.bands))


def _year(year: int) -> TypedNumberField:
    return TypedNumberField(
        label=_("Assessed year"),
        initial=year,
        help_text=_("The year in which the banks served, not the one in which the results are published."),
    )


def _rows(bands: Iterable[Band]) -> TableField:
    columns: dict[str, forms.Field] = {
        "grade": forms.CharField(label=_("Grade"), max_length=GRADE_LENGTH),
        "from": TypedDecimalField(
            label=_("Lowest points"),
            min_value=0,
            max_value=100,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        ),
    }
    field = TableField(
        label=_("Grades"),
        columns=columns,
        empty_rows=4,
        initial=[dict(band) for band in bands],
        help_text=_(
            "A grade reaches from its lowest points up to the next better grade; the order does not matter. One "
            "grade is called 不合格 and starts at 0: it fails."
        ),
    )
    field.required = True
    return field
