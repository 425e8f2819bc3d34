"""Portal addresses of a bank's data and their changes."""

from django.urls import path

from banks.changes import portal

urlpatterns = [
    path("information/", portal.information, name="information"),
    path("information/change/", portal.request_page, name="request_change"),
    path("information/changes/<int:pk>/", portal.change, name="change"),
    path("information/changes/<int:pk>/receipt/", portal.receipt, name="change_receipt"),
    path(
        "information/changes/<int:pk>/receipt.pdf", portal.receipt, {"pdf": True}, name="change_receipt_pdf"
    ),
    path("information/changes/<int:pk>/withdraw/", portal.withdraw, name="withdraw_change"),
    path("information/changes/<int:pk>/files/<int:document_pk>/", portal.change_file, name="change_file"),
]
