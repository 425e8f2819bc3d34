"""Portal addresses of letters on paper."""

from django.urls import path

from banks.papers import portal

urlpatterns = [
    path("letters/paper/", portal.papers, name="papers"),
    path("letters/paper/<int:pk>/", portal.paper, name="paper"),
]
