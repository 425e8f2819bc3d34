"""Portal addresses of inspections."""

from django.urls import path

from inspections.visits import portal

urlpatterns = [
    path("inspections/", portal.visits, name="visits"),
    path("inspections/<int:pk>/", portal.visit, name="visit"),
    path("inspections/<int:pk>/answer/", portal.answer, name="visit_answer"),
    path("inspections/<int:pk>/correction/", portal.correction, name="visit_correction"),
    path("inspections/<int:pk>/files/<int:evidence_pk>/", portal.file, name="visit_file"),
    path("inspections/answers/<int:pk>/receipt/", portal.receipt, name="visit_receipt"),
    path("inspections/answers/<int:pk>/receipt.pdf", portal.receipt, {"pdf": True}, name="visit_receipt_pdf"),
    path("inspections/corrections/<int:pk>/receipt/", portal.receipt, name="correction_receipt"),
    path(
        "inspections/corrections/<int:pk>/receipt.pdf",
        portal.receipt,
        {"pdf": True},
        name="correction_receipt_pdf",
    ),
]
