"""Lists at the desk: columns, rows, filters with counts, active filters, pager."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import get_fields_from_path, label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zsbank.base.cases.urls import case_page
from zsbank.base.pages.facts import readable
from zsbank.base.texts import BadText, require_visible

MAX_QUERY_LENGTH = 500

COUNTED = 20_000
"""Lists with at most so many rows show counts beside their filters; counting more would slow the page down."""

COUNT = re.compile(r"(?P<label>.*) \((?P<count>\d+|-)\)")


@dataclass(frozen=True)
class Column:
    """A column's heading; `sort` is the URL that sorts by it, `direction` how it is sorted now."""

    label: str
    sort: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Row:
    """A row: its key, the URL of its page, and heading and text (or markup) of its cells."""

    pk: int
    address: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """A value of a filter, with the number of rows that have it if they were counted."""

    label: str
    address: str
    chosen: bool
    count: str = ""


@dataclass(frozen=True)
class Filter:
    """A filter with its values."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Chip:
    """An active filter, and the URL of the list without it."""

    label: str
    value: str
    without: str


def list_context(desk: Any, request: HttpRequest, shown: ChangeList) -> dict[str, Any]:
    """Return the context of the list's template, in a constant number of queries."""
    filters, columns = list(_filters(desk, shown)), list(columns_of(desk, shown))
    last = shown.paginator.num_pages
    start = (shown.page_num - 1) * shown.list_per_page
    return {
        "columns": columns,
        "rows": [_row(desk, shown, columns, one) for one in shown.result_list],
        "filters": filters,
        "chips": _all_chips(shown, filters),
        "first": start + 1 if shown.result_count else 0,
        "last": min(start + shown.list_per_page, shown.result_count),
        "total": shown.result_count,
        "pages": {
            "first": _page(shown, 1) if shown.page_num > 1 else "",
            "previous": _page(shown, shown.page_num - 1) if shown.page_num > 1 else "",
            "next": _page(shown, shown.page_num + 1) if shown.page_num < last else "",
            "last": _page(shown, last) if shown.page_num < last else "",
        },
        "searched": shown.query,
        "kept": [(name, value) for name, value in _kept(request)],
    }


def chips_of(desk: Any, shown: ChangeList) -> list[Chip]:
    """Return the active filters of a list."""
    return _all_chips(shown, list(_filters(desk, shown)))


def _all_chips(shown: ChangeList, filters: list[Filter]) -> list[Chip]:
    return [*_chips(shown, filters), *_plain_chips(shown)]


def _kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield the parameters that a new search keeps."""
    for name, values in request.GET.lists():
        if name not in ("q", "p"):
            yield from ((name, value) for value in values)


def _page(shown: ChangeList, number: int) -> str:
    return shown.get_query_string({"p": number})


def columns_of(desk: Any, shown: ChangeList) -> Iterator[Column]:
    """Yield the headings of the columns."""
    order = shown.get_ordering_field_columns()
    for place, name in enumerate(shown.list_display):
        label, attribute = label_for_field(name, shown.model, desk, return_attr=True)
        sortable = attribute is None or getattr(attribute, "admin_order_field", None)
        if not sortable:
            yield Column(str(label))
            continue
        direction = order.get(place, "")
        turned = f"-{place}" if direction == "asc" else str(place)
        yield Column(str(label), shown.get_query_string({"o": turned}, ["p"]), direction)


def _row(desk: Any, shown: ChangeList, columns: list[Column], row: Any) -> Row:
    filters = shown.get_query_string().removeprefix("?")
    query = f"?{urlencode({'_changelist_filters': filters})}" if filters else ""
    first, *others = (cell(desk, row, name) for name in shown.list_display)
    texts = (str(row) if first == "—" else first, *others)
    labels = (column.label for column in columns)
    return Row(row.pk, case_page(row) + query, tuple(zip(labels, texts, strict=True)))


def cell(desk: Any, row: Any, name: Any) -> str:
    """Return the text of a cell; columns of components return markup."""
    try:
        field, _attribute, value = lookup_field(name, row, desk)
    except ObjectDoesNotExist:
        return "—"
    if isinstance(value, SafeString):
        return value
    if field is not None and getattr(field, "flatchoices", None):
        value = dict(field.flatchoices).get(value, value)
    return readable(value) or "—"


def _filters(desk: Any, shown: ChangeList) -> Iterator[Filter]:
    """Yield the filters that divide the list, without values that no row has."""
    shown.add_facets = shown.result_count <= COUNTED
    for one in shown.filter_specs:
        choices = [_choice(shown, choice) for choice in one.choices(shown)]
        kept = tuple(choice for choice in choices if choice.count not in ("0", "-") or choice.chosen)
        if len(kept) > 2 or any(choice.chosen for choice in kept[1:]):
            yield Filter(str(one.title), kept)


def _choice(shown: ChangeList, choice: Any) -> Choice:
    label, count = str(choice["display"]), ""
    counted = COUNT.fullmatch(label)
    if shown.add_facets and counted:
        label, count = counted["label"], counted["count"]
    query = str(choice["query_string"])
    return Choice(label, query, bool(choice["selected"]), count)


def _chips(shown: ChangeList, filters: list[Filter]) -> Iterator[Chip]:
    if shown.query:
        yield Chip(_("Search"), shown.query, shown.get_query_string(remove=["q", "p"]))
    for one in filters:
        everything, *values = one.choices
        yield from (Chip(one.label, choice.label, everything.address) for choice in values if choice.chosen)


def _plain_chips(shown: ChangeList) -> Iterator[Chip]:
    """Yield filters that a link from another page set, such as the bank."""
    ours = {name for one in shown.filter_specs for name in one.expected_parameters()}
    for name, values in shown.get_filters_params().items():
        if name in ours:
            continue
        label, value = _plain(shown, name, str(values[-1]))
        yield Chip(label, value, shown.get_query_string(remove=[name, "p"]))


def _plain(shown: ChangeList, name: str, value: str) -> tuple[str, str]:
    """Return label and value of a lookup such as `bank__id__exact=3`, in words where the field is known."""
    path = name.removesuffix("__exact").removesuffix("__id")
    try:
        field = get_fields_from_path(shown.model, path)[-1]
    except FieldDoesNotExist:
        return name, value
    label = str(getattr(field, "verbose_name", name))
    if isinstance(field, ForeignKey) and value.isdecimal():
        row = field.related_model._default_manager.filter(pk=int(value)).first()  # noqa: SLF001 Django's own name
        return label, str(row) if row else value
    return label, str(dict(getattr(field, "flatchoices", ())).get(value, value))


def check_parameters(request: HttpRequest) -> None:
    """Check everything in the address of a list.

    Raises:
        BadText: as `check_query`.
    """
    check_query("".join([*request.GET.keys(), *map(str, request.GET.values())]))


def check_query(query: str) -> None:
    """Check the query of a list.

    Raises:
        BadText: it has invisible characters, or is longer than databases compare.
    """
    if len(require_visible(query)) > MAX_QUERY_LENGTH:
        raise BadText(_("The search text is too long. Search for a shorter part of it."))
