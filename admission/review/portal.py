"""The page that shows a bank the time limit of its application day by day."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from admission.applications.portal.applications import ROOM, own_application
from admission.review.deadline_calendar import clock_of
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank


@require_GET
@for_members
def clock_days(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """The time limit of the case day by day, once it runs."""
    application = own_application(bank, pk)
    if application.submitted_at is None:
        raise Http404
    return render(request, "admission/clock.html", clock_of(application) | {"bank": bank, "room": ROOM})
