"""The actions of the review as the desk offers them: each says first what it will cause."""

from django.utils.translation import gettext_lazy

from admission.applications.states import OPEN, TO_DECIDE, WITH_BUREAU, ApplicationState
from admission.review.actions import time_limits
from admission.review.actions.acceptance import accept_application, declare_conflict
from admission.review.actions.casework import assign_cases, write_note
from admission.review.actions.findings import record_site_visit
from admission.review.actions.opinions import ask_opinion
from admission.review.actions.supplements import request_supplement
from admission.review.forms import (
    AssignForm,
    AssignManyForm,
    ExtensionForm,
    NoteForm,
    ask_form,
    site_visit_form,
)
from admission.review.rules import may_act, may_declare, may_extend, may_request_supplement, to_supplement
from zsbank.base.pages.sheets import ReasonForm, Sheet
from zsbank.base.permissions import Verb

IN_HAND = OPEN - {ApplicationState.DRAFT}

ACCEPT = Sheet(
    Verb.ACCEPT_APPLICATION,
    gettext_lazy("Accept"),
    (gettext_lazy("The review begins and its due date is set."), gettext_lazy("The bank is told.")),
    lambda by, case, given: accept_application(application=case, by=by),
    frozenset({ApplicationState.SUBMITTED}),
    why_not=lambda by, case: may_act(by, Verb.ACCEPT_APPLICATION, case).why_not,
)

REQUEST_SUPPLEMENT = Sheet(
    Verb.REQUEST_SUPPLEMENT,
    gettext_lazy("Tell what is missing"),
    (
        gettext_lazy("The bank is told at once all that is noted, with a numbered letter and a due date."),
        gettext_lazy("Only what is asked for is open to the bank again; the clock stands still."),
        gettext_lazy("Before acceptance this can be done once only."),
    ),
    lambda by, case, given: request_supplement(application=case, by=by),
    frozenset({ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW}),
    why_not=lambda by, case: may_request_supplement(by, case).why_not,
    notes=lambda case: [f"{criterion}：{remark}" for criterion, remark in to_supplement(case)],
)

ASSIGN = Sheet(
    Verb.ASSIGN_CASES,
    gettext_lazy("Assign"),
    (gettext_lazy("The case stands on this officer's work list and on nobody else's; they are told."),),
    lambda by, case, given: assign_cases(applications=[case], to=given["to"], by=by),
    IN_HAND,
    lambda case: AssignForm,
    aside=True,
    why_not=lambda by, case: may_act(by, Verb.ASSIGN_CASES, case).why_not,
)

ASK_OPINION = Sheet(
    Verb.ASK_OPINION,
    gettext_lazy("Ask the medical insurance side"),
    (
        gettext_lazy("Its liaison has the question on the work list and answers with a date."),
        gettext_lazy("The recommendation waits for the answer, unless the question is taken back."),
    ),
    lambda by, case, given: ask_opinion(application=case, by=by, criteria=list(given["criteria"])),
    frozenset({ApplicationState.UNDER_REVIEW}),
    ask_form,
    aside=True,
    why_not=lambda by, case: may_act(by, Verb.ASK_OPINION, case).why_not,
)

RECORD_SITE_VISIT = Sheet(
    Verb.RECORD_SITE_VISIT,
    gettext_lazy("Record a site visit"),
    (gettext_lazy("Report and photos stand as evidence with the criteria you name."),),
    lambda by, case, given: record_site_visit(
        application=case, by=by, **(given | {"criteria": list(given["criteria"])})
    ),
    WITH_BUREAU,
    site_visit_form,
    aside=True,
    why_not=lambda by, case: may_act(by, Verb.RECORD_SITE_VISIT, case).why_not,
)

WRITE_NOTE = Sheet(
    Verb.WRITE_NOTE,
    gettext_lazy("Write a note"),
    (gettext_lazy("Officers read it with the case. It is in no letter, and no bank reads it."),),
    lambda by, case, given: write_note(application=case, by=by, text=given["note"]),
    form=lambda case: NoteForm,
    aside=True,
    why_not=lambda by, case: may_act(by, Verb.WRITE_NOTE, case).why_not,
)

EXTEND_TIME_LIMIT = Sheet(
    Verb.EXTEND_TIME_LIMIT,
    gettext_lazy("Extend the time to decide"),
    (
        gettext_lazy("The day to decide moves by the working days that the edition sets; once only."),
        gettext_lazy("The bank is told the new day and the reason."),
    ),
    lambda by, case, given: time_limits.extend_time_limit(application=case, by=by, reason=given["reason"]),
    TO_DECIDE,
    lambda case: ExtensionForm,
    aside=True,
    why_not=lambda by, case: may_act(by, Verb.EXTEND_TIME_LIMIT, case).why_not or may_extend(case).why_not,
)

DECLARE_CONFLICT = Sheet(
    Verb.DECLARE_CONFLICT,
    gettext_lazy("Declare a conflict of interest"),
    (
        gettext_lazy("You take no further part in this case; it cannot be taken back."),
        gettext_lazy("Others go on with it. What you did before stays on record."),
    ),
    lambda by, case, given: declare_conflict(application=case, by=by, reason=given["reason"]),
    WITH_BUREAU,
    lambda case: ReasonForm,
    grave=True,
    aside=True,
    why_not=lambda by, case: may_declare(by, case).why_not,
)

REGISTER_SHEETS: tuple[Sheet, ...] = (
    Sheet(
        Verb.ASSIGN_CASES,
        gettext_lazy("Assign cases"),
        (gettext_lazy("The cases you tick stand on this officer's work list; all of them, or none."),),
        lambda by, case, given: assign_cases(applications=list(given["applications"]), to=given["to"], by=by),
        form=lambda case: AssignManyForm,
    ),
)
"""The actions on several applications at once."""
