"""Portal pages of exit: the bank's application, its case, and the bar."""

from collections.abc import Iterator

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
from exit.cases.actions.cases import file_exit_application, withdraw_exit_application
from exit.cases.forms import ExitApplicationForm, WithdrawExitForm
from exit.cases.models import ExitCase
from exit.cases.terms import DUTIES
from zsbank.base.calendar.wording import in_words, through
from zsbank.base.cases.now import now_of, step_of
from zsbank.base.cases.pages import NextStep
from zsbank.base.files.actions import record_opening
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.refusals import Refused

ROOM = "exit:standing"


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield the bank's open exit case; after an exit, what runs and when the bank may apply again."""
    for case in queries.open_cases_of(bank):
        yield step_of(case, f"{case.case_number} · {case.get_ground_display()}", _("View the case"))
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
    rows = [(case, now_of(case), held and _is_withdrawable(request, case)) for case in queries.cases_of(bank)]
    context = {
        "bank": bank,
        "qualification": qualification_in_force(bank),
        "cases": rows,
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
        "now": now_of(row),
        "may_withdraw": held and _is_withdrawable(request, row),
        "last_day": bank.bar_last_day if row.signed_at else None,
        "aside": True,
        "room": ROOM,
    }
    return render(request, "exit/case.html", context)


@require_GET
@for_members
def document(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Show or send the bank's written application, and record the download."""
    row = own_or_404(ExitCase.objects.select_related("document", "bank"), bank, pk)
    if row.document is None:
        raise Http404
    page = look_at(request, row.document, back=reverse("exit:case", args=[pk]), over=row.case_number)
    if page is not None:
        return page
    try:
        response = serve(row.document, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=row.document, case=row, by=request.user)
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
    case = own_or_404(ExitCase.objects.all(), bank, pk)
    form = WithdrawExitForm(request.POST or None)
    withdrawn = carry_out(
        request,
        form,
        lambda given: withdraw_exit_application(case=case, by=request.user),
        to=lambda row: reverse("exit:standing"),
        done=lambda row: _("%(number)s has been withdrawn.") % {"number": row},
    )
    if withdrawn:
        return withdrawn
    return render(request, "exit/withdraw.html", {"bank": bank, "case": case, "form": form})
