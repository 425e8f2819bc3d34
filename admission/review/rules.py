"""What officers may do in a case, and why not."""

import datetime as dt

from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.applications.states import (
    OPEN,
    TO_DECIDE,
    WITH_BUREAU,
    ApplicationState,
    SupplementStage,
)
from admission.editions.models import Criterion
from admission.review.models import Extension, Opinion
from admission.review.states import FindingResult
from admission.review.terms import HEALTHCARE_CRITERIA
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_may, staff_roles
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, Reason, Verdict, WrongState


def may_be_assigned(application: Application, to: User) -> Verdict:
    """Whether a case can be put on this officer's list: not closed, their role reviews or accepts, no conflict."""
    named = {"case": application.case_number, "person": to}
    if application.state not in OPEN - {ApplicationState.DRAFT}:
        return Verdict.no("closed", _("%(case)s is closed.") % named)
    if not (staff_may(to, Verb.RECORD_FINDING) or staff_may(to, Verb.ACCEPT_APPLICATION)):
        return Verdict.no("role", _("%(person)s neither accepts nor reviews applications.") % named)
    if application.conflicts.filter(officer=to).exists():
        return Verdict.no("conflict", _("%(person)s declared a conflict of interest in %(case)s.") % named)
    return YES


def may_visit(application: Application, officers: tuple[User, User], on: dt.date) -> Verdict:
    """Whether a visit can be recorded: two officers without a conflict, on a day since the case came in."""
    if application.state not in WITH_BUREAU:
        return Verdict.no("wrong_state", str(WrongState.moved_on()))
    submitted = clock.local_day(application.submitted_at) if application.submitted_at else clock.today()
    reasons = []
    if officers[0] == officers[1]:
        reasons.append(Reason("two_officers", _("A site visit has at least two officers.")))
    reasons += [
        Reason("role", _("%(person)s is no officer of the bureau.") % {"person": officer})
        for officer in officers
        if not staff_may(officer, Verb.SEE_DESK)
    ]
    if application.conflicts.filter(officer__in=officers).exists():
        reasons.append(Reason("conflict", _("One of them declared a conflict of interest in this case.")))
    if not submitted <= on <= clock.today():
        reasons.append(
            Reason(
                "day",
                _("The visit lies between %(day)s, when the case came in, and today.") % {"day": submitted},
            )
        )
    return Verdict.of(reasons)


def may_ask_opinion(application: Application, criterion: Criterion) -> Verdict:
    """Whether the medical insurance side can be asked about a criterion: one of its own, in review, not asked yet."""
    if application.state != ApplicationState.UNDER_REVIEW:
        return Verdict.no("wrong_state", _("An opinion is asked for while the application is under review."))
    if criterion.number not in HEALTHCARE_CRITERIA or criterion.edition_id != application.edition_id:
        return Verdict.no("criterion", _("The medical insurance side is asked on criteria 6, 16 and 23."))
    if application.opinions.filter(criterion=criterion, taken_back_at=None).exists():
        return Verdict.no("asked", _("It was asked about criterion %(n)s already.") % {"n": criterion.number})
    return YES


def may_give_opinion(opinion: Opinion) -> Verdict:
    """Whether an opinion is still waited for."""
    if opinion.taken_back_at is not None:
        return Verdict.no("taken_back", _("The question was taken back; no answer is needed."))
    if opinion.given_at is not None:
        return Verdict.no("given", _("The opinion was given already."))
    if opinion.application.state not in OPEN:
        return Verdict.no("closed", _("The case is closed."))
    return YES


def may_answer_opinion(user: User, opinion: Opinion) -> Verdict:
    """Whether this person may give the opinion: it is waited for, and another person asked."""
    verdict = may_give_opinion(opinion)
    if verdict and opinion.asked_by_id == user.pk:
        return Verdict.no("four_eyes", _("You asked this; the medical insurance side answers."))
    return verdict


def may_extend(application: Application) -> Verdict:
    """Whether the time to decide can be extended now: accepted, not decided, not over, and not extended before."""
    if application.state not in TO_DECIDE or application.decide_by is None:
        return Verdict.no("wrong_state", _("The time to decide is not running."))
    if Extension.objects.filter(application=application).exists():
        return Verdict.no("extended", _("The time was extended already; it can be done once."))
    if clock.today() > application.decide_by:
        return Verdict.no("over", _("The time to decide ended on %(day)s.") % {"day": application.decide_by})
    return YES


def may_record_remark(user: User, application: Application) -> Verdict:
    """Whether this person may note what is missing: an intake officer, before acceptance, until it is told."""
    verdict = may_act(user, Verb.RECORD_REMARK, application)
    if not verdict:
        return verdict
    if application.state != ApplicationState.SUBMITTED:
        return Verdict.no("wrong_state", _("What is missing is noted before the application is accepted."))
    if application.supplement_requests.filter(stage=SupplementStage.ACCEPTANCE).exists():
        return Verdict.no("told", _("What is missing was told once and completely; it cannot be told again."))
    return YES


def may_request_supplement(user: User, application: Application) -> Verdict:
    """Whether this person may ask the bank now: intake before acceptance and once, a reviewer during the review."""
    if application.state == ApplicationState.SUBMITTED:
        verdict = may_record_remark(user, application)
    else:
        verdict = may_record_finding(user, application)
    if verdict and not to_supplement(application):
        return Verdict.no(
            "nothing", _("Nothing is noted as missing. Note it at the criteria on the review desk first.")
        )
    return verdict


def to_supplement(application: Application) -> list[tuple[Criterion, str]]:
    """What would be asked now: the remarks before acceptance, the findings *supplement* during the review."""
    if application.state == ApplicationState.SUBMITTED:
        remarks = application.remarks.exclude(text="").select_related("criterion")
        return [(remark.criterion, remark.text) for remark in remarks]
    findings = application.findings.filter(result=FindingResult.SUPPLEMENT).select_related("criterion")
    return [(finding.criterion, finding.reason) for finding in findings]


def may_act(user: User, verb: Verb, application: Application) -> Verdict:
    """Whether an officer may act in a case at all: the role holds the verb, and no conflict is declared (law.md §2)."""
    verdict = may(staff_roles(user), verb)
    if verdict and application.conflicts.filter(officer=user).exists():
        return Verdict.no(
            "conflict", _("You declared a conflict of interest in this case; another person acts.")
        )
    return verdict


def may_declare(user: User, application: Application) -> Verdict:
    """Whether this person may declare a conflict now: not declared yet, and the case not closed."""
    if application.closed_on is not None:
        return Verdict.no("closed", _("The case is closed."))
    if application.conflicts.filter(officer=user).exists():
        return Verdict.no("declared", _("You have declared a conflict of interest in this case already."))
    return YES


def may_record_finding(user: User, application: Application) -> Verdict:
    """Whether this person may record findings in this case now: a reviewer, while it is under review."""
    verdict = may_act(user, Verb.RECORD_FINDING, application)
    if not verdict:
        return verdict
    if application.state != ApplicationState.UNDER_REVIEW:
        return Verdict.no("wrong_state", _("Findings are recorded while the application is under review."))
    return YES
