"""The portal page where a bank reads a prior notice and states its case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.hearings.actions import state_case
from banks.hearings.forms import StatementForm
from banks.hearings.models import PriorNotice
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from zsbank.base.cases.now import now_of
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.pages.receipts import receipt_page
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.permissions import Verb


def page_of(notice: PriorNotice) -> str:
    """Return the URL of a notice's page."""
    return reverse("banks:notice", args=[notice.pk])


def _handed_in(notice: PriorNotice) -> HandedIn | None:
    if notice.stated_at is None or notice.stated_by is None:
        return None
    return HandedIn(
        case=notice,
        number=notice.number or str(notice),
        called=_("Prior notice"),
        at=notice.stated_at,
        by=notice.stated_by,
        files=(),
        kind=_("Material"),
        texts=((_("Statement of the bank"), notice.statement),),
    )


OF_STATEMENT = Receipt(
    Verb.STATE_CASE,
    _handed_in,
    title=_("Receipt of the statement"),
    official="陈述、申辩意见回执",
    file_name="陈述申辩回执",
    url="banks:notice_receipt",
    keys=lambda notice: [notice.pk],
    back=page_of,
)


STATEMENT = Offer(
    state_case,
    _("Submit a statement"),
    (
        _("A statement never leads to a harsher outcome. Without one, the bureau decides after that day."),
        _("The bureau checks the statement and answers it before it decides."),
    ),
    form=lambda notice: StatementForm,
    run=lambda by, notice, given: state_case(notice=notice, text=given["text"], by=by),
)
BANK_OFFERS = (STATEMENT,)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of the bank's statement."""
    row = own_or_404(PriorNotice.objects.select_related("bank", "letter", "stated_by"), bank, pk)
    return receipt_page(request, request.user, OF_STATEMENT, row, pdf=pdf)


@require_http_methods(["GET", "POST"])
@for_members
def notice(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show a prior notice with its statement and answer; POST records the statement."""
    row = own_or_404(PriorNotice.objects.select_related("letter", "paper", "stated_by"), bank, pk)
    form = STATEMENT.form(row)(request.POST if request.method == "POST" else None)
    stated = carry_out(
        request,
        form,
        lambda given: STATEMENT.carry_out(request.user, row, given),
        done=lambda made: _("The statement has been recorded. The bureau will check and answer it."),
        to=lambda made: page_of(row),
    )
    if stated:
        return stated
    may = state_case.verdict(request.user, row)
    context = {
        "bank": bank,
        "notice": row,
        "form": form,
        "may": may,
        "now": now_of(row),
        "room": "",
        "aside": True,
    }
    return render(request, "banks/notice.html", context)
