"""The portal's home: standing, next steps, due dates."""

from django.http import HttpResponse
from django.shortcuts import render

from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.site.portal.queries import home_of


@for_members
def home(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Show the home of a bank; officers are redirected to the desk."""
    return render(
        request,
        "portal/home.html",
        {"bank": bank, "desk": home_of(bank, request.user), "aside": True, "room": "portal:home"},
    )
