"""Declaration of inspections: states, due dates, work items and words; the actions are in `offers.py`."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from inspections.determinations.models import Determination
from inspections.visits.actions.fieldwork import confirm_inspection, record_inspection
from inspections.visits.actions.following import (
    close_inspection,
    confirm_correction,
    recalculate_answer,
    recalculate_correction,
)
from inspections.visits.actions.reports import report_inspection
from inspections.visits.checks import answers_agree, held_is_whole
from inspections.visits.desk import InspectionVisitDesk
from inspections.visits.letters import INSPECTION_REPORT
from inspections.visits.models import ChecklistItem, InspectionVisit, PersonPresent, VisitAnswer
from inspections.visits.offers import LIST_OFFERS, OFFERS
from inspections.visits.portal import (
    ASKED_ANSWER,
    ASKED_CORRECTION,
    BANK_OFFERS,
    OF_ANSWER,
    OF_CORRECTION,
    next_steps,
    page_of,
)
from inspections.visits.queries import (
    corrections_to_confirm,
    officers_behind,
    shown_to,
    to_be_confirmed_by,
    to_be_decided,
    to_be_held_by,
    to_be_reported_by,
)
from inspections.visits.rules import may_decide
from inspections.visits.states import VisitState
from inspections.visits.sweep import STEPS
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _bank_of(visit: InspectionVisit) -> str:
    return str(visit.bank)


def _signed_on(visit: InspectionVisit) -> dt.date | None:
    return clock.local_day(visit.signed_at) if visit.signed_at else None


def _officer_of(visit: InspectionVisit) -> User:
    """The officer whom the bank may ask: who led the inspection."""
    return visit.led_by


def _is_to_confirm(visit: InspectionVisit) -> bool:
    """Return whether the bank has stated its correction, or the day has passed without."""
    passed = visit.correct_by is not None and visit.correct_by < clock.today()
    return visit.state == VisitState.CORRECTED or passed


def _determination_of(visit: InspectionVisit) -> Iterable[tuple[Text, Model | None]]:
    """The determination that was proposed on it."""
    yield _("Determination"), visit.determination


def _inspection_of(determination: Determination) -> Iterable[tuple[Text, Model | None]]:
    """The inspection on whose findings it was proposed."""
    yield _("Inspection"), InspectionVisit.objects.filter(determination=determination).first()


PLANNED = (
    "bank",
    "case_number",
    "edition",
    "planned",
    "announced",
    "visit_day",
    "purpose",
    "led_by",
    "accompanied_by",
    "planned_by",
    "planned_at",
)
ANSWER = ("visit", "corrects", "text", "submitted_at", "submitted_by")
ANSWER_DUE = ("answer_due", "answer_period")
CORRECT_BY = ("correct_by", "correct_period")
DECIDED = ("outcome", "outcome_reason", "decided_by", "decided_at")

CASES = (
    Case(
        model=ChecklistItem,
        facts_in_journal={
            Verb.RECORD_INSPECTION: (
                "place",
                "criterion",
                "result",
                "severity",
                "facts",
                "recorded_by",
                "recorded_at",
            )
        },
    ),
    Case(
        model=PersonPresent,
        facts_in_journal={Verb.SIGN_INSPECTION: ("visit", "name", "position", "signed", "refusal")},
    ),
    Case(
        model=VisitAnswer,
        facts_in_journal={Verb.ANSWER_INSPECTION: ANSWER, Verb.STATE_CORRECTION: ANSWER},
    ),
    Case(model=Determination, related=(_inspection_of,), took_part=(officers_behind,)),
    Case(
        model=InspectionVisit,
        facts_in_journal={
            Verb.PLAN_INSPECTION: PLANNED,
            Verb.CANCEL_INSPECTION: ("cancellation", "closed_on"),
            Verb.RECORD_INSPECTION: ("led_by", "accompanied_by"),
            Verb.SIGN_INSPECTION: ("record", "absence", "signed_at", "led_by", "accompanied_by"),
            Verb.CONFIRM_INSPECTION: (
                "led_confirmed_at",
                "led_confirmed_by",
                "accompanied_confirmed_at",
                "accompanied_confirmed_by",
            ),
            Verb.REPORT_INSPECTION: ("letter", "reported_by", *ANSWER_DUE),
            Verb.CLOSE_INSPECTION: (*DECIDED, "closed_on"),
            Verb.DEMAND_CORRECTION: (*DECIDED, *CORRECT_BY, "overdue_recorded_on"),
            Verb.CONFIRM_CORRECTION: ("remark", "corrected_by", "closed_on"),
            Verb.PROPOSE_AFTER_INSPECTION: (*DECIDED, "determination", "closed_on"),
            Verb.RECORD_CORRECTION_OVERDUE: ("overdue_recorded_on",),
            Verb.RECALCULATE_DUE: (*ANSWER_DUE, *CORRECT_BY),
        },
        letters=(INSPECTION_REPORT,),
        officer=_officer_of,
        states={
            VisitState.PLANNED: Shown(BUREAUS_TURN, next=_("Carry out the inspection")),
            VisitState.UNDERWAY: Shown(BUREAUS_TURN, next=_("Finish the inspection, and have it signed")),
            VisitState.SIGNED: Shown(BUREAUS_TURN, next=_("Both officers confirm the record")),
            VisitState.CONFIRMED: Shown(BUREAUS_TURN, next=_("Sign the report")),
            VisitState.REPORTED: Shown(
                BANKS_TURN, next=_("Answer of the bank"), then=_("decide what follows from the inspection")
            ),
            VisitState.CLEAR: Shown(BUREAUS_TURN, next=_("Decide what follows")),
            VisitState.ANSWERED: Shown(BUREAUS_TURN, next=_("Decide what follows")),
            VisitState.CORRECTING: Shown(BANKS_TURN, next=_("Correction by the bank")),
            VisitState.CORRECTED: Shown(BUREAUS_TURN, next=_("Check the correction")),
            VisitState.CLOSED: Shown(DONE),
            VisitState.CANCELLED: Shown(STOPPED),
        },
        due=(
            Due(
                "answer_due",
                "answer_period",
                frozenset({VisitState.REPORTED}),
                label=_("Answer to the inspection report"),
                recalculate=recalculate_answer,
            ),
            Due(
                "correct_by",
                "correct_period",
                frozenset({VisitState.CORRECTING}),
                label=_("Correction after an inspection"),
                recalculate=recalculate_correction,
            ),
        ),
        list_offers=LIST_OFFERS,
        offers=OFFERS,
        desk=InspectionVisitDesk,
        related=(_determination_of,),
        waiting=(
            Waiting(
                record_inspection,
                _("Carry out the inspection"),
                rows=to_be_held_by,
                about=_bank_of,
                due=lambda visit: visit.visit_day,
                since=lambda visit: clock.local_day(visit.planned_at),
                for_bank=_("carry out the inspection"),
            ),
            Waiting(
                confirm_inspection,
                _("Confirm the record of the inspection"),
                rows=to_be_confirmed_by,
                about=_bank_of,
                since=_signed_on,
                for_bank=_("confirm the record of the inspection"),
            ),
            Waiting(
                report_inspection,
                _("Sign the report of the inspection"),
                rows=to_be_reported_by,
                about=_bank_of,
                since=_signed_on,
                for_bank=_("write the report of the inspection"),
            ),
            Waiting(
                close_inspection,
                _("Decide what follows from the inspection"),
                rows=lambda by: to_be_decided(clock.today()),
                about=_bank_of,
                since=_signed_on,
                when=lambda visit: may_decide(None, visit).allowed,
                for_bank=_("decide what follows from the inspection"),
            ),
            Waiting(
                confirm_correction,
                _("Check the correction, or decide what follows"),
                rows=lambda by: corrections_to_confirm(),
                about=_bank_of,
                due=lambda visit: visit.correct_by,
                since=_signed_on,
                when=_is_to_confirm,
                for_bank=_("check the correction"),
            ),
        ),
        search=Search(
            names=("bank__name", "bank__former_names", "bank__former_codes"),
            codes=("bank__uscc",),
            case_number="case_number",
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Inspections"), place=35),
        menu=(MenuEntry("inspections:visits", _("Inspections"), place=35),),
        bank_offers=BANK_OFFERS,
        asked=(ASKED_ANSWER, ASKED_CORRECTION),
        bank_page=page_of,
        bank_rows=shown_to,
        api=Api(
            "inspections",
            "bank case_number state announced visit_day letter answer_due correct_by closed_on",
        ),
        home=next_steps,
        entries={
            Verb.PLAN_INSPECTION: _("planned the inspection"),
            Verb.CANCEL_INSPECTION: _("cancelled the inspection"),
            Verb.RECORD_INSPECTION: _("recorded what was seen at an outlet"),
            Verb.SIGN_INSPECTION: _("recorded who signed on the spot"),
            Verb.CONFIRM_INSPECTION: _("confirmed the record of the inspection"),
            Verb.REPORT_INSPECTION: _("signed the report of the inspection"),
            Verb.ANSWER_INSPECTION: _("answered the report of the inspection"),
            Verb.CLOSE_INSPECTION: _("decided that nothing follows from the inspection"),
            Verb.DEMAND_CORRECTION: _("demanded that the findings are corrected"),
            Verb.STATE_CORRECTION: _("stated that the findings are corrected"),
            Verb.CONFIRM_CORRECTION: _("confirmed that the findings are corrected"),
            Verb.PROPOSE_AFTER_INSPECTION: _("proposed a determination on the findings"),
            Verb.RECORD_CORRECTION_OVERDUE: _("recorded that the correction is overdue"),
        },
        labels={
            "officers": _("officers"),
            "outlets": _("outlets"),
            "outlet": _("outlet"),
            "seen_on": _("seen on"),
            "criteria": _("criteria looked at"),
            "findings": _("findings"),
            "signed": _("people who signed"),
            "refused": _("people who refused to sign"),
            "removed": _("files taken out"),
            "files": _("files"),
        },
        checks=(held_is_whole, answers_agree),
        receipts=(OF_ANSWER, OF_CORRECTION),
        steps=STEPS,
    ),
)
