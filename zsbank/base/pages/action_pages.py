"""Action pages: they show the consequences of an action, which runs only on POST."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.base.accounts import reauthentication
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.overtaken import overtaken
from zsbank.base.actions.refused import record_refusal
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.urls import base_of, case_page
from zsbank.base.files.forms import renamings, show_refusal
from zsbank.base.files.posted import handed_in, keep_chosen, named
from zsbank.base.pages.hearings import hearing_in, is_adverse
from zsbank.base.pages.list_offers import nothing_to_select
from zsbank.base.refusals import Refused


class ActionPages:
    """Mixin for a desk with a declared case: the pages of its offers."""

    declared: ClassVar[Case]

    def action_view(self, request: HttpRequest, verb: str, pk: int | None = None) -> HttpResponse:
        """Show the consequences of an action, and run it on POST; a refusal is shown in the form.

        Raises:
            Http404: the person does not hold the verb, or there is no such action or case.
        """
        if not isinstance(request.user, User):
            raise Http404
        offered = self.declared.list_offers if pk is None else self.declared.offers
        offer = _offer_or_404(request.user, verb, offered, attempted=request.method == "POST")
        desk: Any = self
        case = None if pk is None else desk.case_or_404(request, str(pk))
        reauthentication.require(request, offer.verb)
        back = self._back(pk)
        if case is not None and not offer.is_offered(request.user, case):
            return self._moved_on(request, offer, case, back)
        form_class = offer.form(case)
        if request.method == "POST":
            form = form_class(request.POST, handed_in(request))
            if form.is_valid():
                try:
                    made = offer.carry_out(request.user, case, form.cleaned_data)
                except Refused as refusal:
                    show_refusal(form, refusal)
                else:
                    return _after(request, offer, form, made, case, back)
            keep_chosen(form, request.user)
        else:
            form = form_class(initial=request.GET.dict())
        drafts = offer.drafts(case)
        context = desk.page_context(request, str(offer.label), original=case) | {
            "offer": offer,
            "case": case,
            "form": form,
            "back": back,
            "drafts": drafts,
            "hearing": hearing_in(self.declared, case) if is_adverse(drafts) else None,
            "notes": offer.notes(case),
            "why_not": offer.reason_against(request.user, case) or nothing_to_select(form),
            "typed": _typed(request),
        }
        if case is not None:
            context |= desk.content_on_action_page(request, case)
        return TemplateResponse(request, "admin/action.html", context)

    def _back(self, pk: int | None) -> str:
        base = base_of(self.declared.model)
        if pk is None:
            return reverse(f"admin:{base}_changelist")
        return reverse(f"admin:{base}_change", args=[pk])

    def _moved_on(self, request: HttpRequest, offer: Offer, case: Model, back: str) -> HttpResponse:
        """Show that the case has changed since the page was loaded, with the submitted input."""
        desk: Any = self
        context = desk.page_context(request, str(offer.label), original=case) | {
            "offer": offer,
            "case": case,
            "back": back,
            "why_not": offer.reason_against(request.user, case) or overtaken(request.user, case),
            "typed": _typed(request),
            "moved_on": True,
        }
        return TemplateResponse(request, "admin/action.html", context)


def _offer_or_404(by: User, verb: str, offered: Iterable[Offer], *, attempted: bool) -> Offer:
    """Return the offer if the person holds its verb; otherwise record the attempt and raise Http404."""
    offer = next((offer for offer in offered if offer.verb.value == verb), None)
    if offer is not None and offer.action.is_held(by):
        return offer
    if offer is not None and attempted:
        record_refusal(verb=offer.verb, by=by, subject=None, code="role")
    raise Http404


def _typed(request: HttpRequest) -> list[str]:
    """Return the input, to be shown again after a refusal."""
    return [text for name, text in named(request) if name != "csrfmiddlewaretoken" and text]


def _after(
    request: HttpRequest, offer: Offer, form: Any, made: object, case: Model | None, back: str
) -> HttpResponseRedirect:
    """Say that it is done, and lead to the row that was made or acted on; to the list where that has no page."""
    done = offer.done(made) or _("Done: %(verb)s. A journal entry was recorded.") % {"verb": offer.label}
    messages.success(request, str(done))
    for words in renamings(form):
        messages.info(request, words)
    shown = made if case is None else case
    if isinstance(shown, Model):
        kind = case_of(type(shown))
        if kind is not None and kind.desk is not None and staff_may(request.user, kind.seen_with):
            return HttpResponseRedirect(case_page(shown))
    return HttpResponseRedirect(back)
