"""Generated pages of a bank's own cases, for kinds of case that declare a `Portal`."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from zsbank.base.actions.rows import state_of
from zsbank.base.cases.case import Case
from zsbank.base.cases.now import now_of
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import base_of
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.facts import facts_of
from zsbank.base.pages.submitted_form import carry_out

PER_PAGE = 50


def case_urls() -> Iterator[URLPattern]:
    """Return the URLs of list, case and action pages of every kind of case with a portal."""
    for case in cases():
        if case.portal is not None:
            at, base = f"{case.portal.path}/", base_of(case.model)
            yield path(at, partial(_list, case=case), name=f"{base}_list")
            yield path(f"{at}<int:pk>/", partial(_page, case=case), name=f"{base}_case")
            yield path(f"{at}<int:pk>/do/<slug:verb>/", partial(_action, case=case), name=f"{base}_action")


def _rows(case: Case) -> QuerySet[Any]:
    return QuerySet(case.model).order_by("-pk")


def _context(kind: Case, bank: Bank, **more: Any) -> dict[str, Any]:
    return {"bank": bank, "kind": kind, "room": f"portal:{base_of(kind.model)}_list", **more}


@require_GET
@for_members
def _list(request: MemberRequest, bank: Bank, *, case: Case) -> HttpResponse:
    """List the bank's cases of this kind, newest first."""
    number = request.GET.get("page", "1")
    page = Paginator(_rows(case).filter(bank=bank), PER_PAGE).get_page(number)
    rows = [(row, reverse(f"portal:{base_of(case.model)}_case", args=[row.pk])) for row in page]
    return render(request, "portal/case_list.html", _context(case, bank, page=page, rows=rows))


@require_GET
@for_members
def _page(request: MemberRequest, bank: Bank, pk: int, *, case: Case) -> HttpResponse:
    """Show one case: state, actions of the bank, due dates."""
    row = own_or_404(_rows(case), bank, pk)
    shown = case.portal.facts if case.portal else ()
    offers = [
        (offer, reverse(f"portal:{base_of(case.model)}_action", args=[pk, offer.verb.value]))
        for offer in case.bank_offers
        if offer.is_offered(request.user, row) and not offer.reason_against(request.user, row)
    ]
    dates = [
        (row._meta.get_field(due.day).verbose_name, getattr(row, due.day), getattr(row, due.period))
        for due in case.due
        if getattr(row, due.day) and state_of(row) in due.running
    ]
    facts = list(facts_of(row, shown, None))
    context = _context(
        case, bank, case=row, now=now_of(row), facts=facts, offers=offers, dates=dates, aside=True
    )
    return render(request, "portal/case.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def _action(request: MemberRequest, bank: Bank, pk: int, verb: str, *, case: Case) -> HttpResponseBase:
    """Show the consequences of an action, and run it on POST; a refusal is shown in the form."""
    row = own_or_404(_rows(case), bank, pk)
    offer = _offer_or_404(case, verb)
    back = reverse(f"portal:{base_of(case.model)}_case", args=[pk])
    form = offer.form(row)(request.POST or None, handed_in(request))
    done = carry_out(
        request,
        form,
        lambda given: offer.carry_out(request.user, row, given),
        to=lambda result: back,
        done=lambda result: _("Done: %(verb)s. A journal entry was recorded.") % {"verb": offer.label},
    )
    if done:
        return done
    why_not = offer.reason_against(request.user, row)
    context = _context(case, bank, case=row, offer=offer, form=form, back=back, why_not=why_not)
    return render(request, "portal/case_action.html", context)


def _offer_or_404(case: Case, verb: str) -> Offer:
    found = next((offer for offer in case.bank_offers if offer.verb.value == verb), None)
    if found is None:
        raise Http404
    return found
