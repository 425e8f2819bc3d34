"""The addresses of a prior notice in the portal."""

from django.urls import path

from banks.hearings import portal

urlpatterns = [
    path("notices/<int:pk>/", portal.notice, name="notice"),
    path("notices/<int:pk>/receipt/", portal.receipt, name="notice_receipt"),
    path("notices/<int:pk>/receipt.pdf", portal.receipt, {"pdf": True}, name="notice_receipt_pdf"),
]
