"""Receipts of what a bank handed in, as page and as PDF; the caller has checked that the row is the bank's own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zsbank.base.accounts.models import User
from zsbank.base.cases.now import now_of
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.files.actions import record_receipt
from zsbank.base.pages.papers import pdf_response


def receipt_page(
    request: HttpRequest, by: User, receipt: Receipt, row: Any, *, pdf: bool, room: str = ""
) -> HttpResponse:
    """Return the receipt: number, moment, person, what was written, and each file with its hash.

    Args:
        row: the row that the action of the submission returned.
        pdf: whether it is sent as PDF; then the download is recorded.
        room: the entry of the menu to which the page belongs.

    Raises:
        Http404: nothing was handed in.
    """
    handed = receipt.of(row)
    if handed is None:
        raise Http404
    if pdf:
        return _pdf(request, by, receipt, handed)
    context = {
        "bank": handed.case.bank,  # type: ignore[attr-defined]
        "handed": handed,
        "receipt": receipt,
        "back": receipt.back(row),
        "pdf": receipt.pdf(row),
        "now": now_of(handed.case),
        "room": room,
    }
    return render(request, "portal/receipt.html", context)


def _pdf(request: HttpRequest, by: User, receipt: Receipt, handed: HandedIn) -> HttpResponse:
    context = {"bank": handed.case.bank, "handed": handed, "title": receipt.official}  # type: ignore[attr-defined]
    name = f"{handed.number} {receipt.file_name}.pdf"
    answer = pdf_response(
        request, by, "letters/receipt.html", context, name=name, identifier=f"{receipt.verb} {handed.number}"
    )
    if answer.status_code == 200:
        record_receipt(case=handed.case, by=by)
    return answer
