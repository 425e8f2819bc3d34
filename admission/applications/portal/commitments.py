"""Portal pages of the service commitment: the sheet to sign, its signed scan, and the download."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from admission.applications.actions.commitments import (
    attach_commitment,
    correct_commitment,
    remove_commitment,
    restore_commitment,
)
from admission.applications.documents import commitments_with_revisions, removed_commitments
from admission.applications.forms import CommitmentForm
from admission.applications.models import Application, ServiceCommitment
from admission.applications.portal.applications import ROOM, own_application
from admission.applications.queries import task_list
from admission.applications.rules import may_change_commitment, may_restore_commitment
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.cases.turns import Text
from zsbank.base.files.actions import record_opening
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.papers import pdf_response
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.refusals import Refused


def _own_with_undertakings(bank: Bank, pk: int) -> Application:
    """Return an application whose edition asks for undertakings."""
    application = own_application(bank, pk)
    if not application.edition.criteria.filter(undertaking_needed=True).exists():
        raise Http404
    return application


def _back(result: object, application: Application) -> str:
    return reverse("admission:commitment", args=[application.pk])


@require_http_methods(["GET", "POST"])
@for_members
def commitment(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the undertakings and the service commitment; POST attaches, corrects, removes or restores the scan."""
    application = _own_with_undertakings(bank, pk)
    for name, change in CHANGES.items():
        if name in request.POST:
            return _change(request, application, request.POST[name], change)
    tasks = task_list(application)
    form = CommitmentForm(tasks.commitment, request.POST or None, handed_in(request))
    saved = carry_out(
        request,
        form,
        lambda given: _save(application, request.user, given),
        to=lambda row: _back(row, application),
        done=lambda row: (
            _("The service commitment has been saved: signed by %(name)s on %(day)s.")
            % {"name": row.signatory, "day": row.signed_on}
        ),
    )
    if saved:
        return saved
    context = {
        "bank": bank,
        "application": application,
        "tasks": tasks,
        "form": form,
        "standing": tasks.commitment,
        "given": sum(task.undertaking is not None for task in tasks.undertakings),
        "faults": tasks.commitment_faults,
        "earlier": [row for row in commitments_with_revisions(application) if row != tasks.commitment],
        "removed": [
            row for row in removed_commitments(application) if may_restore_commitment(request.user, row)
        ],
        "may": may_change_commitment(request.user, application),
        "room": ROOM,
    }
    return render(request, "admission/commitment.html", context)


def _shown(application: Application, pk: int | None) -> ServiceCommitment | None:
    """Return the service commitment that the person was shown."""
    return get_object_or_404(application.commitments, pk=pk) if pk else None


def _save(application: Application, by: User, given: dict[str, Any]) -> ServiceCommitment:
    """Attach a scan; without a file, correct signatory and date of the one that was shown."""
    shown = _shown(application, given["replaces"])
    signed = {"signatory": given["signatory"], "signed_on": given["signed_on"]}
    file = given["file"]
    if file is None and shown is not None:
        return correct_commitment(commitment=shown, by=by, **signed)
    return attach_commitment(
        application=application, by=by, content=file, name=file.name, replaces=shown, **signed
    )


CHANGES: dict[str, tuple[Action[..., ServiceCommitment], Text]] = {
    "remove": (remove_commitment, _("The service commitment has been removed; you can restore it below.")),
    "restore": (
        restore_commitment,
        _("The service commitment has been restored, and with it the undertakings."),
    ),
}
"""By name of the button, the action and what is said after it."""


def _change(
    request: MemberRequest,
    application: Application,
    number: str,
    change: tuple[Action[..., ServiceCommitment], Text],
) -> HttpResponse:
    """Remove or restore a service commitment."""
    run, said = change
    found = _shown(application, int(number) if number.isascii() and number.isdecimal() else 0)
    if found is None:
        raise Http404
    try:
        run(commitment=found, by=request.user)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    messages.success(request, str(said))
    return redirect("admission:commitment", application.pk)


@require_GET
@for_members
def commitment_sheet(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Send the service commitment as PDF: all undertakings, with places for seal, signature and date."""
    application = _own_with_undertakings(bank, pk)
    context = {
        "bank": bank,
        "application": application,
        "criteria": application.edition.criteria.filter(undertaking_needed=True),
    }
    return pdf_response(
        request,
        request.user,
        "letters/commitment.html",
        context,
        name=f"{application.case_number} 服务承诺书.pdf",
        identifier=f"{application.case_number} commitment",
    )


@require_GET
@for_members
def commitment_file(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Show or send the scan of a service commitment or of an earlier revision, and record the download."""
    rows = ServiceCommitment.objects.select_related("file", "application").filter(application__bank=bank)
    found = get_object_or_404(rows, pk=pk)
    back = reverse("admission:commitment", args=[found.application_id])
    page = look_at(request, found.file, back=back, over=str(_("Service commitment")))
    if page is not None:
        return page
    try:
        response = serve(found.file, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found.file, case=found.application, by=request.user)
    return response
