"""The page on which a bank reads what is intended and states its case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from banks.hearings import actions as hearings
from banks.hearings.forms import StatementForm
from banks.hearings.models import PriorNotice
from banks.hearings.rules import may_state
from banks.register.access import MemberRequest, for_members, own_or_404, refusal_shown_in
from banks.register.models import Bank


@require_http_methods(["GET", "POST"])
@for_members
def notice(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """What is intended against the bank and why; it states its case, and reads what was answered."""
    told = own_or_404(PriorNotice.objects.select_related("letter", "stated_by"), bank, pk)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            hearings.state_case(notice=told, text=form.cleaned_data["text"], by=request.user)
            messages.success(
                request, _("The bank's statement is on record. The bureau checks and answers it.")
            )
            return redirect("banks:notice", pk)
    context = {"bank": bank, "notice": told, "form": form, "may": may_state(told), "room": "", "aside": True}
    return render(request, "banks/notice.html", context)
