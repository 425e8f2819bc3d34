"""Portal pages of fee notices: what the bank has to pay, what it stated, and its figures by year."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from inspections.fees.actions.payments import state_fee_payment
from inspections.fees.forms import PaymentForm
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.queries import figures_of_bank, notices, unsettled_of
from zsbank.base.cases.now import now_of, step_of
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.cases.work import Asked
from zsbank.base.files.actions import record_opening
from zsbank.base.files.models import StoredFile
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.receipts import receipt_page
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused

ROOM = "inspections:fees"
PER_PAGE = 50
SHOWN_AT_HOME = 5


def page_of(notice: FeeNotice) -> str:
    """Return the URL of a notice's page."""
    return reverse("inspections:fee", args=[notice.pk])


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield a step for each notice of the bank that is not settled, most urgent first."""
    for notice in unsettled_of(bank)[:SHOWN_AT_HOME]:
        about = _("Fees of %(year)s %(period)s") % {"year": notice.year, "period": notice.covers}
        yield step_of(notice, about.strip(), gettext_lazy("Open the notice"))


def _what_to_pay(notice: FeeNotice) -> str:
    words = _("pay %(amount)s yuan on fee notice %(number)s, and state the payment")
    return words % {"amount": notice.yuan, "number": notice}


def _how_to_pay(notice: FeeNotice) -> str:
    """Say how it is paid, and why; the last statement that was sent back comes first."""
    told = _("Pay the whole amount the way that is printed on the notice, under its number %(number)s.")
    back = next((one for one in notice.payments.all() if one.confirmed is False), None)
    said = [_("Your statement was sent back: %(reason)s") % {"reason": back.reply}] if back else []
    return "\n".join([*said, told % {"number": notice}])


ASKED_PAYMENT = Asked(
    state_fee_payment,
    step=_what_to_pay,
    why=_how_to_pay,
    address=lambda notice: reverse("inspections:fee_payment", args=[notice.pk]),
    button=gettext_lazy("State the payment"),
    due=lambda notice: notice.due_date,
    period=lambda notice: notice.period,
)


PAYMENT = Offer(
    state_fee_payment,
    gettext_lazy("State the payment"),
    (gettext_lazy("The bureau checks that the money arrived, and confirms it or sends the statement back."),),
    form=lambda notice: PaymentForm,
    run=lambda by, notice, given: state_fee_payment(
        notice=notice, by=by, proof_name=given["proof"].name, **given
    ),
)
BANK_OFFERS = (PAYMENT,)


@require_GET
@for_members
def fees(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the bank's notices, newest first, with its figures by year."""
    page = Paginator(notices().filter(bank=bank), PER_PAGE).get_page(request.GET.get("page"))
    context = {"bank": bank, "page": page, "figures": figures_of_bank(bank), "room": ROOM}
    return render(request, "inspections/fees.html", context)


def _context(bank: Bank, row: FeeNotice) -> dict[str, object]:
    return {
        "bank": bank,
        "notice": row,
        "payments": row.payments.select_related("stated_by", "proof"),
        "now": now_of(row),
        "room": ROOM,
        "aside": True,
    }


@require_GET
@for_members
def fee(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show a notice: what is to be paid by when, the scan, and what was stated."""
    return render(request, "inspections/fee.html", _context(bank, own_or_404(notices(), bank, pk)))


@require_http_methods(["GET", "POST"])
@for_members
def state_payment(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the form of a payment; POST states it."""
    row = own_or_404(notices(), bank, pk)
    form = PAYMENT.form(row)(request.POST or None, handed_in(request))
    stated = carry_out(
        request,
        form,
        lambda given: PAYMENT.carry_out(request.user, row, given),
        to=lambda payment: page_of(row),
        done=lambda payment: _("The payment has been stated. The next step is the bureau's check."),
    )
    if stated:
        return stated
    context = _context(bank, row) | {
        "form": form,
        "verdict": state_fee_payment.verdict(request.user, row),
        "payable": state_fee_payment.is_due(row),
    }
    return render(request, "inspections/fee_payment.html", context)


def _handed_in(payment: FeePayment) -> HandedIn | None:
    if payment.by_bureau:
        return None
    texts = [(gettext_lazy("Paid on"), payment.paid_on.isoformat())]
    if payment.remark:
        texts.append((gettext_lazy("Note on the payment"), payment.remark))
    return HandedIn(
        case=payment.notice,
        number=payment.notice.number,
        called=gettext_lazy("Fee notice"),
        at=payment.stated_at,
        by=payment.stated_by,
        files=((gettext_lazy("Proof of payment"), payment.proof),),
        kind=gettext_lazy("Material"),
        texts=tuple(texts),
    )


OF_PAYMENT = Receipt(
    Verb.STATE_FEE_PAYMENT,
    _handed_in,
    title=gettext_lazy("Receipt of the stated payment"),
    official="缴款情况申报回执",
    file_name="缴款申报回执",
    url="inspections:fee_receipt",
    keys=lambda payment: [payment.pk],
    back=lambda payment: page_of(payment.notice),
)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of a stated payment."""
    rows = FeePayment.objects.select_related("notice__bank", "stated_by", "proof")
    row = get_object_or_404(rows.filter(notice__bank=bank), pk=pk)
    return receipt_page(request, request.user, OF_PAYMENT, row, pdf=pdf, room=ROOM)


@require_GET
@for_members
def file(request: MemberRequest, bank: Bank, pk: int, paper_pk: int) -> HttpResponseBase:
    """Send the scan of the notice, or the proof of a payment."""
    row = own_or_404(notices(), bank, pk)
    scan = StoredFile.objects.filter(fee_notice=row)
    proofs = StoredFile.objects.filter(fee_payment__notice=row)
    found = get_object_or_404((scan | proofs).distinct(), pk=paper_pk)
    page = look_at(request, found, back=page_of(row), over=row.number)
    if page is not None:
        return page
    try:
        response = serve(found, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found, case=row, by=request.user)
    return response
