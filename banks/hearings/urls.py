"""The address at which a bank states its case."""

from django.urls import path

from banks.hearings import portal

urlpatterns = [
    path("notices/<int:pk>/", portal.notice, name="notice"),
]
