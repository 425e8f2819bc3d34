"""Portal addresses of rectification orders."""

from django.urls import path

from inspections.rectification import portal

urlpatterns = [
    path("rectification/", portal.orders, name="orders"),
    path("rectification/<int:pk>/", portal.order, name="order"),
    path("rectification/<int:pk>/report/", portal.report, name="report"),
    path("rectification/reports/<int:pk>/receipt/", portal.receipt, name="report_receipt"),
    path(
        "rectification/reports/<int:pk>/receipt.pdf", portal.receipt, {"pdf": True}, name="report_receipt_pdf"
    ),
    path("rectification/<int:pk>/files/<int:file_pk>/", portal.file, name="file"),
]
