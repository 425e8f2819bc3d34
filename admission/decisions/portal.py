"""The portal page of an application: task list of a draft, then progress of the case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from admission.applications import queries
from admission.applications.actions.copying import earlier_application
from admission.applications.changes import changes_in
from admission.applications.portal.applications import ROOM, own_application
from admission.applications.states import BANK_LABELS, ApplicationState
from admission.applications.time_limits import open_request
from admission.decisions.queries import agreements_of, progress_of
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.cases.now import now_of
from zsbank.base.journal.queries import history_of
from zsbank.base.permissions import Verb

SHOWN_TO_BANK = (
    Verb.START_APPLICATION,
    Verb.SUBMIT_APPLICATION,
    Verb.ACCEPT_APPLICATION,
    Verb.REQUEST_SUPPLEMENT,
    Verb.SUBMIT_SUPPLEMENT,
    Verb.END_SUPPLEMENT,
    Verb.DECIDE,
    Verb.RECORD_AGREEMENT,
    Verb.WITHDRAW_APPLICATION,
)


@require_GET
@for_members
def task_list(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the task list of a draft; after submission, the progress and history of the case."""
    application = own_application(bank, pk)
    tasks = queries.task_list(application)
    draft, asked = application.is_draft, open_request(application)
    context = {
        "bank": bank,
        "application": application,
        "label": BANK_LABELS[ApplicationState(application.state)],
        "tasks": tasks,
        "earlier": earlier_application(application) if draft else None,
        "next_task": next(iter((*tasks.incomplete, *tasks.attention)), None),
        "agreements": [(kind.label, signed) for kind, signed in agreements_of(application)],
        "now": now_of(application),
        "received": queries.received_in_words(application),
        "progress": progress_of(application),
        "request_open": asked,
        "changes": changes_in(asked) if asked else (),
        "supplements": application.supplement_requests.exclude(submitted_at=None),
        "stops": application.supplement_requests.exclude(suspended_days=None),
        "history": () if draft else history_of(application).filter(verb__in=SHOWN_TO_BANK),
        "room": ROOM,
        "aside": True,
    }
    return render(request, "admission/task_list.html" if draft else "admission/case.html", context)
