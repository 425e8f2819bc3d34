"""Declaration of assessment schemes: states, actions, work items, check and words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.schemes.actions import amend_scheme, draft_scheme, publish_scheme, withdraw_scheme
from inspections.schemes.bands import in_words
from inspections.schemes.desk import SchemeDesk
from inspections.schemes.forms import amend_form, copy_form, draft_form, publish_form
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.queries import to_be_published_by, years_without_scheme
from inspections.schemes.states import SchemeState
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.checks import recorded_once
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.set_up import Proof, SetUp
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown
from zsbank.base.cases.urls import list_action_page, list_page
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _draft(by: User, case: Any, given: dict[str, Any]) -> AssessmentScheme:
    return draft_scheme(year=given["year"], rows=given["rows"], by=by)


def _to_be_drafted(by: User) -> list[int]:
    return years_without_scheme()


def _notes(scheme: AssessmentScheme) -> list[str]:
    """Return what the person reads before publishing: the version that would be replaced."""
    earlier = AssessmentScheme.objects.of_year(scheme.year)
    return [_("Until now: %(grades)s") % {"grades": in_words(earlier.bands)}] if earlier else []


def published_once() -> Iterator[str]:
    """Integrity check: every scheme that was drafted here and is published was published once."""
    drafted = AssessmentScheme.objects.filter(drafted_by__isnull=False, published_at__isnull=False)
    keys = drafted.order_by("pk").values_list("pk", flat=True)
    yield from recorded_once("inspections.assessmentscheme", keys, Verb.PUBLISH_SCHEME)


def _this_year() -> Proof:
    """Look for the scheme of this year."""
    year = clock.today().year
    known = {scheme.year: scheme for scheme in AssessmentScheme.objects.in_force()}
    if year in known:
        given = {"year": year, "n": len(known[year].bands)}
        return Proof.done(_("%(year)s: published, %(n)s grades") % given)
    if AssessmentScheme.objects.drafts().filter(year=year).exists():
        return Proof.look(_("%(year)s: drafted, waits for a decider to publish it") % {"year": year})
    return Proof.open(_("%(year)s: no scheme yet") % {"year": year})


CASES = (
    Case(
        model=AssessmentScheme,
        facts_in_journal={
            Verb.DRAFT_SCHEME: ("year", "bands", "drafted_by"),
            Verb.AMEND_SCHEME: ("bands",),
            Verb.WITHDRAW_SCHEME: ("withdrawn_at",),
            Verb.PUBLISH_SCHEME: ("year", "bands", "published_at", "published_by"),
            Verb.REPLACE_SCHEME: ("replaced_at",),
        },
        states={
            SchemeState.DRAFT: Shown(BUREAUS_TURN, staff=SchemeState.DRAFT.label, next=_("Publish")),
            SchemeState.PUBLISHED: Shown(DONE, staff=SchemeState.PUBLISHED.label),
            SchemeState.REPLACED: Shown(STOPPED, staff=SchemeState.REPLACED.label),
            SchemeState.WITHDRAWN: Shown(STOPPED, staff=SchemeState.WITHDRAWN.label),
        },
        list_offers=(
            Offer(
                draft_scheme,
                _("Draft a scheme"),
                (
                    _("It has no effect until a decider publishes it."),
                    _("The page starts with the grades of the latest scheme."),
                ),
                form=draft_form,
                run=_draft,
            ),
        ),
        offers=(
            Offer(
                publish_scheme,
                _("Publish"),
                (
                    _("The results of the year are graded by this scheme."),
                    _(
                        "It cannot be changed. Until the first result of the year, a new version can replace it."
                    ),
                ),
                form=publish_form,
                grave=True,
                notes=_notes,
            ),
            Offer(
                amend_scheme,
                _("Change the grades"),
                (_("Whoever changes the draft cannot publish it."),),
                form=amend_form,
            ),
            Offer(
                withdraw_scheme,
                _("Withdraw the draft"),
                (_("It is kept as withdrawn; another scheme of the year can be drafted."),),
                form=lambda case: ReasonForm,
                aside=True,
            ),
            Offer(
                draft_scheme,
                _("Copy for another year"),
                (_("A draft with the same grades; it has no effect until a decider publishes it."),),
                form=copy_form,
                run=_draft,
                row=lambda case: None,
                aside=True,
                when=lambda scheme: scheme.published_at is not None,
            ),
        ),
        desk=SchemeDesk,
        waiting=(
            Waiting(
                publish_scheme,
                _("Publish the assessment scheme"),
                to_be_published_by,
                about=lambda scheme: in_words(scheme.bands),
            ),
            Waiting(
                draft_scheme,
                _("Draft the assessment scheme of the year"),
                _to_be_drafted,
                about=lambda year: str(_("Without it no result can be recorded.")),
                address=lambda year: list_action_page(AssessmentScheme, draft_scheme) + f"?year={year}",
            ),
        ),
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("Assessment schemes"), place=20),
        set_up=(
            SetUp(
                50,
                _("Assessment scheme of the year"),
                _this_year,
                _("Results of the year cannot be recorded, so two failing years cannot lead to an exit."),
                lambda: list_page(AssessmentScheme),
                _("Assessment schemes"),
                done_by=(Verb.DRAFT_SCHEME, Verb.PUBLISH_SCHEME),
                essential=False,
            ),
        ),
        entries={
            Verb.DRAFT_SCHEME: _("drafted the assessment scheme"),
            Verb.AMEND_SCHEME: _("changed the draft scheme"),
            Verb.WITHDRAW_SCHEME: _("withdrew the draft scheme"),
            Verb.PUBLISH_SCHEME: _("published the assessment scheme"),
            Verb.REPLACE_SCHEME: _("replaced the assessment scheme by a new version"),
        },
        labels={"bands": _("grades and lower bounds"), "bands_before": _("grades before")},
        checks=(published_once,),
    ),
)
