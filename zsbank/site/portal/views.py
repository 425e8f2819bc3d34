"""The portal's home: standing, next steps, due dates; and the search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.pages.finding import query_of
from zsbank.site.portal.finding import find_for_bank
from zsbank.site.portal.queries import home_of


@for_members
def home(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Show the home of a bank; officers are redirected to the desk."""
    return render(
        request,
        "portal/home.html",
        {"bank": bank, "desk": home_of(bank, request.user), "aside": True, "room": "portal:home"},
    )


@require_GET
@for_members
def search(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Find the bank's cases, letters and outlets by number or name."""
    query = query_of(request)
    context = {"bank": bank, "room": "portal:search", "query": query, "found": find_for_bank(bank, query)}
    return render(request, "portal/search.html", context)
