"""Portal addresses of fee notices."""

from django.urls import path

from inspections.fees import portal

urlpatterns = [
    path("fees/", portal.fees, name="fees"),
    path("fees/<int:pk>/", portal.fee, name="fee"),
    path("fees/<int:pk>/payment/", portal.state_payment, name="fee_payment"),
    path("fees/<int:pk>/files/<int:paper_pk>/", portal.file, name="fee_file"),
    path("fees/payments/<int:pk>/receipt/", portal.receipt, name="fee_receipt"),
    path("fees/payments/<int:pk>/receipt.pdf", portal.receipt, {"pdf": True}, name="fee_receipt_pdf"),
]
