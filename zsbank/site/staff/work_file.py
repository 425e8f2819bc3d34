"""The work list as a file."""

from collections.abc import Iterator

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zsbank.base.accounts.models import User
from zsbank.base.cases.work import WorkItem
from zsbank.base.pages.exports.answer import file_of
from zsbank.base.pages.exports.desk import NAMES, Offered, rows_in_words
from zsbank.base.pages.exports.listed import ExportedList, ListFormat
from zsbank.base.pages.exports.values import Value
from zsbank.base.pages.words import WORK_LIST
from zsbank.site.staff.work_list import work_of

EVERYONES = "all"
"""The parameter with which the list includes what colleagues have taken on."""


def offered(total: int, *, everyones: bool) -> Offered | None:
    """Return the files of a work list to choose from; None for an empty one."""
    query = f"?{EVERYONES}=1" if everyones else ""
    files = tuple((NAMES[form], reverse(f"staff:work_{form}") + query) for form in ListFormat)
    return Offered(rows_in_words(total), files) if total else None


@require_GET
@staff_member_required
def work_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Return the person's work list, or everybody's, as a file, and record the export."""
    person: User = request.user  # type: ignore[assignment]
    listed = _listed(person, everyones=EVERYONES in request.GET)
    back = HttpResponseRedirect(reverse("admin:index"))
    return file_of(listed, ListFormat(form), request, kind=WORK_LIST, back=back)


def _listed(person: User, *, everyones: bool) -> ExportedList:
    work = work_of(person, with_taken=everyones)

    def rows() -> Iterator[list[Value]]:
        yield from (_row(item) for item in work)

    return ExportedList(
        name=_("Work list"),
        filters=(_("All"),) if everyones else (),
        labels=(
            _("Next step"),
            _("Case"),
            _("About"),
            _("Due date"),
            _("Waiting since"),
            _("What has happened"),
            _("Case officer"),
        ),
        total=len(work),
        rows=rows,
    )


def _row(item: WorkItem) -> list[Value]:
    return [str(item.step), item.case, item.about, item.due, item.since, str(item.told), str(item.taker)]
