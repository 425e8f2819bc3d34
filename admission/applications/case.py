"""Declaration of applications: home, actions, work items, checks and words."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from admission.applications.models import Application
from admission.applications.queries import with_bureau
from admission.applications.rules import may_start, open_request
from admission.applications.states import BANK_LABELS, TO_ACCEPT, TO_DECIDE, ApplicationState
from admission.applications.sweep import STEPS
from banks.register.models import Bank
from banks.register.rules import qualification_in_force
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.pages import MenuEntry, NextStep, SidebarEntry, SidebarGroup
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, DONE, FAILED, STOPPED, Shown
from zsbank.base.cases.urls import case_page
from zsbank.base.cases.work import WorkItem
from zsbank.base.permissions import Verb


def _ahead(until: dt.date) -> Iterator[WorkItem]:
    """Say what the bureau has to do by a day."""
    for row in with_bureau():
        due = row.decide_by or row.accept_by
        if due is not None and due <= until:
            step = _("Decision due") if row.decide_by else _("Acceptance due")
            yield WorkItem(step, row.case_number, str(row.bank), case_page(row), due)


def _home(bank: Bank) -> Iterator[NextStep]:
    """Yield the open application; without one, whether the bank may apply."""
    application = Application.objects.open().filter(bank=bank).first()
    if application is not None:
        yield _about(application)
        return
    verdict = may_start(None, bank)
    if verdict:
        yield NextStep(
            _("The bank may apply for admission"),
            _("24 criteria in three groups. The draft is saved until you submit it."),
            reverse("admission:start"),
            _("Start an application"),
        )
    elif qualification_in_force(bank) is None:
        yield NextStep(
            _("The bank may not apply today"),
            verdict.why_not,
            reverse("exit:standing"),
            _("View the standing"),
            theirs=False,
        )


def _about(application: Application) -> NextStep:
    """Say what the bank has to do in an open application, or who acts next."""
    heading, day, period = _("The bureau is handling the application"), None, None
    request = open_request(application)
    if application.is_draft:
        heading = _("Continue the application")
    elif request is not None:
        heading = _("The bureau has asked for a supplement")
        day, period = request.due_date, request.due_period
    elif application.state in TO_ACCEPT:
        day, period = application.accept_by, application.accept_period
    else:
        day, period = application.decide_by, application.decide_period
    label = BANK_LABELS[ApplicationState(application.state)]
    return NextStep(
        heading,
        f"{application.case_number} · {label}",
        reverse("admission:task_list", args=[application.pk]),
        _("Open the application"),
        day,
        period,
        theirs=application.is_with_bank,
    )


CASES = (
    Case(
        model=Application,
        states={
            ApplicationState.DRAFT: Shown(BANKS_TURN, bank=BANK_LABELS[ApplicationState.DRAFT]),
            ApplicationState.SUBMITTED: Shown(BUREAUS_TURN, bank=BANK_LABELS[ApplicationState.SUBMITTED]),
            ApplicationState.SUPPLEMENTING: Shown(
                BANKS_TURN, bank=BANK_LABELS[ApplicationState.SUPPLEMENTING]
            ),
            ApplicationState.UNDER_REVIEW: Shown(
                BUREAUS_TURN, bank=BANK_LABELS[ApplicationState.UNDER_REVIEW]
            ),
            ApplicationState.RECOMMENDED: Shown(BUREAUS_TURN, bank=BANK_LABELS[ApplicationState.RECOMMENDED]),
            ApplicationState.APPROVED: Shown(DONE, bank=BANK_LABELS[ApplicationState.APPROVED]),
            ApplicationState.REFUSED: Shown(FAILED, bank=BANK_LABELS[ApplicationState.REFUSED]),
            ApplicationState.WITHDRAWN: Shown(STOPPED, bank=BANK_LABELS[ApplicationState.WITHDRAWN]),
        },
        due=(
            Due("accept_by", "accept_period", TO_ACCEPT),
            Due("decide_by", "decide_period", TO_DECIDE),
        ),
        ahead=_ahead,
        home=_home,
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Applications"), "assignment", place=10),
        menu=(MenuEntry("admission:list", _("Admission"), place=20),),
        entries={
            Verb.START_APPLICATION: _("started the application"),
            Verb.SAVE_ANSWER: _("saved an answer"),
            Verb.ATTACH_EVIDENCE: _("attached evidence"),
            Verb.REPLACE_EVIDENCE: _("replaced evidence with a newer revision"),
            Verb.COPY_ANSWERS: _("copied answers from an earlier application"),
            Verb.REMOVE_EVIDENCE: _("removed evidence"),
            Verb.RESTORE_EVIDENCE: _("restored removed evidence"),
            Verb.CORRECT_EVIDENCE_DATES: _("corrected the dates of evidence"),
            Verb.SUBMIT_APPLICATION: _("submitted the application"),
            Verb.WITHDRAW_APPLICATION: _("withdrew the application"),
            Verb.DOWNLOAD_RECEIPT: _("downloaded the receipt"),
            Verb.END_SUPPLEMENT: _("recorded that the supplement period expired"),
            Verb.SUBMIT_SUPPLEMENT: _("submitted the supplement"),
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
        },
        steps=STEPS,
    ),
)
