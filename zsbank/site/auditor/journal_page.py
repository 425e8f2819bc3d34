"""The journal as a list of the desk, newest first, with pages that need no count."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.register.models import Bank
from zsbank.base.cases.forms import DateInput
from zsbank.base.cases.urls import case_page
from zsbank.base.journal.models import Entry
from zsbank.base.journal.words import all_words
from zsbank.base.pages import words
from zsbank.base.pages.case_desk import PRESERVED_FILTERS
from zsbank.base.pages.exports.listed import AT_ONCE, ExportedList
from zsbank.base.pages.exports.values import Value, plain
from zsbank.base.pages.lists import Chip, Column, Row
from zsbank.base.pages.templatetags.look import moved
from zsbank.base.texts import PlainForm, TypedDateField, TypedNumberField, half_width

PAGE_SIZE = 50
COUNTED = 1000
"""So many entries are counted for the page; an index is read no further."""
DAYS = (MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2999, 12, 31)))
"""Dates beyond this range overflow when converted to another time zone."""

MAX_KEY = 2**63 - 1
Subject = tuple[str, int]
"""The type and the key of what an entry is about."""

BANK, SEARCHED = "banks.bank", "case"
LABELS = (
    gettext_lazy("recorded"),
    gettext_lazy("action taken"),
    gettext_lazy("subject name at that time"),
    gettext_lazy("state change"),
)


class JournalFilterForm(PlainForm):
    """The filters. The subject comes from a case page; `before` is the last entry of the previous page."""

    case = forms.CharField(label=gettext_lazy("Case or object"), max_length=200, required=False)
    uscc = forms.CharField(
        label=gettext_lazy("Unified social credit code of the bank"), max_length=18, required=False
    )
    person = forms.CharField(label=gettext_lazy("Actor"), max_length=60, required=False)
    verb = forms.ChoiceField(label=gettext_lazy("Action taken"), required=False)
    since = TypedDateField(label=gettext_lazy("From"), required=False, widget=DateInput(), validators=DAYS)
    until = TypedDateField(
        label=gettext_lazy("Until (inclusive)"), required=False, widget=DateInput(), validators=DAYS
    )
    subject_type = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    subject_id = TypedNumberField(min_value=0, max_value=MAX_KEY, required=False, widget=forms.HiddenInput)
    before = TypedNumberField(min_value=1, max_value=MAX_KEY, required=False, widget=forms.HiddenInput)

    def __init__(self, given: QueryDict, hidden: Iterable[str]) -> None:
        """Offer the verbs that the reader may see, in words."""
        super().__init__(given)
        choices = sorted(
            ((verb, str(said)) for verb, said in all_words().items() if verb not in hidden),
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
    exact = {"verb": "verb", "subject_type": "subject_type", "subject_id": "subject_id"}
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
    if filters.get("uscc"):
        given["uscc__in"] = _codes_of_bank(filters["uscc"])
    return rows.filter(**given).order_by("-pk")


def _codes_of_bank(code: str) -> list[str]:
    """Return all codes of the bank that has or had a code; the code alone if none had it."""
    had = Bank.objects.filter(Q(uscc=code) | Q(former_codes__contains=code)).first()
    return had.codes if had and code in had.codes else [code]


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def page_of(request: HttpRequest, rows: QuerySet[Entry], hidden: Iterable[str]) -> dict[str, Any]:
    """Return the context of the list's template; no entries if a filter is invalid."""
    form = JournalFilterForm(request.GET, hidden)
    found = list(filtered(rows, form.cleaned_data)[: PAGE_SIZE + 1]) if form.is_valid() else []
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    back = _back(request, form) if form.is_valid() else None
    return {
        "columns": [Column(str(label)) for label in LABELS],
        "rows": list(_rows(request, shown)),
        "chips": list(_chips(request, form, back)),
        "found": _found(rows, form.cleaned_data) if form.is_valid() else 0,
        "filter_form": form,
        "searchable": True,
        "search_name": SEARCHED,
        "searched": request.GET.get(SEARCHED, ""),
        "kept": [(name, value) for name, value in request.GET.items() if name not in (SEARCHED, "before")],
        "by_key": True,
        "older": _query(request, before=shown[-1].pk) if more else "",
        "newest": _query(request) if "before" in request.GET else "",
        "links": [(_("Back to the %(kind)s") % {"kind": back[0]}, back[1])] if back else [],
    }


def exported_entries(request: HttpRequest, rows: QuerySet[Entry], hidden: Iterable[str]) -> ExportedList:
    """Return the entries of all pages, without those that are written after this one; none if a filter is invalid."""
    form = JournalFilterForm(request.GET, hidden)
    found = Entry.objects.none()
    if form.is_valid():
        newest = rows.order_by("-pk").values_list("pk", flat=True).first()
        found = filtered(rows.filter(pk__lte=newest or 0), form.cleaned_data | {"before": None})
    chips = _chips(request, form, _back(request, form) if form.is_valid() else None)
    return ExportedList(
        name=_("Journal entries"),
        filters=tuple(f"{chip.label} {chip.value}" for chip in chips),
        labels=tuple(str(label) for label in LABELS),
        total=found.count(),
        rows=lambda: (_values(entry) for entry in found.iterator(chunk_size=AT_ONCE)),
    )


def _found(rows: QuerySet[Entry], filters: dict[str, Any]) -> int:
    """Return the number of entries on all pages; one more than `COUNTED` if there are more."""
    return len(filtered(rows, filters | {"before": None}).values_list("pk")[: COUNTED + 1])


def _values(entry: Entry) -> list[Value]:
    """Return what a file holds of an entry: as the page, with the whole reason."""
    said = " · ".join(filter(None, (words.sentence(entry), words.particulars(entry), entry.reason)))
    return [plain(value) for value in (entry.at, said, entry.subject_label, moved(entry))]


def _rows(request: HttpRequest, entries: Sequence[Entry]) -> Iterator[Row]:
    """Yield entries as rows; their links remember the filters, for the way back."""
    query = f"?{urlencode({PRESERVED_FILTERS: request.GET.urlencode()})}" if request.GET else ""
    addresses = _addresses(request, [(entry.subject_type, entry.subject_id) for entry in entries])
    for entry in entries:
        yield _row(entry, query, addresses.get((entry.subject_type, entry.subject_id), ""))


def _row(entry: Entry, query: str, address: str) -> Row:
    subject = (
        format_html('<a href="{}">{}</a>', address, entry.subject_label) if address else entry.subject_label
    )
    recorded = date_format(timezone.localtime(entry.at), "Y-m-d H:i")
    cells = (recorded, _action_taken(entry), subject or "—", moved(entry) or "—")
    labels = (str(label) for label in LABELS)
    return Row(entry.pk, case_page(entry) + query, tuple(zip(labels, cells, strict=True)))


def _action_taken(entry: Entry) -> str:
    """Return the sentence of an entry, with its particulars and the beginning of its reason."""
    said = " · ".join(filter(None, (words.sentence(entry), words.particulars(entry))))
    if not entry.reason:
        return format_html('<div class="prose">{}</div>', said)
    reason = linebreaksbr(Truncator(entry.reason).chars(120), autoescape=True)
    return format_html('<div class="prose">{}<div class="muted">{}</div></div>', said, reason)


def _chips(request: HttpRequest, form: JournalFilterForm, back: tuple[str, str] | None) -> Iterator[Chip]:
    """Yield the filters in use, each with the list without it."""
    for field in form.visible_fields():
        value = form.cleaned_data.get(field.name) if form.is_valid() else None
        if value:
            choices = {key: str(text) for key, text in getattr(field.field, "choices", ())}
            yield Chip(
                str(field.label), choices.get(str(value), str(value)), _query(request, without=field.name)
            )
    if request.GET.get("subject_id"):
        kind = back[0] if back else _("Case or object")
        yield Chip(_("Journal of"), kind, _query(request, without="subject_id"))


def _query(request: HttpRequest, *, without: str = "", before: int | None = None) -> str:
    """Return the query of the list's first page without a filter, or of the page of older entries."""
    query = request.GET.copy()
    for name in ("before", without, *(("subject_type",) if without == "subject_id" else ())):
        query.pop(name, None)
    if before is not None:
        query["before"] = str(before)
    return f"?{query.urlencode()}"


def _back(request: HttpRequest, form: JournalFilterForm) -> tuple[str, str] | None:
    """Return name and URL of the case or bank from which the journal was opened."""
    filters = form.cleaned_data
    kind, key = filters["subject_type"], filters["subject_id"]
    if not kind and filters["uscc"]:
        rows = Entry.objects.filter(uscc__in=_codes_of_bank(filters["uscc"]), subject_type=BANK)
        kind, key = BANK, rows.values_list("subject_id", flat=True).first()
    address = _addresses(request, [(kind, key)]).get((kind, key), "") if key else ""
    return (str(apps.get_model(kind)._meta.verbose_name), address) if address else None


def _addresses(request: HttpRequest, subjects: Iterable[Subject]) -> dict[Subject, str]:
    """Return the URLs of subjects whose page the reader may open; a draft of a bank, for example, has none."""
    keys: dict[str, set[int]] = {}
    for kind, key in subjects:
        keys.setdefault(kind, set()).add(key)
    return {
        subject: address
        for kind, of_kind in keys.items()
        for subject, address in _shown(request, kind, of_kind)
    }


def _shown(request: HttpRequest, kind: str, keys: Collection[int]) -> Iterator[tuple[Subject, str]]:
    register = admin.site._registry.get(apps.get_model(kind)) if kind else None  # noqa: SLF001 its only way
    if register is None or not register.has_view_permission(request):
        return
    name = f"admin:{register.opts.app_label}_{register.opts.model_name}_change"
    for key in register.get_queryset(request).filter(pk__in=keys).values_list("pk", flat=True):
        yield (kind, key), reverse(name, args=[key])
