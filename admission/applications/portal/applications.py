"""Portal pages of a bank's applications: list, start, receipt, supplement, withdrawal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from admission.applications.actions.applications import (
    delete_draft,
    start_application,
    withdraw_application,
)
from admission.applications.actions.supplements import submit_supplement
from admission.applications.changes import changes_in
from admission.applications.forms import DeleteForm, StartForm, SupplementForm, WithdrawForm
from admission.applications.models import Application
from admission.applications.queries import applications_of, letter_about_standing
from admission.applications.rules import may_change_commitment
from admission.applications.time_limits import is_in_time, open_request
from admission.editions.models import PolicyEdition
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.cases.now import now_of
from zsbank.base.pages.submitted_form import carry_out

ROOM = "admission:list"


def own_application(bank: Bank, pk: int) -> Application:
    """Return an application of this bank; another bank's is answered as if it did not exist."""
    return own_or_404(Application.objects.select_related("bank", "edition"), bank, pk)


def page_of(application: Application) -> str:
    """Return the address of an application's portal page."""
    return reverse("admission:task_list", args=[application.pk])


@require_GET
@for_members
def applications(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the bank's applications, newest first."""
    context = {
        "bank": bank,
        "applications": applications_of(bank.pk),
        "may_start": start_application.verdict(request.user, bank),
        "room": ROOM,
    }
    return render(request, "admission/list.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def start(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Show whether the bank may apply; POST starts an application."""
    form = StartForm(request.POST or None)
    started = carry_out(
        request, form, lambda given: start_application(bank=bank, by=request.user), to=page_of
    )
    context = {
        "bank": bank,
        "form": form,
        "verdict": start_application.verdict(request.user, bank),
        "edition": PolicyEdition.objects.valid_on(clock.today()),
        "letter": letter_about_standing(bank),
        "room": ROOM,
    }
    return started or render(request, "admission/start.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def supplement(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the requested items with what each still lacks, then the submit button."""
    application = own_application(bank, pk)
    asked = open_request(application)
    changes = changes_in(asked) if asked else []
    unchanged = [one.item.criterion.number for one in changes if not one.changed]
    form = SupplementForm(unchanged, request.POST if request.method == "POST" else None)
    submitted = carry_out(
        request,
        form,
        lambda given: submit_supplement(
            application=application,
            by=request.user,
            unchanged=form.unchanged if given.get("unchanged") else (),
        ),
        to=lambda row: (
            reverse("admission:supplement_receipt", args=[row.pk, asked.pk]) if asked else page_of(row)
        ),
        done=lambda row: (
            _("The supplement to %(number)s has been submitted. The bureau continues with the application.")
            % {"number": row.case_number}
        ),
    )
    if submitted:
        return submitted
    context = {
        "bank": bank,
        "application": application,
        "form": form,
        "request_open": asked,
        "changes": changes,
        "now": now_of(application),
        "may_sign": may_change_commitment(request.user, application).allowed,
        "verdict": submit_supplement.verdict(request.user, application),
        "late": asked is not None and not is_in_time(asked),
        "room": ROOM,
        "aside": True,
    }
    return render(request, "admission/supplement.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def delete(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask for confirmation, then delete the draft; say why if it is no draft."""
    application = own_application(bank, pk)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    deleted = carry_out(
        request,
        form,
        lambda given: delete_draft(application=application, by=request.user),
        to=lambda nothing: reverse(ROOM),
        done=lambda nothing: (
            _("The draft %(number)s has been deleted. Its number is not given again.")
            % {"number": application.case_number}
        ),
    )
    verdict = delete_draft.verdict(request.user, application)
    context = {"bank": bank, "application": application, "form": form, "verdict": verdict, "room": ROOM}
    return deleted or render(request, "admission/delete.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def withdraw(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask for confirmation, then withdraw the application."""
    application = own_application(bank, pk)
    form = WithdrawForm(request.POST or None)
    withdrawn = carry_out(
        request,
        form,
        lambda given: withdraw_application(application=application, by=request.user, reason=given["reason"]),
        to=lambda row: reverse(ROOM),
        done=lambda row: _("%(number)s has been withdrawn.") % {"number": row.case_number},
    )
    context = {"bank": bank, "application": application, "form": form, "room": ROOM}
    return withdrawn or render(request, "admission/withdraw.html", context)
