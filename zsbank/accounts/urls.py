"""Addresses that allauth has too and that ask for more here; they stand before its own."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.views import list_usersessions
from django.urls import path

urlpatterns = [
    path("sessions/", reauthentication_required(list_usersessions, allow_get=True), name="usersessions_list"),
]
