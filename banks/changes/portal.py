"""Portal pages of a bank's data: what the register holds, and the bank's requests to change it."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.changes.actions.changes import request_change, withdraw_change
from banks.changes.actions.messages import page_of
from banks.changes.forms import DataForm, data_form
from banks.changes.models import BankChange
from banks.changes.queries import around, lines, lines_of, open_request_of, shown_to
from banks.changes.rules import are_valid, changed_pairs, may_withdraw, not_ahead
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.forms import ConfirmForm, PageForm
from banks.register.models import Bank
from banks.register.rules import barred_predecessors
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import in_words, through
from zsbank.base.cases.now import now_of, step_of
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.files.actions import record_opening
from zsbank.base.files.forms import show_refusal, with_names
from zsbank.base.files.posted import handed_in, keep_chosen
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.receipts import receipt_page
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused

ROOM = "banks:information"
PAGE_SIZE = 20
STEP = "step"
"""With this name the buttons of the form say whether it is to be checked, sent or edited again."""


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield the bank's open request, and each bar that came to it from a bank that it absorbed."""
    change = open_request_of(bank)
    if change is not None:
        yield step_of(change, f"{change.case_number} · {change.get_kind_display()}", _("View the case"))
    for predecessor in barred_predecessors(bank, on=clock.today()):
        words = _("The bank may not apply for admission until %(last)s; it may apply again from %(first)s")
        first, last = predecessor.may_apply_from, predecessor.bar_last_day
        why = (
            _("The reapplication bar of %(bank)s, which your bank has absorbed, passes to your bank.")
            if predecessor.is_absorbed
            else _(
                "The reapplication bar of %(bank)s, from whose division your bank came, binds your bank as well."
            )
        )
        yield NextStep(
            words % {"last": through(last) if last else "", "first": in_words(first) if first else ""},
            "",
            reverse(ROOM),
            _("View the bank's data"),
            why=str(why % {"bank": predecessor}),
            theirs=False,
        )


@require_GET
@for_members
def information(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Show what the register holds of the bank, earlier values, and the changes."""
    page = Paginator(shown_to(bank), PAGE_SIZE).get_page(PageForm(request.GET).number)
    context = {
        "bank": bank,
        "room": ROOM,
        "aside": True,
        "page": page,
        "former": bank.former_values.all()[:PAGE_SIZE],
        "open": open_request_of(bank),
        "may": request_change.verdict(request.user, bank),
        **around(bank),
    }
    return render(request, "banks/information.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def request_page(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Show the form of a change; POST shows old and new values first, and submits the request once confirmed."""
    form = data_form(bank)(request.POST or None, handed_in(request))
    step = request.POST.get(STEP, "check") if request.method == "POST" else ""
    if step == "send":
        sent = carry_out(
            request,
            form,
            lambda given: request_change(
                bank=bank,
                by=request.user,
                values=form.values(),
                changed_on=given["changed_on"],
                reason=given["reason"],
                documents=with_names(given["documents"]),
            ),
            to=page_of,
            done=lambda change: (
                _("%(number)s has been submitted. Nothing changes until the bureau accepts it.")
                % {"number": change}
            ),
        )
        if sent:
            return sent
    elif step:
        keep_chosen(form, request.user)
    context: dict[str, Any] = {
        "bank": bank,
        "room": ROOM,
        "form": form,
        "may": request_change.verdict(request.user, bank),
    }
    if step == "check" and _is_in_order(form, bank):
        context["lines"] = list(lines(changed_pairs(bank, form.values())))
        return render(request, "banks/change_check.html", context)
    return render(request, "banks/change_request.html", context)


def _is_in_order(form: DataForm, bank: Bank) -> bool:
    """Whether the form can be submitted as it is; what is against it is shown in the form."""
    if not form.is_valid():
        return False
    try:
        are_valid(changed_pairs(bank, form.values())).require()
        not_ahead(form.cleaned_data["changed_on"]).require()
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_GET
@for_members
def change(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show one change: the receipt of a request, who has it, and the decision."""
    row = own_or_404(shown_to(bank), bank, pk)
    context = {
        "bank": bank,
        "room": ROOM,
        "change": row,
        "now": now_of(row),
        "lines": lines_of(row),
        "files": row.files.all() if row.by_bank else (),
        "may_withdraw": _is_withdrawable(request, bank, row),
        "aside": True,
    }
    return render(request, "banks/change.html", context)


def _is_withdrawable(request: MemberRequest, bank: Bank, row: BankChange) -> bool:
    held = withdraw_change.is_held(request.user, bank)
    return held and withdraw_change.is_due(row) and may_withdraw(request.user, row).allowed


def _handed_in(change: BankChange) -> HandedIn | None:
    """Return what the bank requested; None for what the bureau entered."""
    if not change.by_bank:
        return None
    return HandedIn(
        case=change,
        number=change.case_number,
        called=_("Case number"),
        at=change.entered_at,
        by=change.entered_by,
        files=tuple((_("Documents"), file) for file in change.files.order_by("pk")),
        kind=_("Material"),
        texts=(
            *((line.label, f"{line.old} → {line.new}") for line in lines_of(change)),
            (_("Changed on"), change.changed_on.isoformat()),
            (_("Reason"), change.reason),
        ),
    )


OF_REQUEST = Receipt(
    Verb.REQUEST_BANK_CHANGE,
    _handed_in,
    title=_("Receipt of the request to change the bank's data"),
    official="银行信息变更申请回执",
    file_name="银行信息变更申请回执",
    url="banks:change_receipt",
    keys=lambda change: [change.pk],
    back=page_of,
)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of a request."""
    row = own_or_404(shown_to(bank), bank, pk)
    return receipt_page(request, request.user, OF_REQUEST, row, pdf=pdf, room=ROOM)


@require_http_methods(["GET", "POST"])
@for_members
def withdraw(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask for confirmation, then withdraw the bank's own request."""
    row = own_or_404(shown_to(bank).filter(by_bank=True), bank, pk)
    form = ConfirmForm(request.POST or None)
    withdrawn = carry_out(
        request,
        form,
        lambda given: withdraw_change(change=row, by=request.user),
        to=page_of,
        done=lambda row: _("%(number)s has been withdrawn.") % {"number": row},
    )
    context = {"bank": bank, "room": ROOM, "change": row, "form": form}
    return withdrawn or render(request, "banks/withdraw_change.html", context)


@require_GET
@for_members
def change_file(request: MemberRequest, bank: Bank, pk: int, document_pk: int) -> HttpResponseBase:
    """Show or send a document of the bank's own request, and record the download."""
    row = own_or_404(shown_to(bank).filter(by_bank=True), bank, pk)
    found = get_object_or_404(row.files.all(), pk=document_pk)
    page = look_at(request, found, back=page_of(row), over=row.case_number)
    if page is not None:
        return page
    try:
        response = serve(found, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found, case=row, by=request.user)
    return response
