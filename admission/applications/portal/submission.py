"""The portal page on which a bank checks its whole application and submits it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from admission.applications.actions.applications import submit_application
from admission.applications.forms import SubmitForm
from admission.applications.portal.applications import own_application, page_of
from admission.applications.portal.whole import whole_context
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.pages.submitted_form import carry_out


@require_http_methods(["GET", "POST"])
@for_members
def submit(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the whole application and what is missing; if nothing is, the declaration and the submit button."""
    application = own_application(bank, pk)
    if request.method == "GET" and not application.is_draft:
        return redirect("admission:whole", pk)
    form = SubmitForm(request.POST or None)
    submitted = carry_out(
        request,
        form,
        lambda given: submit_application(application=application, by=request.user),
        to=page_of,
        done=lambda row: (
            _("%(number)s has been submitted. The next step is acceptance by the bureau.")
            % {"number": row.case_number}
        ),
    )
    if submitted:
        return submitted
    context = whole_context(request, bank, application)
    context |= {"form": form, "verdict": submit_application.verdict(request.user, application)}
    return render(request, "admission/submit.html", context)
