"""Portal addresses of exit."""

from django.urls import path

from exit.cases import portal

urlpatterns = [
    path("", portal.standing, name="standing"),
    path("apply/", portal.apply, name="apply"),
    path("<int:pk>/", portal.case, name="case"),
    path("<int:pk>/document/", portal.document, name="document"),
    path("<int:pk>/receipt/", portal.receipt, name="receipt"),
    path("<int:pk>/receipt.pdf", portal.receipt, {"pdf": True}, name="receipt_pdf"),
    path("<int:pk>/withdraw/", portal.withdraw, name="withdraw"),
]
