"""Saving the input of the review page: findings, remarks, notes.

The page's script asks for JSON and is told in words what became of it; without the script the same forms lead back to
the page.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.review.actions.casework import write_note
from admission.review.actions.findings import keep_finding, record_finding
from admission.review.actions.supplements import keep_remark, record_remark
from admission.review.forms import FindingForm, NoteForm, RemarkForm
from admission.review.models import Finding, Remark
from admission.review.queries import ReviewTask, review_list
from admission.review.states import FindingResult
from zsbank.base.accounts.models import User
from zsbank.base.files.forms import show_refusal
from zsbank.base.refusals import EditConflict, NotAllowed, Refused


def save(request: HttpRequest, by: User, application: Application, task: ReviewTask) -> HttpResponse:
    """Save the submitted form of the page: a note, a remark before acceptance, or a finding."""
    if "note" in request.POST:
        return _noted(request, by, application, task)
    if "text" in request.POST:
        return _kept(request, application, task, lambda: _remark(request, by, application, task))
    return _kept(request, application, task, lambda: _finding(request, by, application, task))


def _finding(request: HttpRequest, by: User, application: Application, task: ReviewTask) -> Finding:
    """Save a finding and return it, recorded unless it is being typed; a repeated request returns the stored one.

    Raises:
        Refused: the finding is incomplete, or the action refused it.
    """
    given = _cleaned(FindingForm(request.POST))
    result, reason, found = FindingResult(given["result"]), given["reason"], task.finding
    typing = _is_typing(request)
    same = found and found.by_id == by.pk and (found.result, found.reason) == (result, reason.strip())
    if found and same and (typing or found.recorded):
        return found  # sent again because the first answer was lost
    return (keep_finding if typing else record_finding)(
        application=application,
        criterion=task.criterion,
        by=by,
        result=result,
        reason=reason,
        seen=given["seen"] if "seen" in request.POST else None,
    )


def _remark(request: HttpRequest, by: User, application: Application, task: ReviewTask) -> Remark:
    """Save a remark and return it, recorded unless it is being typed; a repeated request returns the stored one.

    Raises:
        Refused: the remark is too long, or the action refused it.
    """
    given = _cleaned(RemarkForm(request.POST))
    noted = application.remarks.filter(criterion=task.criterion).first()
    typing = _is_typing(request)
    same = noted and noted.by_id == by.pk and noted.text == given["text"].strip()
    if noted and same and (typing or noted.recorded):
        return noted
    return (keep_remark if typing else record_remark)(
        application=application,
        criterion=task.criterion,
        by=by,
        text=given["text"],
        seen=given["seen"] if "seen" in request.POST else None,
    )


def _is_typing(request: HttpRequest) -> bool:
    """Return whether the person is still in the field."""
    return "typing" in request.POST


def _cleaned(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


def _kept(
    request: HttpRequest,
    application: Application,
    task: ReviewTask,
    save_it: Callable[[], Finding | Remark],
) -> HttpResponse:
    """Save, and answer the script with the result as JSON; without the script redirect to the page.

    Raises:
        Refused: the action refused it, and the request is not from a script.
    """
    if "application/json" not in request.headers.get("Accept", ""):
        save_it()
        return redirect("admin:admission_application_review", application.pk, task.criterion.number)
    try:
        saved = save_it()
    except EditConflict as conflict:
        theirs = _current(request, application, task)
        return JsonResponse({"said": str(conflict), "theirs": theirs and _shown(theirs)}, status=409)
    except Refused as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 400
        return JsonResponse({"said": str(refusal)}, status=status)
    return JsonResponse(_shown(saved) | _of_list(request, application, task))


def _of_list(request: HttpRequest, application: Application, task: ReviewTask) -> dict[str, str]:
    """Return the current HTML of the criterion's line in the list and of the count of findings."""
    tasks = review_list(application)
    fresh = next(one for one in tasks.tasks if one.criterion.pk == task.criterion.pk)
    found = sum(one.finding is not None for one in tasks.tasks)
    context = {"application": application, "tasks": tasks, "task": fresh, "found": found}
    return {
        "item": render_to_string("admission/finding_item.html", context, request),
        "count": render_to_string("admission/finding_count.html", context, request),
    }


def _current(request: HttpRequest, application: Application, task: ReviewTask) -> Finding | Remark | None:
    rows: Any = application.remarks if "text" in request.POST else application.findings
    row: Finding | Remark | None = rows.filter(criterion=task.criterion).select_related("by").first()
    return row


def _shown(row: Finding | Remark) -> dict[str, str]:
    """Return the stored finding or remark as the script shows it."""
    local = timezone.localtime(row.at)
    said = _("Saved %(time)s") % {"time": f"{local:%H:%M}"}
    known = {"seen": row.version, "said": said, "by": str(row.by), "at": f"{local:%Y-%m-%d %H:%M}"}
    if isinstance(row, Finding):
        return known | {"result": row.result, "word": str(row.get_result_display()), "reason": row.reason}
    return known | {"text": row.text}


def _noted(request: HttpRequest, by: User, application: Application, task: ReviewTask) -> HttpResponse:
    """Write an internal note on the criterion; a refused note stays in the page with the reason."""
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            write_note(
                application=application, by=by, text=form.cleaned_data["note"], criterion=task.criterion
            )
        except Refused as refusal:
            show_refusal(form, refusal)
    number = task.criterion.number
    if not form.errors:
        return redirect("admin:admission_application_review", application.pk, number)
    notes = application.notes.filter(criterion=task.criterion).select_related("by")
    context = {
        "notes": notes,
        "note_form": form,
        "may_note": True,
        "number": number,
        "address": request.path,
    }
    return render(request, "admission/notes.html", context)
