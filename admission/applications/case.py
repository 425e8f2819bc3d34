"""Declaration of applications: home, actions, work items, checks and words."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from admission.applications.actions.applications import submit_application
from admission.applications.actions.dates import recalculate_acceptance, recalculate_decision
from admission.applications.actions.supplements import submit_supplement
from admission.applications.models import Application, ServiceCommitment
from admission.applications.portal.receipts import OF_APPLICATION, OF_SUPPLEMENT
from admission.applications.queries import decision_period, in_hand, open_requests
from admission.applications.rules import may_start
from admission.applications.states import BANK_LABELS, TO_ACCEPT, TO_DECIDE, ApplicationState
from admission.applications.sweep import STEPS
from admission.applications.time_limits import is_in_time, meaning_of, open_request, too_late
from banks.register.models import Bank
from banks.register.states import BARRED, IN_FORCE
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.now import step_of
from zsbank.base.cases.pages import MenuEntry, NextStep, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, DONE, FAILED, STOPPED, Shown
from zsbank.base.cases.urls import case_page
from zsbank.base.cases.work import Asked, WorkItem
from zsbank.base.permissions import Verb


def _supplements_ahead(until: dt.date) -> Iterator[WorkItem]:
    """Yield the supplements that banks have to submit by a day."""
    for request in open_requests(until):
        row = request.application
        step = _("Supplement due")
        yield WorkItem(step, row.case_number, str(row.bank), case_page(row), request.due_date, theirs=True)


def _home(bank: Bank) -> Iterator[NextStep]:
    """Yield the application in hand; without one, whether a bank that is not barred may apply."""
    application = in_hand(bank)
    if application is not None:
        yield step_of(application, application.case_number, _("Open the application"))
    elif may_start(None, bank):
        yield NextStep(
            _("The bank may apply for admission"),
            _("24 criteria in three groups. The draft is saved until you submit it."),
            reverse("admission:start"),
            _("Start an application"),
        )
    elif bank.standing not in BARRED | IN_FORCE:
        yield NextStep(
            _("The bank may not apply today"),
            may_start(None, bank).why_not,
            reverse("admission:start"),
            _("View the reason"),
            theirs=False,
        )


def _page(application: Application) -> str:
    return reverse("admission:task_list", args=[application.pk])


def _to_supplement(application: Application) -> str:
    """Say what the bank is asked to supplement."""
    request = open_request(application)
    numbers = request.items.values_list("criterion__number", flat=True) if request else ()
    named = "、".join(str(number) for number in numbers)
    return str(
        _("supplement and submit what the bureau asked for (criteria %(numbers)s)") % {"numbers": named}
    )


def _why_supplement(application: Application) -> str:
    request = open_request(application)
    return meaning_of(request) if request else ""


def _supplement_day(application: Application) -> dt.date | None:
    request = open_request(application)
    return request.due_date if request else None


def _supplement_period(application: Application) -> dict[str, Any] | None:
    request = open_request(application)
    return request.due_period if request else None


def _supplement_in_time(application: Application) -> bool:
    request = open_request(application)
    return request is None or is_in_time(request).allowed


def _late_supplement(application: Application) -> str:
    request = open_request(application)
    return too_late(request) if request else ""


ASKED = (
    Asked(
        submit_application,
        step=lambda row: str(_("complete the application and submit it")),
        why=lambda row: str(_("The bureau sees it once it is submitted; a draft has no time limit.")),
        address=_page,
        button=_("Open the application"),
    ),
    Asked(
        submit_supplement,
        step=_to_supplement,
        why=_why_supplement,
        address=lambda row: reverse("admission:supplement", args=[row.pk]),
        button=_("Check and submit"),
        due=_supplement_day,
        period=_supplement_period,
        when=_supplement_in_time,
        late=_late_supplement,
    ),
)


ACCEPT_BY = ("accept_by", "accept_period")
DUE_DATES = (*ACCEPT_BY, "decide_by", "decide_period")

CASES = (
    Case(
        model=Application,
        facts_in_journal={
            Verb.START_APPLICATION: ("bank", "edition", "case_number"),
            Verb.SUBMIT_APPLICATION: ("submitted_at", "submitted_by", *ACCEPT_BY),
            Verb.RECALCULATE_DUE: DUE_DATES,
            Verb.SUBMIT_SUPPLEMENT: DUE_DATES,
            Verb.END_SUPPLEMENT: DUE_DATES,
            Verb.DECIDE: ("closed_on",),
            Verb.WITHDRAW_APPLICATION: ("closed_on",),
        },
        states={
            ApplicationState.DRAFT: Shown(BANKS_TURN, bank=BANK_LABELS[ApplicationState.DRAFT]),
            ApplicationState.SUBMITTED: Shown(
                BUREAUS_TURN,
                bank=BANK_LABELS[ApplicationState.SUBMITTED],
                next=_("Accept or ask for a supplement"),
            ),
            ApplicationState.SUPPLEMENTING: Shown(
                BANKS_TURN, bank=BANK_LABELS[ApplicationState.SUPPLEMENTING], next=_("Supplement by the bank")
            ),
            ApplicationState.UNDER_REVIEW: Shown(
                BUREAUS_TURN, bank=BANK_LABELS[ApplicationState.UNDER_REVIEW], next=_("Review and recommend")
            ),
            ApplicationState.RECOMMENDED: Shown(
                BUREAUS_TURN, bank=BANK_LABELS[ApplicationState.RECOMMENDED], next=_("Decide")
            ),
            ApplicationState.APPROVED: Shown(DONE, bank=BANK_LABELS[ApplicationState.APPROVED]),
            ApplicationState.REFUSED: Shown(FAILED, bank=BANK_LABELS[ApplicationState.REFUSED]),
            ApplicationState.WITHDRAWN: Shown(STOPPED, bank=BANK_LABELS[ApplicationState.WITHDRAWN]),
        },
        due=(
            Due(
                "accept_by",
                "accept_period",
                TO_ACCEPT,
                label=_("Acceptance due"),
                recalculate=recalculate_acceptance,
            ),
            Due(
                "decide_by",
                "decide_period",
                TO_DECIDE,
                label=_("Decision due"),
                recalculate=recalculate_decision,
                anew=decision_period,
            ),
        ),
        ahead=_supplements_ahead,
        asked=ASKED,
        bank_page=_page,
        home=_home,
        search=Search(
            case_number="case_number",
            names=("bank__name", "bank__former_names", "bank__former_codes"),
            codes=("bank__uscc",),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Applications"), place=10),
        menu=(MenuEntry("admission:list", _("Admission"), place=20),),
        entries={
            Verb.START_APPLICATION: _("started the application"),
            Verb.SAVE_ANSWER: _("saved an answer"),
            Verb.ATTACH_EVIDENCE: _("attached evidence"),
            Verb.REPLACE_EVIDENCE: _("replaced evidence with a newer revision"),
            Verb.ATTACH_COMMITMENT: _("attached the signed service commitment"),
            Verb.CORRECT_COMMITMENT: _("corrected signatory or date of the service commitment"),
            Verb.REMOVE_COMMITMENT: _("removed the service commitment"),
            Verb.RESTORE_COMMITMENT: _("restored the service commitment"),
            Verb.COPY_ANSWERS: _("copied answers from an earlier application"),
            Verb.REMOVE_EVIDENCE: _("removed evidence"),
            Verb.RESTORE_EVIDENCE: _("restored removed evidence"),
            Verb.CORRECT_EVIDENCE_DATES: _("corrected the dates of evidence"),
            Verb.SUBMIT_APPLICATION: _("submitted the application"),
            Verb.WITHDRAW_APPLICATION: _("withdrew the application"),
            Verb.DELETE_DRAFT: _("deleted the draft"),
            Verb.DOWNLOAD_RECEIPT: _("downloaded the receipt"),
            Verb.DOWNLOAD_APPLICATION: _("downloaded the whole application"),
            Verb.END_SUPPLEMENT: _("recorded that the supplement period expired"),
            Verb.SUBMIT_SUPPLEMENT: _("submitted the supplement"),
        },
        fields={
            Verb.ATTACH_COMMITMENT: ServiceCommitment,
            Verb.CORRECT_COMMITMENT: ServiceCommitment,
            Verb.REMOVE_COMMITMENT: ServiceCommitment,
            Verb.RESTORE_COMMITMENT: ServiceCommitment,
        },
        labels={
            "issued_on": _("date of issue"),
            "issued_on_before": _("previous date of issue"),
            "expires_on": _("date of expiry"),
            "expires_on_before": _("previous date of expiry"),
            "saved_at": _("saved"),
            "criteria": _("criteria"),
            "criterion": _("criterion"),
            "replaced_sha256": _("SHA-256 of the replaced file"),
            "source": _("copied from"),
            "suspended_days": _("working days the time limit was suspended"),
            "version": _("version"),
            "number": _("case number"),
            "answers": _("answers"),
            "files": _("files"),
        },
        steps=STEPS,
        receipts=(OF_APPLICATION, OF_SUPPLEMENT),
    ),
)
