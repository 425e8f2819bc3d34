"""Portal addresses of a bank's letters."""

from django.urls import path

from banks.register import portal

urlpatterns = [
    path("letters/", portal.letters, name="letters"),
    path("letters/<int:pk>/", portal.letter, name="letter"),
]
