"""The portal page where a bank reads a prior notice and states its case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from banks.hearings.actions import state_case
from banks.hearings.forms import StatementForm
from banks.hearings.models import PriorNotice
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from zsbank.base.pages.submitted_form import carry_out


@require_http_methods(["GET", "POST"])
@for_members
def notice(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show a prior notice with its statement and answer; POST records the statement."""
    row = own_or_404(PriorNotice.objects.select_related("letter", "stated_by"), bank, pk)
    form = StatementForm(request.POST if request.method == "POST" else None)
    stated = carry_out(
        request,
        form,
        lambda given: state_case(notice=row, text=given["text"], by=request.user),
        done=lambda row: _("The statement has been recorded. The bureau will check and answer it."),
        to=lambda row: reverse("banks:notice", args=[row.pk]),
    )
    if stated:
        return stated
    may = state_case.verdict(request.user, row)
    context = {"bank": bank, "notice": row, "form": form, "may": may, "room": "", "aside": True}
    return render(request, "banks/notice.html", context)
