"""The portal page of one criterion: requirement, answer and evidence."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from admission.applications.actions.answers import save_answer
from admission.applications.actions.evidence import remove_evidence
from admission.applications.checks import checks_for, registered_facts
from admission.applications.forms import AnswerForm
from admission.applications.models import Answer, Application, Evidence
from admission.applications.portal.applications import ROOM, own_application
from admission.applications.portal.evidence import attach_or_replace
from admission.applications.queries import facts_of
from admission.applications.rules import may_edit, missing_in, open_request
from admission.editions.models import Criterion
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank, CardVendor
from zsbank.base.files.forms import renamings, show_refusal
from zsbank.base.refusals import EditConflict, Refused


@require_http_methods(["GET", "POST"])
@for_members
def criterion(request: MemberRequest, bank: Bank, pk: int, number: int) -> HttpResponse:
    """Show one criterion with requirement, answer, evidence and checks; POST saves the answer."""
    application = own_application(bank, pk)
    asked = get_object_or_404(application.edition.criteria, number=number)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    form = AnswerForm(asked, answer, _vendors(), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _save(request, application, asked, form):
        again = form.cleaned_data.get("remove") or form.cleaned_data.get("file")
        last = number == application.edition.criteria.count() or "stay" in request.POST
        if again or last:
            return redirect("admission:criterion", pk, number)
        return redirect("admission:criterion", pk, number + 1)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    context = {
        "bank": bank,
        "application": application,
        "criterion": asked,
        "answer": answer,
        "form": form,
        "checks": checks_for(application).get(number, ()),
        "registered": registered_facts(asked, bank),
        "lacking": missing_in(asked, answer),
        "facts": facts_of(asked, answer),
        "editable": may_edit(application, asked).allowed,
        "asked_for": _asked_for(application, asked),
        "limit": settings.UPLOAD_MAX_BYTES,
        "count": application.edition.criteria.count(),
        "room": ROOM,
        "aside": True,
    }
    return render(request, "admission/criterion.html", context)


@require_POST
@for_members
def autosave(request: MemberRequest, bank: Bank, pk: int, number: int) -> HttpResponse:
    """Save the text while it is typed, without files; the answer states the time and what is still missing.

    Text that is not saved is answered with status 422 and the reasons; it stays in the page.
    """
    application = own_application(bank, pk)
    asked = get_object_or_404(application.edition.criteria, number=number)
    answer = application.answers.filter(criterion=asked).first()
    form = AnswerForm(asked, answer, _vendors(), request.POST)
    if form.is_valid():
        try:
            _save_answer(request, application, asked, form)
        except Refused as refusal:
            show_refusal(form, refusal)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    context = {
        "errors": [error for errors in form.errors.values() for error in errors],
        "answer": answer,
        "criterion": asked,
        "lacking": missing_in(asked, answer),
        "checks": checks_for(application).get(number, ()),
    }
    return render(request, "admission/saved.html", context, status=422 if form.errors else 200)


def _asked_for(application: Application, asked: Criterion) -> str:
    """Return what the bureau asks the bank to supplement in this criterion; empty if nothing."""
    request = open_request(application)
    item = request.items.filter(criterion=asked).first() if request else None
    return item.remark if item else ""


def _vendors() -> list[tuple[str, str]]:
    return [(str(vendor.pk), vendor.name) for vendor in CardVendor.objects.all()]


def _save(request: MemberRequest, application: Application, asked: Criterion, form: AnswerForm) -> bool:
    """Attach, save and remove as requested; False if one was refused, with earlier files attached."""
    given = form.cleaned_data
    try:
        for file in given.get("file") or ():
            attach_or_replace(request.user, application, asked, given | {"file": file})
        _save_answer(request, application, asked, form)
        if given.get("remove"):
            rows = Evidence.objects.filter(answer__application=application, answer__criterion=asked)
            remove_evidence(evidence=get_object_or_404(rows, pk=given["remove"]), by=request.user)
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, _("Criterion %(n)s has been saved.") % {"n": asked.number})
    for words in renamings(form):
        messages.info(request, words)
    return True


def _save_answer(
    request: MemberRequest, application: Application, asked: Criterion, form: AnswerForm
) -> None:
    given = form.cleaned_data
    try:
        save_answer(
            application=application,
            criterion=asked,
            by=request.user,
            text=given["text"],
            facts=given["facts"],
            signatory=given.get("signatory", ""),
            signed_on=given.get("signed_on"),
            version=given["version"],
        )
    except EditConflict:
        form.show_version(Answer.objects.get(application=application, criterion=asked).version)
        raise
