"""The journal as a filtered list, newest first, with pages that need no count."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.cases.forms import DateInput
from zsbank.base.journal.models import Entry
from zsbank.base.pages.words import all_words
from zsbank.base.texts import PlainForm, half_width

PAGE_SIZE = 50
DAYS = (MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2999, 12, 31)))
"""Dates beyond this range overflow when converted to another time zone."""

MAX_KEY = 2**63 - 1
BANK = "banks.bank"


class JournalFilterForm(PlainForm):
    """The filters. The subject comes from a case page; `before` is the last entry of the previous page."""

    case = forms.CharField(label=gettext_lazy("Case or object"), max_length=200, required=False)
    uscc = forms.CharField(
        label=gettext_lazy("Unified social credit code of the bank"), max_length=18, required=False
    )
    person = forms.CharField(label=gettext_lazy("Actor"), max_length=60, required=False)
    verb = forms.ChoiceField(label=gettext_lazy("Action taken"), required=False)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput(), validators=DAYS)
    until = forms.DateField(
        label=gettext_lazy("Until (inclusive)"), required=False, widget=DateInput(), validators=DAYS
    )
    subject_type = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    subject_id = forms.IntegerField(min_value=0, max_value=MAX_KEY, required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(min_value=1, max_value=MAX_KEY, required=False, widget=forms.HiddenInput)

    def __init__(self, given: QueryDict, hidden: Iterable[str]) -> None:
        """Offer the verbs that the reader may see, in words."""
        super().__init__(given)
        choices = sorted(
            ((verb, str(words)) for verb, words in all_words().items() if verb not in hidden),
            key=lambda choice: choice[1],
        )
        self.fields["verb"].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]
        kinds = [(model._meta.label_lower, "") for model in apps.get_models()]
        self.fields["subject_type"].choices = [("", ""), *kinds]  # type: ignore[attr-defined]

    def clean_uscc(self) -> str:
        """Return the code in the register's format."""
        return half_width(self.cleaned_data["uscc"]).upper().strip()


def filtered(rows: QuerySet[Entry], filters: dict[str, Any]) -> QuerySet[Entry]:
    """Return the entries that match the filters."""
    exact = {"uscc": "uscc", "verb": "verb", "subject_type": "subject_type", "subject_id": "subject_id"}
    lookups = {"case": "subject_label__icontains", "person": "actor_name__icontains", "before": "pk__lt"}
    given = {
        lookup: filters[name]
        for name, lookup in (exact | lookups).items()
        if filters.get(name) not in (None, "")
    }
    if filters.get("since"):
        given["at__gte"] = _midnight(filters["since"])
    if filters.get("until"):
        given["at__lt"] = _midnight(filters["until"] + dt.timedelta(days=1))
    return rows.filter(**given).order_by("-pk")


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def page_of(request: HttpRequest, rows: QuerySet[Entry], hidden: Iterable[str]) -> dict[str, Any]:
    """Return the context of the page; no entries if a filter is invalid."""
    form = JournalFilterForm(request.GET, hidden)
    found = list(filtered(rows, form.cleaned_data)[: PAGE_SIZE + 1]) if form.is_valid() else []
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    return {
        "form": form,
        "entries": [(entry, _address(request, entry.subject_type, entry.subject_id)) for entry in shown],
        "older": _query(request, before=shown[-1].pk) if more else "",
        "newest": _query(request) if "before" in request.GET else "",
        "back": _back(request, form) if form.is_valid() else None,
    }


def _query(request: HttpRequest, **other: int) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    for name, value in other.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _back(request: HttpRequest, form: JournalFilterForm) -> tuple[str, str] | None:
    """Return name and URL of the case or bank from which the journal was opened."""
    filters = form.cleaned_data
    kind, key = filters["subject_type"], filters["subject_id"]
    if not kind and filters["uscc"]:
        rows = Entry.objects.filter(uscc=filters["uscc"], subject_type=BANK)
        kind, key = BANK, rows.values_list("subject_id", flat=True).first()
    address = _address(request, kind, key)
    return (str(apps.get_model(kind)._meta.verbose_name), address) if address else None


def _address(request: HttpRequest, kind: str, key: int | None) -> str:
    """Return the URL of a subject's page; empty if there is none or the reader may not open it."""
    register = admin.site._registry.get(apps.get_model(kind)) if kind and key else None  # noqa: SLF001 its only way
    if register is None or not register.has_view_permission(request):
        return ""
    return reverse(f"admin:{register.opts.app_label}_{register.opts.model_name}_change", args=[key])
