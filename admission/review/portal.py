"""The portal page of the time limit of an application."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from admission.applications.portal.applications import ROOM, own_application
from admission.review.deadline_calendar import time_limit_context
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank


@require_GET
@for_members
def clock_days(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the time limit day by day, once it is running."""
    application = own_application(bank, pk)
    if application.submitted_at is None:
        raise Http404
    return render(
        request, "admission/clock.html", time_limit_context(application) | {"bank": bank, "room": ROOM}
    )
