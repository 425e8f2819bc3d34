"""What a desk adds for the files of its list: their addresses, and the choice beside the filters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from zsbank.base.cases.case import Case
from zsbank.base.cases.urls import base_of
from zsbank.base.pages.exports.answer import export, too_long
from zsbank.base.pages.exports.listed import MOST_ROWS, ExportedList, ListFormat, exported

NAMES = {ListFormat.XLSX: "Excel (XLSX)", ListFormat.CSV: "CSV"}
NOT_KEPT = ("p", "before")
"""Parameters of one page of the list."""


@dataclass(frozen=True)
class Offered:
    """The files of a list: its number of rows in words, the files with their URLs, and why one is missing."""

    rows: str
    files: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()


def rows_in_words(total: int) -> str:
    """Return how many rows a list has."""
    return ngettext("%(n)s row", "%(n)s rows", total) % {"n": f"{total:,}"}


class ExportPages:
    """Mixin for a desk with a declared case: its list as a file."""

    declared: ClassVar[Case]

    def export_urls(self) -> Iterator[URLPattern]:
        """Yield the URLs of the files."""
        desk: Any = self
        for form in ListFormat:

            @require_GET
            def view(request: HttpRequest, form: ListFormat = form) -> HttpResponseBase:
                return export(self, request, form)

            yield path(f"list.{form}", desk.admin_site.admin_view(view), name=f"{desk.base}_{form}")

    def exported_list(self, request: HttpRequest) -> ExportedList:
        """Return what goes into a file; a desk whose list is not Django's overrides it.

        Raises:
            BadText: as `check_query`.
            IncorrectLookupParameters: a filter is not known.
        """
        desk: Any = self
        return exported(desk, desk.get_changelist_instance(request))

    def offered_files(self, request: HttpRequest, total: int, *, or_more: bool = False) -> Offered | None:
        """Return the files to choose from; None for an empty list.

        Args:
            total: the number of rows.
            or_more: whether only the first rows were counted.
        """
        if not total:
            return None
        rows = _("more than %(n)s rows") % {"n": f"{total:,}"} if or_more else rows_in_words(total)
        possible = [form for form in ListFormat if total <= MOST_ROWS[form]]
        return Offered(
            rows,
            tuple((NAMES[form], self._address(request, form)) for form in possible),
            tuple(too_long(form) for form in ListFormat if form not in possible),
        )

    def _address(self, request: HttpRequest, form: ListFormat) -> str:
        query = request.GET.copy()
        for name in NOT_KEPT:
            query.pop(name, None)
        address = reverse(f"admin:{base_of(self.declared.model)}_{form}")
        return f"{address}?{query.urlencode()}" if query else address
