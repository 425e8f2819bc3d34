"""The checklist of an outlet, for a phone or tablet in the field."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from inspections.visits.actions.fieldwork import record_inspection
from inspections.visits.checklist_form import ChecklistForm
from inspections.visits.models import InspectionVisit, VisitedOutlet
from inspections.visits.queries import earlier_of, places_of
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.refused import record_refusal
from zsbank.base.cases.urls import case_page
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.refusals import EditConflict


class ChecklistPages:
    """Mixin for the desk of inspections: the page on which one outlet's checklist is filled in."""

    def checklist_view(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        """Show the checklist of an outlet; POST saves it.

        Raises:
            Http404: the person does not hold the verb, or the outlet is not of this inspection.
        """
        by = _officer_or_404(request)
        desk: Any = self
        visit: InspectionVisit = desk.case_or_404(request, str(pk))
        row = get_object_or_404(places_of(visit), pk=place)
        form = _form_of(visit, row, request)
        saved = carry_out(
            request,
            form,
            lambda given: _record(form, visit, row, by),
            to=lambda known: case_page(visit),
            done=lambda known: _("%(outlet)s: the checklist is saved.") % {"outlet": known.name},
        )
        if saved:
            return saved
        verdict = record_inspection.verdict(by, visit)
        context = desk.page_context(request, row.name, original=visit) | {
            "visit": visit,
            "place": row,
            "places": [(one, one.pk == row.pk) for one in places_of(visit)],
            "form": form,
            "why_not": verdict.why_not,
            "recordable": verdict.allowed and visit.is_open_in_field,
            "back": case_page(visit),
            "files_of": {item.pk: list(item.files.all()) for item in row.items.all()},
        }
        return TemplateResponse(request, "admin/inspections/checklist.html", context)


def _officer_or_404(request: HttpRequest) -> User:
    by: User = request.user  # type: ignore[assignment]
    if staff_may(by, record_inspection.verb):
        return by
    if request.method == "POST":
        record_refusal(verb=record_inspection.verb, by=by, subject=None, code="role")
    raise Http404


def _form_of(visit: InspectionVisit, place: VisitedOutlet, request: HttpRequest) -> ChecklistForm:
    criteria = visit.edition.criteria.order_by("number")
    return ChecklistForm(place, criteria, earlier_of(visit), request.POST or None, handed_in(request))


def _record(form: ChecklistForm, visit: InspectionVisit, place: VisitedOutlet, by: User) -> VisitedOutlet:
    """Run the action with the input of the form.

    After an edit conflict the form has the version that is saved now, so that who has compared both can save again.

    Raises:
        EditConflict: a colleague saved the checklist meanwhile.
    """
    try:
        return record_inspection(
            visit=visit,
            by=by,
            place=place,
            seen_on=form.cleaned_data["seen_on"],
            seen=form.seen(),
            photographs=form.photographs(),
            without=form.without(),
            version=form.cleaned_data["version"],
        )
    except EditConflict:
        form.take_version(visit.outlets.get(pk=place.pk).version)
        raise
