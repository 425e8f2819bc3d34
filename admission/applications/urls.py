"""Portal addresses of applications."""

from django.urls import path

from admission.applications.portal import (
    answers,
    applications,
    commitments,
    evidence,
    receipts,
    submission,
    whole,
)

urlpatterns = [
    path("", applications.applications, name="list"),
    path("start/", applications.start, name="start"),
    path("<int:pk>/criteria/<int:number>/", answers.criterion, name="criterion"),
    path("<int:pk>/criteria/<int:number>/autosave/", answers.autosave, name="autosave"),
    path("<int:pk>/criteria/<int:number>/evidence/", evidence.upload, name="upload"),
    path("<int:pk>/copy/", evidence.copy, name="copy"),
    path("<int:pk>/submit/", submission.submit, name="submit"),
    path("<int:pk>/whole/", whole.whole, name="whole"),
    path("<int:pk>/whole.pdf", whole.whole_pdf, name="whole_pdf"),
    path("<int:pk>/commitment/", commitments.commitment, name="commitment"),
    path("<int:pk>/commitment.pdf", commitments.commitment_sheet, name="commitment_sheet"),
    path("<int:pk>/receipt/", receipts.receipt, name="receipt"),
    path("<int:pk>/receipt.pdf", receipts.receipt, {"pdf": True}, name="receipt_pdf"),
    path(
        "<int:pk>/supplements/<int:request_pk>/receipt/",
        receipts.supplement_receipt,
        name="supplement_receipt",
    ),
    path(
        "<int:pk>/supplements/<int:request_pk>/receipt.pdf",
        receipts.supplement_receipt,
        {"pdf": True},
        name="supplement_receipt_pdf",
    ),
    path("<int:pk>/supplement/", applications.supplement, name="supplement"),
    path("<int:pk>/delete/", applications.delete, name="delete"),
    path("<int:pk>/withdraw/", applications.withdraw, name="withdraw"),
    path("commitments/<int:pk>/", commitments.commitment_file, name="commitment_file"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
]
