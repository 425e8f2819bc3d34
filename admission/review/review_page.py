"""The review page: all criteria of a case, one of them shown, its evidence beside it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.applications.states import TO_DECIDE
from admission.review.actions.casework import record_presence, write_note
from admission.review.actions.findings import record_finding
from admission.review.actions.opinions import ask_opinion
from admission.review.actions.supplements import record_remark
from admission.review.panels import panels_of
from admission.review.queries import colleagues_present, review_list
from admission.review.review_saving import save
from admission.review.states import FINDING_TONES, FindingResult
from zsbank.base.accounts.models import User
from zsbank.base.cases.turns import SHAPES
from zsbank.base.refusals import Refused


def review(request: HttpRequest, application: Application, number: int) -> HttpResponse:
    """The criteria of a case to an officer who may see it, one of them shown; POST saves what was written of it."""
    tasks = review_list(application)
    task = next((task for task in tasks.tasks if task.criterion.number == number), None)
    if task is None or not isinstance(request.user, User):
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            return save(request, request.user, application, task)
        except Refused as refusal:
            refused = str(refusal)
    may_find = record_finding.verdict(request.user, application)
    panels = panels_of(tasks, request.user, may_ask=ask_opinion.verdict(request.user, application).allowed)
    context = {
        "application": application,
        "tasks": tasks,
        "panels": panels,
        "current": next(panel for panel in panels if panel.number == number),
        "may_find": may_find.allowed,
        "why_no_finding": _why_not_now() if may_find.has("wrong_state") else may_find.why_not,
        "may_remark": record_remark.verdict(request.user, application).allowed,
        "may_note": write_note.verdict(request.user, application).allowed,
        "decided": application.state not in TO_DECIDE,
        "results": _results(),
        "refused": refused,
        "typed": request.POST,
        "typed_on": number if refused else 0,
        "found": sum(task.finding is not None for task in tasks.tasks),
    }
    return render(request, "admission/review.html", context)


def presence(request: HttpRequest, application: Application, number: int) -> HttpResponse:
    """Keep that an officer is at a criterion, and show who else has the case open."""
    if isinstance(request.user, User) and request.method == "POST":
        record_presence(application=application, by=request.user, number=number)
        others = colleagues_present(application, request.user)
        return render(request, "admission/presence.html", {"others": others, "number": number})
    raise Http404


def _why_not_now() -> str:
    return _("Findings are recorded while the application is under review.")


def _results() -> list[tuple[str, str, str, str]]:
    """Value, word, tone and shape of each finding."""
    return [
        (one.value, str(one.label), FINDING_TONES[one], SHAPES[FINDING_TONES[one]]) for one in FindingResult
    ]
