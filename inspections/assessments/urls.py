"""Portal address of annual assessments."""

from django.urls import path

from inspections.assessments import portal

urlpatterns = [
    path("assessments/", portal.assessments, name="assessments"),
]
