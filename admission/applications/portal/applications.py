"""Pages of a bank's applications: the list, start, submission, receipt, supplement, withdrawal."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from admission.applications.actions.applications import (
    start_application,
    submit_application,
    withdraw_application,
)
from admission.applications.actions.cases import note
from admission.applications.actions.supplements import hand_in_supplement
from admission.applications.forms import StartForm, SubmitForm, SupplementForm, WithdrawForm
from admission.applications.models import Application
from admission.applications.queries import applications_of, handed_in_with, letter_that_says_why, task_list
from admission.applications.rules import may_hand_in, may_start, may_submit, open_request
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from banks.register.access import MemberRequest, for_members, own_or_404, refusal_shown_in
from banks.register.models import Bank
from zsbank.base.accounts.user_lock import Busy, one_at_a_time
from zsbank.base.calendar import clock
from zsbank.base.letters.render import faces, pdf_from
from zsbank.base.permissions import Verb

ROOM = "admission:list"


def own_application(bank: Bank, pk: int) -> Application:
    return own_or_404(Application.objects.select_related("bank", "edition"), bank, pk)


@require_GET
@for_members
def applications(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The bank's applications, newest first."""
    context = {
        "bank": bank,
        "applications": applications_of(bank.pk),
        "may_start": may_start(bank, on=clock.today()),
        "room": ROOM,
    }
    return render(request, "admission/list.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def start(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Whether the bank may apply and, when it may, the beginning of it."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            application = start_application(bank=bank, by=request.user)
            return redirect("admission:task_list", application.pk)
    context = {
        "bank": bank,
        "form": form,
        "verdict": may_start(bank, on=clock.today()),
        "edition": PolicyEdition.objects.valid_on(clock.today()),
        "letter": letter_that_says_why(bank),
        "room": ROOM,
    }
    return render(request, "admission/start.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def submit(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """All that is missing, each a link; nothing missing: the declaration, and handing in."""
    application = own_application(bank, pk)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            submit_application(application=application, by=request.user)
            messages.success(
                request,
                _("%(number)s is handed in. The bureau accepts it next.")
                % {"number": application.case_number},
            )
            return redirect("admission:task_list", pk)
    context = {
        "bank": bank,
        "application": application,
        "form": form,
        "tasks": task_list(application),
        "verdict": may_submit(application, on=clock.today()),
        "draft": application.state == ApplicationState.DRAFT,
        "room": ROOM,
    }
    return render(request, "admission/submit.html", context)


def _handed_in(bank: Bank, pk: int) -> dict[str, Any]:
    """What a receipt says: number, moment, person, and each file with its hash."""
    application = own_application(bank, pk)
    if application.submitted_at is None:
        raise Http404
    return {"bank": bank, "application": application, "evidence": handed_in_with(application)}


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """The receipt of an application that was handed in."""
    return render(request, "admission/receipt.html", _handed_in(bank, pk) | {"room": ROOM})


@require_GET
@for_members
def receipt_pdf(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """The receipt as a file to keep; made from rows that no longer change, so it says the same each time.

    Setting it takes a second or two of a processor, so each person has one made at a time.
    """
    context = _handed_in(bank, pk)
    number = context["application"].case_number
    page = render_to_string(
        "letters/receipt.html", context | {"faces": faces(), "organ": settings.BUREAU_NAME}
    )
    try:
        with one_at_a_time(request.user, "receipt"):
            content = pdf_from(page, identifier=number)
    except Busy as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=429)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{number} 回执.pdf") or ""
    note(context["application"], Verb.DOWNLOAD_RECEIPT, request.user)
    return answer


@require_http_methods(["GET", "POST"])
@for_members
def supplement(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """All that is asked for, each a link with what it still lacks; then handing it in."""
    application = own_application(bank, pk)
    form = SupplementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            hand_in_supplement(application=application, by=request.user)
            messages.success(
                request,
                _("The supplement to %(number)s is handed in. The bureau goes on with it.")
                % {"number": application.case_number},
            )
            return redirect("admission:task_list", pk)
    context = {
        "bank": bank,
        "application": application,
        "form": form,
        "request_open": open_request(application),
        "verdict": may_hand_in(application),
        "room": ROOM,
    }
    return render(request, "admission/supplement.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def withdraw(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then take the application back."""
    application = own_application(bank, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            withdraw_application(application=application, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(number)s is withdrawn.") % {"number": application.case_number})
            return redirect("admission:list")
    context = {"bank": bank, "application": application, "form": form, "room": ROOM}
    return render(request, "admission/withdraw.html", context)
