"""Portal pages of exit: the bank's application, its case, and the bar."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from exit.cases import queries, rules
from exit.cases.actions.grounds import file_exit_application, withdraw_exit_application
from exit.cases.forms import ExitApplicationForm, WithdrawExitForm
from exit.cases.models import ExitCase, Ground
from exit.cases.queries import grounds_in_words
from exit.cases.terms import DUTIES
from zsbank.base.calendar.wording import in_words, through
from zsbank.base.cases.now import now_of, step_of
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.files.actions import record_opening
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.receipts import receipt_page
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused

ROOM = "exit:standing"
PER_PAGE = 50


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield the bank's open exit case; after an exit, what runs and when the bank may apply again."""
    for case in queries.open_cases_of(bank):
        yield step_of(case, f"{case.case_number} · {grounds_in_words(case)}", _("View the case"))
    ended = queries.ended_qualification(bank)
    if ended is not None and bank.bar_last_day and bank.may_apply_from:
        words = _(
            "The wind-down is running. The bank may not apply for admission until %(last)s; it may apply again from "
            "%(first)s"
        )
        yield NextStep(
            words % {"last": through(bank.bar_last_day), "first": in_words(bank.may_apply_from)},
            "",
            reverse("exit:standing"),
            _("View the duties after the exit"),
            why=duties_in_words(ended),
            theirs=False,
        )


def duties_in_words(ended: Qualification) -> str:
    """Return since when the bank may not issue, and what it has to do until its holders have moved (exit （三）)."""
    words = _(
        "The qualification was cancelled on %(day)s: the bank issues no cards. At its own cost it organises the change "
        "of bank and card and explains it to the public, and it serves existing holders until they change."
    )
    return words % {"day": in_words(ended.cancelled_on)} if ended.cancelled_on else ""


@require_GET
@for_members
def standing(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Show the open case, earlier cases, and the end of the bar."""
    held = withdraw_exit_application.is_held(request.user, bank)
    page = Paginator(queries.cases_of(bank), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (case, grounds_in_words(case), now_of(case), held and _is_withdrawable(request, case))
        for case in page
    ]
    context = {
        "bank": bank,
        "qualification": qualification_in_force(bank),
        "cases": rows,
        "page": page,
        "duties": DUTIES if queries.ended_qualification(bank) else (),
        "may_file": file_exit_application.verdict(request.user, bank),
        "aside": True,
    }
    return render(request, "exit/standing.html", context)


def _is_withdrawable(request: MemberRequest, case: ExitCase) -> bool:
    """Whether the case can be withdrawn; the caller checks the role."""
    return withdraw_exit_application.is_due(case) and rules.may_withdraw(request.user, case).allowed


@require_GET
@for_members
def case(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show one case: statement, person, document, and until when it can be withdrawn."""
    row = own_or_404(queries.cases(), bank, pk)
    held = withdraw_exit_application.is_held(request.user, bank)
    context = {
        "bank": bank,
        "case": row,
        "grounds": [(ground, _why_not(ground)) for ground in row.grounds.all()],
        "named": grounds_in_words(row),
        "now": now_of(row),
        "may_withdraw": held and _is_withdrawable(request, row),
        "last_day": bank.bar_last_day if row.signed_at else None,
        "aside": True,
        "room": ROOM,
    }
    return render(request, "exit/case.html", context)


def _why_not(ground: Ground) -> str:
    """Return why a ground no longer stands, in words that name no officer; empty if it does."""
    return rules.stands(ground).why_not if ground.case.is_open or ground.is_ended else ""


def page_of(case: ExitCase) -> str:
    """Return the URL of a case's page."""
    return reverse("exit:case", args=[case.pk])


def _handed_in(case: ExitCase) -> HandedIn | None:
    wish = case.application
    if wish is None or wish.document is None or wish.joined_by is None:
        return None
    return HandedIn(
        case=case,
        number=case.case_number,
        called=_("Case number"),
        at=wish.joined_at,
        by=wish.joined_by,
        files=((_("Written application"), wish.document),),
        kind=_("Material"),
        texts=((_("Reason for ending the cooperation"), wish.statement),),
    )


OF_APPLICATION = Receipt(
    Verb.FILE_EXIT_APPLICATION,
    _handed_in,
    title=_("Receipt of the exit application"),
    official="终止社会保障卡合作申请回执",
    file_name="终止合作申请回执",
    url="exit:receipt",
    keys=lambda case: [case.pk],
    back=page_of,
)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of the bank's application."""
    row = own_or_404(queries.cases(), bank, pk)
    return receipt_page(request, request.user, OF_APPLICATION, row, pdf=pdf, room=ROOM)


@require_GET
@for_members
def document(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Show or send the bank's written application, and record the download."""
    row = own_or_404(queries.cases(), bank, pk)
    found = row.document
    if found is None:
        raise Http404
    page = look_at(request, found, back=reverse("exit:case", args=[pk]), over=row.case_number)
    if page is not None:
        return page
    try:
        response = serve(found, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found, case=row, by=request.user)
    return response


@require_http_methods(["GET", "POST"])
@for_members
def apply(request: MemberRequest, bank: Bank) -> HttpResponseBase:
    """Show the form of the bank's application to exit; POST files it."""
    form = ExitApplicationForm(request.POST or None, handed_in(request))
    filed = carry_out(
        request,
        form,
        lambda given: file_exit_application(
            bank=bank, by=request.user, document_name=given["document"].name, **given
        ),
        to=lambda case: reverse("exit:case", args=[case.pk]),
        done=lambda case: (
            _("%(number)s has been filed. Nothing changes until the bureau consents in writing.")
            % {"number": case}
        ),
    )
    if filed:
        return filed
    context = {"bank": bank, "form": form, "verdict": rules.may_open(request.user, bank)}
    return render(request, "exit/apply.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def withdraw(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Ask for confirmation, then withdraw the bank's own application."""
    case = own_or_404(queries.cases(), bank, pk)
    form = WithdrawExitForm(request.POST or None)
    withdrawn = carry_out(
        request,
        form,
        lambda given: withdraw_exit_application(case=case, by=request.user),
        to=lambda row: reverse("exit:standing"),
        done=lambda row: (
            (
                _("The application in %(number)s has been withdrawn; the case goes on, on the other grounds.")
                if row.is_open
                else _("%(number)s has been withdrawn.")
            )
            % {"number": row}
        ),
    )
    if withdrawn:
        return withdrawn
    return render(request, "exit/withdraw.html", {"bank": bank, "case": case, "form": form})
