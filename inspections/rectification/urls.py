"""Portal addresses of rectification orders."""

from django.urls import URLPattern, path

from inspections.rectification import portal


def _receipt(folder: str, name: str, *, final: bool) -> list[URLPattern]:
    """Return the addresses of a receipt, as a page and as PDF."""
    at, given = f"rectification/{folder}/<int:pk>/receipt", {"final": final}
    return [
        path(f"{at}/", portal.receipt, given, name=name),
        path(f"{at}.pdf", portal.receipt, given | {"pdf": True}, name=f"{name}_pdf"),
    ]


urlpatterns = [
    path("rectification/", portal.orders, name="orders"),
    path("rectification/<int:pk>/", portal.order, name="order"),
    path("rectification/<int:pk>/report/", portal.report, name="report"),
    path("rectification/<int:pk>/progress/", portal.progress, name="progress"),
    *_receipt("reports", "report_receipt", final=True),
    *_receipt("progress", "progress_receipt", final=False),
    path("rectification/<int:pk>/files/<int:file_pk>/", portal.file, name="file"),
]
