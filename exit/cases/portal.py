"""Pages of how a bank leaves: its own application, its case, and the bar afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import MemberRequest, for_members, own_or_404, refusal_shown_in
from banks.register.models import Bank
from banks.register.rules import qualification_in_force, roles_for
from exit.cases import queries, rules
from exit.cases.actions.cases import file_exit_application, withdraw_exit_application
from exit.cases.forms import ExitApplicationForm, WithdrawExitForm
from exit.cases.models import ExitCase
from exit.cases.states import OPEN
from exit.cases.terms import ExitGround
from zsbank.base.accounts.rules import may
from zsbank.base.permissions import Verb


@require_GET
@for_members
def standing(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Whether a case is open, what came of earlier ones, and until when a bar runs."""
    roles = roles_for(request.user, bank)
    context = {
        "bank": bank,
        "qualification": qualification_in_force(bank),
        "cases": queries.cases_of(bank),
        "may_file": rules.may_open(bank).allowed and may(roles, Verb.FILE_EXIT_APPLICATION).allowed,
        "may_withdraw": may(roles, Verb.WITHDRAW_EXIT_APPLICATION).allowed,
        "own_ground": ExitGround.VOLUNTARY,
        "open_states": OPEN,
        "aside": True,
    }
    return render(request, "exit/standing.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def apply(request: MemberRequest, bank: Bank) -> HttpResponse:
    """File the bank's written application to leave."""
    form = ExitApplicationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["document"]
        with refusal_shown_in(form):
            case = file_exit_application(
                bank=bank,
                by=request.user,
                statement=form.cleaned_data["statement"],
                document=document,
                document_name=document.name,
            )
            messages.success(
                request,
                _("%(number)s is filed. Nothing changes until the bureau consents in writing.")
                % {"number": case},
            )
            return redirect("exit:standing")
    context = {"bank": bank, "form": form, "verdict": rules.may_open(bank)}
    return render(request, "exit/apply.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def withdraw(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then take the bank's own application back."""
    case = own_or_404(ExitCase.objects.all(), bank, pk)
    form = WithdrawExitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            withdraw_exit_application(case=case, by=request.user)
            messages.success(request, _("%(number)s is withdrawn.") % {"number": case})
            return redirect("exit:standing")
    return render(request, "exit/withdraw.html", {"bank": bank, "case": case, "form": form})
