"""Receipts of what a bank submitted: application and supplements."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from admission.applications.changes import changes_in
from admission.applications.documents import (
    submitted_commitments,
    submitted_evidence,
    supplement_commitments,
    supplement_evidence,
)
from admission.applications.models import Application, Evidence, ServiceCommitment, SupplementRequest
from admission.applications.portal.applications import ROOM, own_application, page_of
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.receipts import receipt_page
from zsbank.base.permissions import Verb


def _files(
    commitments: list[ServiceCommitment], evidence: list[Evidence]
) -> tuple[tuple[Text, StoredFile], ...]:
    """Return the files with service commitment or criterion number."""
    signed = [(_("Service commitment"), one.file) for one in commitments]
    return (*signed, *((str(one.answer.criterion.number), one.file) for one in evidence))


def _of_application(application: Application) -> HandedIn | None:
    if application.submitted_at is None or application.submitted_by is None:
        return None
    return HandedIn(
        case=application,
        number=application.case_number,
        called=_("Case number"),
        at=application.submitted_at,
        by=application.submitted_by,
        files=_files(submitted_commitments(application), submitted_evidence(application)),
        kind=_("Criterion"),
    )


def _of_supplement(asked: SupplementRequest) -> HandedIn | None:
    if asked.submitted_at is None or asked.submitted_by is None:
        return None
    return HandedIn(
        case=asked.application,
        number=asked.application.case_number,
        called=_("Case number"),
        at=asked.submitted_at,
        by=asked.submitted_by,
        files=_files(supplement_commitments(asked), supplement_evidence(asked)),
        kind=_("Criterion"),
        asked_in=str(asked.letter or ""),
        changes=changes_in(asked),
    )


OF_APPLICATION = Receipt(
    Verb.SUBMIT_APPLICATION,
    _of_application,
    title=_("Receipt"),
    official="社会保障卡合作银行资格准入申请回执",
    file_name="回执",
    url="admission:receipt",
    keys=lambda application: [application.pk],
    back=page_of,
)
OF_SUPPLEMENT = Receipt(
    Verb.SUBMIT_SUPPLEMENT,
    _of_supplement,
    title=_("Receipt of the supplement"),
    official="社会保障卡合作银行资格准入申请补正材料回执",
    file_name="补正回执",
    url="admission:supplement_receipt",
    keys=lambda asked: [asked.application_id, asked.pk],
    back=lambda asked: page_of(asked.application),
)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of a submitted application."""
    return receipt_page(request, request.user, OF_APPLICATION, own_application(bank, pk), pdf=pdf, room=ROOM)


@require_GET
@for_members
def supplement_receipt(
    request: MemberRequest, bank: Bank, pk: int, request_pk: int, *, pdf: bool = False
) -> HttpResponse:
    """Show or send the receipt of a submitted supplement."""
    rows = own_application(bank, pk).supplement_requests.select_related(
        "application__bank", "letter", "submitted_by"
    )
    row = get_object_or_404(rows, pk=request_pk)
    return receipt_page(request, request.user, OF_SUPPLEMENT, row, pdf=pdf, room=ROOM)
