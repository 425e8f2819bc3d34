"""Portal pages of evidence: upload, download, and copying earlier answers."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from admission.applications.actions.copying import copy_answers, earlier_answers, earlier_application
from admission.applications.actions.evidence import attach_evidence, replace_evidence
from admission.applications.forms import CopyForm, EvidenceForm, EvidenceList
from admission.applications.gaps import missing_in
from admission.applications.models import Application, Evidence
from admission.applications.portal.applications import ROOM, own_application, page_of
from admission.applications.rules import may_edit
from admission.applications.time_limits import open_request
from admission.applications.undertakings import standing_commitment
from admission.editions.models import Criterion
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.files.actions import record_opening
from zsbank.base.files.forms import renamings, show_refusal
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.refusals import PROBLEM, Refused, problem

PLAINLY = {"ensure_ascii": False}


def attach_or_replace(
    by: User, application: Application, criterion: Criterion, given: dict[str, Any]
) -> Evidence:
    """Attach a document, or replace the chosen one.

    Raises:
        Refused: as for `attach_evidence` and `replace_evidence`.
    """
    file = given["file"]
    if not given.get("replaces"):
        return attach_evidence(
            application=application, criterion=criterion, by=by, content=file, name=file.name
        )
    rows = Evidence.objects.filter(answer__application=application, answer__criterion=criterion)
    earlier = get_object_or_404(rows, pk=given["replaces"])
    return replace_evidence(evidence=earlier, by=by, content=file, name=file.name)


@require_POST
@for_members
def upload(request: MemberRequest, bank: Bank, pk: int, number: int) -> HttpResponse:
    """Store one document and return the changed parts of the page; a refusal has status 422 and the reason."""
    application = own_application(bank, pk)
    asked = get_object_or_404(application.edition.criteria, number=number)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    form = EvidenceForm(answer, request.POST, request.FILES)
    if form.is_valid():
        try:
            attach_or_replace(request.user, application, asked, form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
    if form.errors:
        reasons = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse(
            problem(422, "refused", reasons), status=422, content_type=PROBLEM, json_dumps_params=PLAINLY
        )
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    context = {
        "evidence": EvidenceList(answer, open_request(application)),
        "editable": may_edit(application, asked).allowed,
        "form": EvidenceForm(answer),
        "lacking": missing_in(asked, answer, standing_commitment(application)),
        "renamings": renamings(form),
    }
    parts = render_to_string("admission/uploaded.html", context, request)
    return JsonResponse({"parts": parts}, json_dumps_params=PLAINLY)


@require_GET
@for_members
def evidence(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Show or send a document or an earlier revision of one, and record the download."""
    rows = Evidence.objects.select_related("file", "answer__application").filter(
        answer__application__bank=bank
    )
    found = get_object_or_404(rows.select_related("answer__criterion"), pk=pk)
    application, number = found.answer.application, found.answer.criterion.number
    back = reverse("admission:criterion", args=[application.pk, number])
    page = look_at(request, found.file, back=back, over=f"{application.case_number} · {number}")
    if page is not None:
        return page
    try:
        response = serve(found.file, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found.file, case=found.answer.application, by=request.user)
    return response


@require_http_methods(["GET", "POST"])
@for_members
def copy(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show earlier answers that may be copied; POST copies the chosen ones."""
    application = own_application(bank, pk)
    offered = earlier_answers(application)
    form = CopyForm(
        [earlier.criterion.number for earlier in offered], request.POST if request.method == "POST" else None
    )
    copied = carry_out(
        request,
        form,
        lambda given: copy_answers(application=application, by=request.user, numbers=given["numbers"]),
        to=lambda answers: page_of(application),
        done=lambda answers: _("Answers copied: %(n)s.") % {"n": len(answers)},
    )
    if copied:
        return copied
    chosen = form.data.getlist("numbers") if form.is_bound else None  # type: ignore[attr-defined]
    context = {
        "bank": bank,
        "application": application,
        "form": form,
        "earlier_answers": [
            (one, str(one.criterion.number) in chosen if chosen is not None else one.is_preselected)
            for one in offered
        ],
        "source": earlier_application(application),
        "may": copy_answers.verdict(request.user, application),
        "room": ROOM,
    }
    return render(request, "admission/copy.html", context)
