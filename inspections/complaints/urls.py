"""Portal addresses of complaints."""

from django.urls import path

from inspections.complaints import portal

urlpatterns = [
    path("complaints/", portal.complaints, name="complaints"),
    path("complaints/figures/", portal.figures, name="complaint_figures"),
    path("complaints/<int:pk>/", portal.complaint, name="complaint"),
    path("complaints/<int:pk>/answer/", portal.answer, name="complaint_answer"),
    path("complaints/<int:pk>/files/<int:attachment_pk>/", portal.file, name="complaint_file"),
    path("complaints/answers/<int:pk>/receipt/", portal.receipt, name="complaint_receipt"),
    path(
        "complaints/answers/<int:pk>/receipt.pdf", portal.receipt, {"pdf": True}, name="complaint_receipt_pdf"
    ),
]
