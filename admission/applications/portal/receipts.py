"""Receipts of what a bank submitted, application and supplements, as page and as PDF."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from admission.applications.actions.applications import record_receipt_download
from admission.applications.changes import changes_in
from admission.applications.models import Application
from admission.applications.portal.applications import ROOM, own_application
from admission.applications.portal.papers import pdf_response
from admission.applications.queries import (
    submitted_commitments,
    submitted_evidence,
    supplement_commitments,
    supplement_evidence,
)
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.cases.now import now_of

TITLES = {False: "社会保障卡合作银行资格准入申请回执", True: "社会保障卡合作银行资格准入申请补正材料回执"}


def _of_application(bank: Bank, pk: int) -> dict[str, Any]:
    """Return the content of a receipt: number, time, person, and each file with its hash."""
    application = own_application(bank, pk)
    if application.submitted_at is None:
        raise Http404
    return {
        "bank": bank,
        "application": application,
        "submitted": application,
        "evidence": submitted_evidence(application),
        "commitments": submitted_commitments(application),
        "title": _("Receipt"),
        "pdf": reverse("admission:receipt_pdf", args=[pk]),
        "room": ROOM,
    }


def _of_supplement(bank: Bank, pk: int, request_pk: int) -> dict[str, Any]:
    """Return the content of a supplement's receipt: besides, what was asked for and whether it was changed."""
    application = own_application(bank, pk)
    asked = get_object_or_404(
        application.supplement_requests.exclude(submitted_at=None).select_related("letter", "submitted_by"),
        pk=request_pk,
    )
    return {
        "bank": bank,
        "application": application,
        "submitted": asked,
        "asked": asked,
        "changes": changes_in(asked),
        "evidence": supplement_evidence(asked),
        "commitments": supplement_commitments(asked),
        "title": _("Receipt of the supplement"),
        "pdf": reverse("admission:supplement_receipt_pdf", args=[pk, request_pk]),
        "room": ROOM,
    }


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the receipt of a submitted application."""
    return _page(request, _of_application(bank, pk))


@require_GET
@for_members
def supplement_receipt(request: MemberRequest, bank: Bank, pk: int, request_pk: int) -> HttpResponse:
    """Show the receipt of a submitted supplement."""
    return _page(request, _of_supplement(bank, pk, request_pk))


@require_GET
@for_members
def receipt_pdf(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Send the receipt of an application as PDF, made from rows that no longer change."""
    return _pdf(request, _of_application(bank, pk))


@require_GET
@for_members
def supplement_receipt_pdf(request: MemberRequest, bank: Bank, pk: int, request_pk: int) -> HttpResponse:
    """Send the receipt of a supplement as PDF, made from rows that no longer change."""
    return _pdf(request, _of_supplement(bank, pk, request_pk))


def _page(request: MemberRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "admission/receipt.html", context | {"now": now_of(context["application"])})


def _pdf(request: MemberRequest, context: dict[str, Any]) -> HttpResponse:
    application: Application = context["application"]
    number, of_supplement = application.case_number, "asked" in context
    answer = pdf_response(
        request,
        request.user,
        "letters/receipt.html",
        context | {"title": TITLES[of_supplement]},
        name=f"{number} {'补正回执' if of_supplement else '回执'}.pdf",
        identifier=number,
    )
    if answer.status_code == 200:
        record_receipt_download(application=application, by=request.user)
    return answer
