"""The address of a prior notice in the portal."""

from django.urls import path

from banks.hearings import portal

urlpatterns = [
    path("notices/<int:pk>/", portal.notice, name="notice"),
]
