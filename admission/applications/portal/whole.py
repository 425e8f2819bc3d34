"""Portal pages of the whole application: to read, to print, and as PDF."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from admission.applications.actions.applications import record_application_download
from admission.applications.models import Application, Evidence
from admission.applications.portal.applications import ROOM, own_application
from admission.applications.queries import received_in_words
from admission.applications.time_limits import open_request
from admission.applications.whole import OUTLETS_PRINTED, Given, Whole, whole_of
from admission.editions.models import Criterion
from banks.register.access import MemberRequest, for_members
from banks.register.forms import PageForm
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.cases.now import now_of
from zsbank.base.pages.look import LOOK
from zsbank.base.pages.papers import pdf_response


def address_of(given: Given) -> str:
    """Return the address at which the bank looks at a document of its application."""
    name = "admission:evidence" if isinstance(given, Evidence) else "admission:commitment_file"
    return f"{reverse(name, args=[given.pk])}?{LOOK}"


def whole_context(request: HttpRequest, bank: Bank, application: Application) -> dict[str, Any]:
    """Return the content of the page for a member of the bank."""
    asked = open_request(application)
    open_numbers = set(asked.items.values_list("criterion__number", flat=True)) if asked else set()

    def change(criterion: Criterion) -> str:
        if not application.is_draft and criterion.number not in open_numbers:
            return ""
        return reverse("admission:criterion", args=[application.pk, criterion.number])

    whole = whole_of(application, address=address_of, change=change, page=PageForm(request.GET).number)
    return {
        "bank": bank,
        "application": application,
        "whole": whole,
        "tasks": whole.tasks,
        "outlets_address": reverse("banks:outlets"),
        "commitment_address": reverse("admission:commitment", args=[application.pk]),
        "read_at": clock.now(),
        "organ": settings.BUREAU_NAME,
        "room": ROOM,
    }


@require_GET
@for_members
def whole(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the whole application, to read and print."""
    application = own_application(bank, pk)
    context = whole_context(request, bank, application)
    context |= {"now": now_of(application), "received": received_in_words(application)}
    return render(request, "admission/whole_page.html", context)


def printed(application: Application) -> Whole:
    """Return the content of the PDF: in Chinese, with all outlets up to the bound."""
    with override("zh-hans"):
        return whole_of(application, address=lambda given: "", outlets=OUTLETS_PRINTED)


@require_GET
@for_members
def whole_pdf(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Send the whole application as PDF, and record the download."""
    application = own_application(bank, pk)
    context = {
        "bank": bank,
        "application": application,
        "whole": printed(application),
        "read_at": clock.now(),
    }
    answer = pdf_response(
        request,
        request.user,
        "letters/application.html",
        context,
        name=f"{application.case_number} 申请全文.pdf",
        identifier=f"{application.case_number} {clock.now():%Y%m%d%H%M%S}",
    )
    if answer.status_code == 200:
        record_application_download(application=application, by=request.user)
    return answer
