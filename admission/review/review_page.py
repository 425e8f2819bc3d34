"""The review page: one criterion at a time with its evidence; findings are autosaved."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from admission.applications.models import Answer, Application
from admission.applications.queries import shown_fact
from admission.applications.states import TO_DECIDE
from admission.editions.models import Criterion
from admission.editions.terms import CONTACTS
from admission.review.actions.casework import record_presence, write_note
from admission.review.actions.findings import record_finding
from admission.review.actions.opinions import ask_opinion
from admission.review.actions.supplements import record_remark
from admission.review.forms import FindingForm, NoteForm, RemarkForm
from admission.review.queries import ReviewTask, colleagues_present, earlier_finding, review_list
from admission.review.rules import may_ask_opinion
from admission.review.states import FindingResult
from zsbank.base.accounts.models import User
from zsbank.base.files.forms import show_refusal
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.contacts import shown_to
from zsbank.base.pages.file_response import INLINE_KINDS
from zsbank.base.refusals import Refused


class HtmxRequest(HttpRequest):
    """A request with the attribute added by django-htmx's middleware."""

    htmx: HtmxDetails


@dataclass(frozen=True)
class ShownFile:
    """A file on the page: its address, and whether the browser can show it inline."""

    file: StoredFile
    address: str
    in_page: bool


def review(request: HtmxRequest, application: Application, number: int) -> HttpResponse:
    """Show one criterion of a case; POST saves a finding, a remark or a note."""
    tasks = review_list(application)
    task = next((task for task in tasks.tasks if task.criterion.number == number), None)
    if task is None or not isinstance(request.user, User):
        raise Http404
    may_find = record_finding.verdict(request.user, application)
    remark = application.remarks.filter(criterion=task.criterion).first()
    if request.method == "POST" and "note" in request.POST:
        return _save_note(request, request.user, application, task)
    if request.method == "POST" and "text" in request.POST:
        return _save_remark(request, request.user, application, task)
    form = FindingForm(request.POST if request.method == "POST" else None, initial=_initial_finding(task))
    if request.method == "POST":
        return _save_finding(request, request.user, application, task, form)
    files = [*_files(application, task.answer), *_of_visits(application, task.criterion)]
    context = {
        "application": application,
        "tasks": tasks,
        "task": task,
        "form": form,
        "may_find": may_find.allowed,
        "why_no_finding": _why_not_now() if may_find.has("wrong_state") else may_find.why_not,
        "may_remark": record_remark.verdict(request.user, application).allowed,
        "remark": remark,
        "decided": application.state not in TO_DECIDE,
        "results": FindingResult.choices,
        "facts": _facts(task.criterion, task.answer, request.user),
        "files": files,
        "revisions": [
            (old, _shown(application, old.file).address)
            for _current, earlier in (task.answer.evidence_with_revisions if task.answer else ())
            for old in earlier
        ],
        "openable": any(shown.file.is_given_out for shown in files),
        "first": next((shown for shown in files if shown.in_page), None),
        "opinion": application.opinions.filter(criterion=task.criterion, withdrawn_at=None).first(),
        "may_ask": ask_opinion.verdict(request.user, application).allowed
        and may_ask_opinion(application, task.criterion).allowed,
        "visits": application.site_visits.filter(criteria=task.criterion).select_related(
            "led_by", "accompanied_by"
        ),
        "notes": application.notes.filter(criterion=task.criterion).select_related("by"),
        "may_note": write_note.verdict(request.user, application).allowed,
        "earlier": earlier_finding(application, task.criterion),
        "before": number - 1 if number > 1 else None,
        "after": number + 1 if number < len(tasks.tasks) else None,
        "found": sum(task.finding is not None for task in tasks.tasks),
    }
    return render(request, "admission/review.html", context)


def presence(request: HttpRequest, application: Application, number: int) -> HttpResponse:
    """Store an officer's presence at a criterion and show which colleagues have the case open."""
    if isinstance(request.user, User) and request.method == "POST":
        record_presence(application=application, by=request.user, number=number)
        others = colleagues_present(application, request.user)
        return render(request, "admission/presence.html", {"others": others, "number": number})
    raise Http404


def _why_not_now() -> str:
    return _("You can record findings only while the application is under review.")


def _save_note(request: HtmxRequest, by: User, application: Application, task: ReviewTask) -> HttpResponse:
    """Write an internal note; a refused one stays in the form with the reason."""
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            write_note(
                application=application, by=by, text=form.cleaned_data["note"], criterion=task.criterion
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            form = NoteForm()
    notes = application.notes.filter(criterion=task.criterion).select_related("by")
    if not request.htmx and not form.errors:
        return redirect("admin:admission_application_review", application.pk, task.criterion.number)
    return render(request, "admission/notes.html", {"notes": notes, "note_form": form, "may_note": True})


def _initial_finding(task: ReviewTask) -> dict[str, Any]:
    finding = task.finding
    return {"result": finding.result, "reason": finding.reason} if finding else {}


def _save_remark(request: HtmxRequest, by: User, application: Application, task: ReviewTask) -> HttpResponse:
    """Record what is missing; the answer says whether it was saved, or why not."""
    form, refused, remark = RemarkForm(request.POST), "", None
    if form.is_valid():
        try:
            remark = record_remark(
                application=application, criterion=task.criterion, by=by, text=form.cleaned_data["text"]
            )
        except Refused as refusal:
            refused = str(refusal)
    else:
        refused = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if not request.htmx and not refused:
        return redirect("admin:admission_application_review", application.pk, task.criterion.number)
    return render(request, "admission/finding_status.html", {"refused": refused, "remark": remark})


def _save_finding(
    request: HtmxRequest, by: User, application: Application, task: ReviewTask, form: FindingForm
) -> HttpResponse:
    """Record a finding; the answer says whether it was saved, or why not, and the input stays in the page."""
    refused = ""
    if form.is_valid():
        try:
            record_finding(
                application=application,
                criterion=task.criterion,
                by=by,
                result=FindingResult(form.cleaned_data["result"]),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            refused = str(refusal)
    else:
        refused = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if not request.htmx and not refused:
        return redirect("admin:admission_application_review", application.pk, task.criterion.number)
    tasks = review_list(application)
    context = {
        "application": application,
        "tasks": tasks,
        "task": next(own for own in tasks.tasks if own.criterion.pk == task.criterion.pk),
        "found": sum(own.finding is not None for own in tasks.tasks),
        "refused": refused,
        "remark": None,
    }
    return render(request, "admission/finding_said.html", context, status=200)


def _facts(criterion: Criterion, answer: Answer | None, reader: User) -> list[tuple[str, Any]]:
    if answer is None:
        return []
    given = [(field, shown_fact(field, answer.facts.get(field.name))) for field in criterion.fact_fields]
    return [
        (field.label, shown_to(reader, str(value)) if value and field.kind in CONTACTS else value)
        for field, value in given
    ]


def _of_visits(application: Application, criterion: Criterion) -> list[ShownFile]:
    """Return the files of site visits that are evidence for a criterion."""
    return [
        _shown(application, file)
        for visit in application.site_visits.filter(criteria=criterion).prefetch_related("files")
        for file in visit.files.all()
    ]


def _shown(application: Application, file: StoredFile) -> ShownFile:
    address = reverse("admin:admission_application_file", args=[application.pk, file.pk])
    return ShownFile(file, address, file.is_given_out and file.kind in INLINE_KINDS)


def _files(application: Application, answer: Answer | None) -> list[ShownFile]:
    if answer is None:
        return []
    return [_shown(application, evidence.file) for evidence in answer.standing_evidence]
