"""Portal addresses of determinations."""

from django.urls import path

from inspections.determinations import portal

urlpatterns = [
    path("determinations/<int:pk>/", portal.determination, name="determination"),
    path("determinations/<int:pk>/document/", portal.document, name="determination_document"),
]
