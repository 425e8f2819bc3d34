"""Pages of the import of outlets: the file, which column is which, a look at what would change, and saving it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from banks.outlets.actions.imports import import_outlets, name_columns, read_import, remembered_columns
from banks.outlets.forms import ColumnsForm, HeaderForm, ImportForm, SaveImportForm, ShownForm
from banks.outlets.import_sheet.changes import changes_of, code_hints, fingerprint
from banks.outlets.import_sheet.layout import asked_columns, laid_out, missing_titles
from banks.outlets.import_sheet.rows import OutletRow
from banks.outlets.models import OutletImport
from banks.outlets.portal.shown import SHOWN, shown_row
from banks.outlets.spreadsheet.cells import HEADER_WITHIN, Sheet
from banks.outlets.template import BLANKS, column_help
from banks.outlets.terms import BLANKS_IN_ENGLISH, COLUMN_HELP_IN_ENGLISH
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from banks.register.portal import PAGE_SIZE
from zsbank.base.calendar.wording import reader_language
from zsbank.base.files.names import displayable_name
from zsbank.base.pages.submitted_form import carry_out

ROOM = "banks:outlets"


@require_http_methods(["GET", "POST"])
@for_members
def upload(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Take a spreadsheet and show what it says; a file that cannot be read says why."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    read = carry_out(
        request,
        form,
        lambda given: read_import(
            bank=bank,
            by=request.user,
            content=given["file"].read(),
            name=displayable_name(given["file"].name),
        ),
        to=_next_page,
    )
    context = {
        "bank": bank,
        "form": form,
        "columns": _instructions(),
        "blanks": BLANKS_IN_ENGLISH if reader_language() == "en" else BLANKS,
        "room": ROOM,
    }
    return read or render(request, "banks/import_upload.html", context)


def _instructions() -> list[tuple[str, str]]:
    """Return title and explanation of each column, explained in the reader's language."""
    in_reader = COLUMN_HELP_IN_ENGLISH if reader_language() == "en" else {}
    return [(title, in_reader.get(title, words)) for title, words in column_help().items()]


def _next_page(read: OutletImport) -> str:
    """Where to go with a file: to its preview, or first to the question which column is which."""
    return reverse("banks:import" if read.is_settled else "banks:import_columns", args=[read.pk])


@require_http_methods(["GET", "POST"])
@for_members
def columns(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask which column of the spreadsheet is which; it is remembered for the bank's next spreadsheets."""
    read = own_or_404(OutletImport.objects.all(), bank, pk)
    if read.done_at or not read.sheet:
        return redirect("banks:import", pk)
    sheet = Sheet.from_json(read.sheet)
    top = sheet.rows[:HEADER_WITHIN]
    asked = HeaderForm([row.number for row in top], request.POST if request.method == "POST" else request.GET)
    header = read.header if asked.chosen is None else asked.chosen
    layout = laid_out(sheet, remembered_columns(bank), header)
    form = ColumnsForm(asked_columns(layout), request.POST if request.method == "POST" else None)
    named = carry_out(
        request,
        form,
        lambda given: name_columns(read=read, by=request.user, header=header, columns=form.chosen),
        to=_next_page,
    )
    context = {
        "bank": bank,
        "read": read,
        "form": form,
        "sheet": sheet,
        "header": header,
        "top": [(row.number, [text for text in row.texts if text.strip()][:6]) for row in top],
        "last_looked_at": top[-1].number if top else 0,
        "missing": missing_titles(layout.columns),
        "room": ROOM,
    }
    return named or render(request, "banks/import_columns.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def preview(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """What saving the file would change, field by field; saved when nothing is wrong or the wrong rows are left out."""
    read = own_or_404(OutletImport.objects.select_related("bank"), bank, pk)
    if not read.is_settled:
        return redirect("banks:import_columns", pk)
    if read.done_at:
        return render(request, "banks/import_done.html", {"bank": bank, "read": read, "room": ROOM})
    form = SaveImportForm(request.POST if request.method == "POST" else None)
    wrong = [row["number"] for row in read.rows if row["errors"]]
    saved = carry_out(
        request,
        form,
        lambda given: import_outlets(
            read=read,
            by=request.user,
            left_out=wrong if given["leave_out_wrong"] else [],
            seen=given["seen"],
        ),
        to=lambda counts: reverse(ROOM),
        done=lambda counts: (
            _("Saved: %(new)s new outlets, %(changed)s changed.") % {"new": counts[0], "changed": counts[1]}
        ),
    )
    return saved or render(request, "banks/import_preview.html", _previewed(request, bank, read, form))


def _previewed(
    request: MemberRequest, bank: Bank, read: OutletImport, form: SaveImportForm
) -> dict[str, object]:
    """What the preview shows: counts of all rows, and one page of those that are asked for."""
    outlets = list(bank.outlets.all())
    changes = changes_of((OutletRow.from_json(row) for row in read.rows), outlets)
    hints = code_hints(bank, outlets, changes)
    asked = ShownForm(request.GET)
    states = {
        state: [one for one in changes if one.state == state] for state in ("wrong", "new", "changed", "same")
    }
    states["hints"] = [one for one in changes if hints.get(one.row.number)]
    page = Paginator(states[asked.only] if asked.only else changes, PAGE_SIZE).get_page(asked.number)
    sheet = Sheet.from_json(read.sheet, until=read.header) if read.sheet else None
    titles = sheet.titles_at(read.header) if sheet and read.header else []
    return {
        "bank": bank,
        "read": read,
        "sheet": sheet,
        "form": form,
        "seen": fingerprint([one for one in changes if one.state != "wrong"]),
        "chips": [(state, words, len(states[state])) for state, words in SHOWN.items()],
        "counts": {"all": len(changes)} | {state: len(rows) for state, rows in states.items()},
        "to_save": len(states["new"]) + len(states["changed"]),
        "only": asked.only,
        "page": page,
        "rows": [shown_row(one, hints.get(one.row.number, {})) for one in page],
        "missing": missing_titles(read.columns) if read.columns else [],
        "unused": [
            title for title, name in zip(titles, read.columns, strict=False) if title.strip() and not name
        ],
        "room": ROOM,
    }
