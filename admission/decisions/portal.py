"""The page of a bank's application: the task list of a draft, afterwards where the case stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from admission.applications import queries
from admission.applications.actions.copying import earlier_application
from admission.applications.portal.applications import ROOM, own_application
from admission.applications.rules import open_request
from admission.applications.states import BANK_LABELS, OPEN, ApplicationState
from admission.decisions.queries import agreements_of
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.journal.queries import history_of
from zsbank.base.permissions import Verb

TOLD_BANK = (
    Verb.START_APPLICATION,
    Verb.SUBMIT_APPLICATION,
    Verb.ACCEPT_APPLICATION,
    Verb.REQUEST_SUPPLEMENT,
    Verb.HAND_IN_SUPPLEMENT,
    Verb.END_SUPPLEMENT,
    Verb.DECIDE,
    Verb.RECORD_AGREEMENT,
    Verb.WITHDRAW_APPLICATION,
)


@require_GET
@for_members
def task_list(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """A draft's task list; afterwards where the case stands and what happened."""
    application = own_application(bank, pk)
    tasks = queries.task_list(application)
    draft = application.state == ApplicationState.DRAFT
    context = {
        "bank": bank,
        "application": application,
        "label": BANK_LABELS[ApplicationState(application.state)],
        "tasks": tasks,
        "earlier": earlier_application(application) if draft else None,
        "next_task": next(iter((*tasks.incomplete, *tasks.attention)), None),
        "agreements": [(kind.label, signed) for kind, signed in agreements_of(application)],
        "open": application.state in OPEN,
        "request_open": open_request(application),
        "stops": application.supplement_requests.exclude(days_stood_still=None),
        "history": () if draft else history_of(application).filter(verb__in=TOLD_BANK),
        "room": ROOM,
        "aside": True,
    }
    return render(request, "admission/task_list.html" if draft else "admission/case.html", context)
