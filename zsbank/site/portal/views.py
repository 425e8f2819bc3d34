"""The front page: where the bank stands, what is asked of it, and until when."""

from django.http import HttpResponse
from django.shortcuts import render

from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.site.portal.queries import desk_of


@for_members
def home(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The desk of a bank's people; officers are sent to their own."""
    return render(
        request,
        "portal/home.html",
        {"bank": bank, "desk": desk_of(bank, request.user), "aside": True, "room": "portal:home"},
    )
