"""The verbs on applications as the desk offers them: each a sheet that says first what it will cause."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission import actions, casework, decisions, effect, supplements, time_limits
from admission.basis import changed_since, changes_between
from admission.casework_rules import may_extend
from admission.desk_forms import (
    AssignForm,
    AssignManyForm,
    ExtensionForm,
    NoteForm,
    agreement_form,
    ask_form,
    recommend_form,
    site_visit_form,
)
from admission.letters import letter_of
from admission.models import Application
from admission.rules import (
    may_act,
    may_decide,
    may_declare,
    may_recommend,
    may_request_supplement,
    may_sign_decision,
    outstanding,
    to_supplement,
)
from admission.states import OPEN, TO_DECIDE, WITH_BUREAU, ApplicationState, Outcome
from admission.terms import AgreementKind
from zsbank.base.calendar import clock
from zsbank.base.pages.sheets import Draft, ReasonForm, Sheet
from zsbank.base.permissions import Verb

IN_HAND = OPEN - {ApplicationState.DRAFT}


def borne(application: Application) -> list[Outcome]:
    """The outcomes that the findings bear."""
    return [outcome for outcome in Outcome if may_recommend(application, outcome)]


def why_none(application: Application) -> str:
    """Why nothing can be recommended yet; empty when something can."""
    return "" if borne(application) else may_recommend(application, Outcome.APPROVE).why_not


def drafts_of(application: Application, outcomes: list[Outcome]) -> list[Draft]:
    """The letters of the outcomes, as they would be signed now."""
    headings = {
        Outcome.APPROVE: gettext_lazy("The letter of approval"),
        Outcome.REFUSE: gettext_lazy("The letter of refusal"),
    }
    return [Draft(headings[outcome], letter_of(application, outcome)) for outcome in outcomes]


def recommended(application: Application) -> list[Outcome]:
    """The outcome that stands recommended."""
    standing = application.recommendations.filter(sent_back_at=None).first()
    return [Outcome(standing.outcome)] if standing else []


def since_recommended(application: Application) -> list[str]:
    """What the decider has to know: what differs from an earlier recommendation, and what changed since this one."""
    recommendations = list(application.recommendations.all()[:2])
    if not recommendations:
        return []
    standing, earlier = recommendations[0], recommendations[1:]
    said = [str(change) for last in earlier for change in changes_between(last.basis, standing.basis)]
    later = [str(change) for change in changed_since(standing)]
    day = date_format(clock.local_day(standing.at))
    return [
        *(_("Since the earlier recommendation: %(change)s") % {"change": change} for change in said),
        *(_("Since this recommendation: %(change)s") % {"change": change} for change in later),
        *(() if later else [_("Nothing has changed since the recommendation of %(day)s.") % {"day": day}]),
    ]


def none_outstanding(application: Application) -> str:
    """Why no agreement can be recorded; empty when one is still to be signed."""
    return (
        ""
        if outstanding(application.decision)
        else _("All agreements are signed; the qualification is in effect.")
    )


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        Verb.ACCEPT_APPLICATION,
        gettext_lazy("Accept"),
        (gettext_lazy("The review begins and its due date is set."), gettext_lazy("The bank is told.")),
        lambda by, case, given: actions.accept_application(application=case, by=by),
        frozenset({ApplicationState.SUBMITTED}),
        why_not=lambda by, case: may_act(by, Verb.ACCEPT_APPLICATION, case).why_not,
    ),
    Sheet(
        Verb.REQUEST_SUPPLEMENT,
        gettext_lazy("Tell what is missing"),
        (
            gettext_lazy(
                "The bank is told at once all that is noted, with a numbered letter and a due date."
            ),
            gettext_lazy("Only what is asked for is open to the bank again; the clock stands still."),
            gettext_lazy("Before acceptance this can be done once only."),
        ),
        lambda by, case, given: supplements.request_supplement(application=case, by=by),
        frozenset({ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW}),
        why_not=lambda by, case: may_request_supplement(by, case).why_not,
        notes=lambda case: [f"{criterion}：{remark}" for criterion, remark in to_supplement(case)],
    ),
    Sheet(
        Verb.RECOMMEND,
        gettext_lazy("Recommend"),
        (gettext_lazy("Another person decides on your recommendation and signs the letter below."),),
        lambda by, case, given: decisions.recommend(
            application=case, by=by, outcome=Outcome(given["outcome"]), reason=given["reason"]
        ),
        frozenset({ApplicationState.UNDER_REVIEW}),
        lambda case: recommend_form(borne(case)),
        drafts=lambda case: drafts_of(case, borne(case)),
        why_not=lambda by, case: may_act(by, Verb.RECOMMEND, case).why_not or why_none(case),
    ),
    Sheet(
        Verb.DECIDE,
        gettext_lazy("Sign the decision"),
        (
            gettext_lazy("The decision takes effect as recommended, with a numbered letter to the bank."),
            gettext_lazy("An approved bank holds the qualification once both agreements are signed."),
        ),
        lambda by, case, given: decisions.decide(application=case, by=by),
        frozenset({ApplicationState.RECOMMENDED}),
        grave=True,
        drafts=lambda case: drafts_of(case, recommended(case)),
        notes=since_recommended,
        why_not=lambda by, case: may_sign_decision(by, case).why_not,
    ),
    Sheet(
        Verb.RECORD_AGREEMENT,
        gettext_lazy("Record a signed agreement"),
        (
            gettext_lazy("With the last agreement the qualification takes effect today; the bank is told."),
            gettext_lazy("Issuing begins only once the central bank's technical review is in (criterion 8)."),
        ),
        lambda by, case, given: effect.record_agreement(
            application=case,
            by=by,
            document_name=given["document"].name,
            **(given | {"kind": AgreementKind(given["kind"])}),
        ),
        frozenset({ApplicationState.APPROVED}),
        lambda case: agreement_form(outstanding(case.decision)),
        why_not=lambda by, case: may_act(by, Verb.RECORD_AGREEMENT, case).why_not or none_outstanding(case),
    ),
    Sheet(
        Verb.SEND_BACK,
        gettext_lazy("Send back"),
        (gettext_lazy("The application goes back to review; the recommendation stays on record."),),
        lambda by, case, given: decisions.send_back(application=case, by=by, reason=given["reason"]),
        frozenset({ApplicationState.RECOMMENDED}),
        lambda case: ReasonForm,
        why_not=lambda by, case: may_decide(by, case).why_not,
    ),
    Sheet(
        Verb.ASSIGN_CASES,
        gettext_lazy("Assign"),
        (gettext_lazy("The case stands on this officer's work list and on nobody else's; they are told."),),
        lambda by, case, given: casework.assign_cases(applications=[case], to=given["to"], by=by),
        IN_HAND,
        lambda case: AssignForm,
        aside=True,
        why_not=lambda by, case: may_act(by, Verb.ASSIGN_CASES, case).why_not,
    ),
    Sheet(
        Verb.ASK_OPINION,
        gettext_lazy("Ask the medical insurance side"),
        (
            gettext_lazy("Its liaison has the question on the work list and answers with a date."),
            gettext_lazy("The recommendation waits for the answer, unless the question is taken back."),
        ),
        lambda by, case, given: casework.ask_opinion(
            application=case, by=by, criteria=list(given["criteria"])
        ),
        frozenset({ApplicationState.UNDER_REVIEW}),
        ask_form,
        aside=True,
        why_not=lambda by, case: may_act(by, Verb.ASK_OPINION, case).why_not,
    ),
    Sheet(
        Verb.RECORD_SITE_VISIT,
        gettext_lazy("Record a site visit"),
        (gettext_lazy("Report and photos stand as evidence with the criteria you name."),),
        lambda by, case, given: casework.record_site_visit(
            application=case, by=by, **(given | {"criteria": list(given["criteria"])})
        ),
        WITH_BUREAU,
        site_visit_form,
        aside=True,
        why_not=lambda by, case: may_act(by, Verb.RECORD_SITE_VISIT, case).why_not,
    ),
    Sheet(
        Verb.WRITE_NOTE,
        gettext_lazy("Write a note"),
        (gettext_lazy("Officers read it with the case. It is in no letter, and no bank reads it."),),
        lambda by, case, given: casework.write_note(application=case, by=by, text=given["note"]),
        form=lambda case: NoteForm,
        aside=True,
        why_not=lambda by, case: may_act(by, Verb.WRITE_NOTE, case).why_not,
    ),
    Sheet(
        Verb.EXTEND_TIME_LIMIT,
        gettext_lazy("Extend the time to decide"),
        (
            gettext_lazy("The day to decide moves by the working days that the edition sets; once only."),
            gettext_lazy("The bank is told the new day and the reason."),
        ),
        lambda by, case, given: time_limits.extend_time_limit(
            application=case, by=by, reason=given["reason"]
        ),
        TO_DECIDE,
        lambda case: ExtensionForm,
        aside=True,
        why_not=lambda by, case: (
            may_act(by, Verb.EXTEND_TIME_LIMIT, case).why_not or may_extend(case).why_not
        ),
    ),
    Sheet(
        Verb.DECLARE_CONFLICT,
        gettext_lazy("Declare a conflict of interest"),
        (
            gettext_lazy("You take no further part in this case; it cannot be taken back."),
            gettext_lazy("Others go on with it. What you did before stays on record."),
        ),
        lambda by, case, given: actions.declare_conflict(application=case, by=by, reason=given["reason"]),
        WITH_BUREAU,
        lambda case: ReasonForm,
        grave=True,
        aside=True,
        why_not=lambda by, case: may_declare(by, case).why_not,
    ),
)
"""The verbs on one application, in the order of the procedure."""

REGISTER_SHEETS: tuple[Sheet, ...] = (
    Sheet(
        Verb.ASSIGN_CASES,
        gettext_lazy("Assign cases"),
        (gettext_lazy("The cases you tick stand on this officer's work list; all of them, or none."),),
        lambda by, case, given: casework.assign_cases(
            applications=list(given["applications"]), to=given["to"], by=by
        ),
        form=lambda case: AssignManyForm,
    ),
)
"""The verbs on several applications at once."""
