"""The portal page of one criterion: requirement, answer and evidence."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from admission.applications.actions.answers import keep_answer, save_answer
from admission.applications.actions.evidence import correct_evidence_dates, remove_evidence, restore_evidence
from admission.applications.checks import checks_for, registered_facts
from admission.applications.forms import AnswerForm, DatesForm, EvidenceList
from admission.applications.gaps import missing_in
from admission.applications.models import Answer, Application, Evidence, SupplementRequest
from admission.applications.portal.applications import ROOM, own_application
from admission.applications.portal.evidence import attach_or_replace
from admission.applications.queries import facts_of, offered_vendors
from admission.applications.rules import may_edit
from admission.applications.time_limits import open_request
from admission.applications.undertakings import standing_commitment, undertaking_in
from admission.editions.models import Criterion
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.actions.door import Action
from zsbank.base.cases.now import now_of
from zsbank.base.files.forms import renamings, show_refusal
from zsbank.base.files.posted import drop, handed_in, keep_chosen
from zsbank.base.refusals import LATE, EditConflict, Refused


@require_http_methods(["GET", "POST"])
@for_members
def criterion(request: MemberRequest, bank: Bank, pk: int, number: int) -> HttpResponse:
    """Show one criterion with requirement, answer, evidence and checks; POST saves the answer."""
    application = own_application(bank, pk)
    asked = get_object_or_404(application.edition.criteria, number=number)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    form = AnswerForm(asked, answer, offered_vendors(), request.POST or None, handed_in(request))
    evidence = EvidenceList(answer, open_request(application), request.POST or None)
    if request.method == "POST" and _is_saved(request, application, asked, form, evidence):
        given = form.cleaned_data
        again = given.get("remove") or given.get("restore") or given.get("file")
        if again or "stay" in request.POST:
            return redirect("admission:criterion", pk, number)
        return redirect(*_after(application, number))
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    commitment = standing_commitment(application)
    request_open, may = open_request(application), may_edit(application, asked)
    context = {
        "bank": bank,
        "evidence": EvidenceList(answer, request_open, request.POST or None),
        "application": application,
        "criterion": asked,
        "answer": answer,
        "form": form,
        "checks": checks_for(application).get(number, ()),
        "registered": registered_facts(asked, bank),
        "lacking": missing_in(asked, answer, commitment),
        "undertaking": undertaking_in(asked, answer, commitment),
        "facts": facts_of(asked, answer),
        "editable": may.allowed,
        "may": may,
        "late": may.has(LATE),
        "now": now_of(application),
        "asked_for": _asked_for(request_open, asked),
        "count": application.edition.criteria.count(),
        "room": ROOM,
        "aside": True,
    }
    return render(request, "admission/criterion.html", context)


@require_POST
@for_members
def autosave(request: MemberRequest, bank: Bank, pk: int, number: int) -> HttpResponse:
    """Save the text while it is typed, without files; the answer states the time and what is still missing.

    A date that cannot be, such as one with half of its year, is stored only when the person saves. Anything that is not
    saved is answered with status 422 and the reasons; it stays in the page.
    """
    application = own_application(bank, pk)
    asked = get_object_or_404(application.edition.criteria, number=number)
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    form = AnswerForm(asked, answer, offered_vendors(), request.POST)
    evidence = EvidenceList(answer, open_request(application), request.POST)
    if form.is_valid():
        try:
            _correct_dates(request, [dates for dates in evidence.dates if not dates.odd])
            _save_answer(request, application, asked, form, keep_answer)
        except Refused as refusal:
            show_refusal(form, refusal)
    saved = not form.errors
    errors = [str(error) for errors in form.errors.values() for error in errors]
    errors += [*evidence.wrong_dates, *(reason for dates in evidence.dates for reason in dates.odd)]
    answer = application.answers.with_evidence().filter(criterion=asked).first()
    context = {
        "errors": errors,
        "saved": saved,
        "answer": answer,
        "criterion": asked,
        "lacking": missing_in(asked, answer, standing_commitment(application)),
        "checks": checks_for(application).get(number, ()),
    }
    return render(request, "admission/saved.html", context, status=422 if errors else 200)


def _after(application: Application, number: int) -> tuple[str, *tuple[int, ...]]:
    """Return the page that follows a criterion; after the last one, the page on which to check and submit."""
    if number < application.edition.criteria.count():
        return "admission:criterion", application.pk, number + 1
    return "admission:submit" if application.is_draft else "admission:supplement", application.pk


def _asked_for(request: SupplementRequest | None, asked: Criterion) -> str:
    """Return what the bureau asks the bank to supplement in this criterion; empty if nothing."""
    item = request.items.filter(criterion=asked).first() if request else None
    return item.remark if item else ""


def _is_saved(
    request: MemberRequest,
    application: Application,
    asked: Criterion,
    form: AnswerForm,
    evidence: EvidenceList,
) -> bool:
    """Save the form; if it is refused, keep its files."""
    valid = form.is_valid() and not evidence.wrong_dates
    if valid and _save(request, application, asked, form, evidence):
        return True
    keep_chosen(form, request.user)
    return False


def _save(
    request: MemberRequest,
    application: Application,
    asked: Criterion,
    form: AnswerForm,
    evidence: EvidenceList,
) -> bool:
    """Attach, save, remove and restore as requested; False if one was refused, with earlier files attached."""
    given = form.cleaned_data
    renamed = renamings(form)
    try:
        for file in given.get("file") or ():
            attach_or_replace(request.user, application, asked, given | {"file": file})
            drop(form, "file", file)
        _correct_dates(request, evidence.dates)
        _save_answer(request, application, asked, form, save_answer)
        rows = Evidence.objects.filter(answer__application=application, answer__criterion=asked)
        said = _("Criterion %(n)s has been saved.") % {"n": asked.number}
        if given.get("remove"):
            removed = remove_evidence(evidence=get_object_or_404(rows, pk=given["remove"]), by=request.user)
            said = _("%(name)s has been removed; you can restore it below.") % {"name": removed}
        if given.get("restore"):
            restored = restore_evidence(
                evidence=get_object_or_404(rows, pk=given["restore"]), by=request.user
            )
            said = _("%(name)s has been restored.") % {"name": restored}
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, said)
    for words in renamed:
        messages.info(request, words)
    return True


def _correct_dates(request: MemberRequest, dates: Iterable[DatesForm]) -> None:
    """Store the dates that the person changed."""
    for form in dates:
        if form.is_to_be_kept:
            correct_evidence_dates(evidence=form.evidence, by=request.user, **form.cleaned_data)


def _save_answer(
    request: MemberRequest,
    application: Application,
    asked: Criterion,
    form: AnswerForm,
    save: Action[..., Answer],
) -> None:
    given = form.cleaned_data
    try:
        save(
            application=application,
            criterion=asked,
            by=request.user,
            text=given["text"],
            facts=given["facts"],
            signatory=given.get("signatory", ""),
            signed_on=given.get("signed_on"),
            version=given["version"],
            page=given["page"],
        )
    except EditConflict:
        form.show_version(Answer.objects.get(application=application, criterion=asked).version)
        raise
