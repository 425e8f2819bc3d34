"""Rules of the review, besides those every action checks: role, conflict of interest, state."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from admission.applications.checks import checks_of
from admission.applications.models import Application
from admission.applications.states import ApplicationState, SupplementStage
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import Consulted
from admission.review.models import Extension, Finding, Opinion, Remark
from admission.review.states import FindingResult
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import held_on, staff_may
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import by_day
from zsbank.base.cases.dates import is_provisional
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, EditConflict, Incomplete, NotAllowed, Reason, Verdict, WrongState


def may_accept(by: User | None, application: Application) -> Verdict:
    """Check acceptance: by an officer at any time, by the sweep once the working days to accept have passed.

    Nothing is accepted by silence on a provisional day: an officer accepts it, or loads the holidays of the year.
    """
    if by is None and (not is_silent_past(application) or is_provisional(application.accept_period)):
        return Verdict.moved_on()
    return ALLOWED


def is_silent_past(application: Application) -> bool:
    """Return whether the working days to accept have passed, so that the application counts as accepted."""
    return application.accept_by is not None and clock.today() > application.accept_by


def may_be_assigned(application: Application, to: User) -> Verdict:
    """Check that a case can be assigned to this officer: a suitable role and no conflict."""
    named = {"case": application.case_number, "person": to}
    if not (staff_may(to, Verb.RECORD_FINDING) or staff_may(to, Verb.ACCEPT_APPLICATION)):
        words = _("%(person)s does not accept or review applications.") % named
        return Verdict.no("role", words, WrongState)
    if application.conflicts.filter(officer=to).exists():
        words = _("%(person)s declared a conflict of interest in %(case)s.") % named
        return Verdict.no("conflict", words, WrongState)
    return ALLOWED


def is_explained(
    application: Application, criterion: Criterion, result: FindingResult, reason: str
) -> Verdict:
    """Check that *met* over a check that did not pass, or that needs a person, has a reason.

    The check does not refuse the bank, and nobody overrules it without saying why.
    """
    if result != FindingResult.MET or reason.strip():
        return ALLOWED
    failed = [check.text for check in checks_of(application, criterion) if check.passed is not True]
    if not failed:
        return ALLOWED
    words = _(
        "An automatic check did not pass: %(checks)s Enter the reason why the criterion is met all the same."
    )
    return Verdict.no("unexplained", words % {"checks": " ".join(failed)}, Incomplete)


def may_visit(application: Application, officers: tuple[User, User], on: dt.date) -> Verdict:
    """Check a site visit: two officers of that day without a conflict, on a day (local date) within the case."""
    submitted = clock.local_day(application.submitted_at) if application.submitted_at else clock.today()
    reasons = []
    if officers[0] == officers[1]:
        reasons.append(Reason("two_officers", _("A site visit requires at least two officers."), WrongState))
    reasons += [
        Reason(
            "role",
            _("%(person)s was not an officer of the bureau on %(day)s.") % {"person": officer, "day": on},
            WrongState,
        )
        for officer in officers
        if not held_on(officer, Verb.SEE_DESK, on)
    ]
    if application.conflicts.filter(officer__in=officers).exists():
        words = _("One of the officers declared a conflict of interest in this case.")
        reasons.append(Reason("conflict", words, WrongState))
    if not submitted <= on <= clock.today():
        words = _("The visit must be between %(day)s, when the application was received, and today.") % {
            "day": submitted
        }
        reasons.append(Reason("day", words, WrongState))
    return Verdict.of(reasons)


def healthcare_criteria(edition: PolicyEdition) -> QuerySet[Criterion]:
    """Return the criteria on which the medical insurance side is consulted."""
    return edition.criteria.filter(consulted=Consulted.HEALTHCARE)


def may_ask_opinion(application: Application, criterion: Criterion) -> Verdict:
    """Check that the medical insurance side is consulted on a criterion and was not asked yet."""
    if criterion.consulted != Consulted.HEALTHCARE or criterion.edition_id != application.edition_id:
        numbers = "、".join(str(one.number) for one in healthcare_criteria(application.edition))
        words = _("You can ask the medical insurance department only about these criteria: %(numbers)s.") % {
            "numbers": numbers
        }
        return Verdict.no("criterion", words, WrongState)
    if criterion not in to_ask_about(application):
        words = _("The department has already been asked about criterion %(n)s.") % {"n": criterion.number}
        return Verdict.no("asked", words, WrongState)
    return ALLOWED


def to_ask_about(application: Application) -> list[Criterion]:
    """The criteria on which the medical insurance side is consulted and was not asked yet."""
    asked = application.opinions.filter(withdrawn_at=None).values("criterion")
    return list(healthcare_criteria(application.edition).exclude(pk__in=asked))


def may_ask(by: User | None, application: Application) -> Verdict:
    """Whether there is anything left to ask the medical insurance side about."""
    if to_ask_about(application):
        return ALLOWED
    words = _("The medical insurance side was asked about every criterion on which it is consulted.")
    return Verdict.no("asked", words, WrongState)


def is_awaited(by: User | None, opinion: Opinion) -> Verdict:
    """Check that an opinion is still awaited."""
    if opinion.withdrawn_at is not None:
        return Verdict.no("withdrawn", _("The question was withdrawn; no answer is needed."), WrongState)
    if opinion.given_at is not None:
        return Verdict.no("given", _("The opinion has already been given."), WrongState)
    if not opinion.application.is_open:
        return Verdict.no("closed", _("The case is closed."), WrongState)
    return ALLOWED


def may_give_opinion(by: User | None, opinion: Opinion) -> Verdict:
    """Check that the opinion is awaited and another person asked."""
    verdict = is_awaited(by, opinion)
    if verdict and by is not None and opinion.asked_by_id == by.pk:
        return Verdict.no(
            "four_eyes",
            _("You asked this question; the medical insurance department must answer it."),
            NotAllowed,
        )
    return verdict


def may_extend(by: User | None, application: Application) -> Verdict:
    """Check that the time limit is running and was not extended before."""
    if application.decide_by is None:
        return Verdict.no("wrong_state", _("The time limit for the decision is not running."), WrongState)
    if Extension.objects.filter(application=application).exists():
        return Verdict.no(
            "extended",
            _("The time limit has already been extended; it can be extended only once."),
            WrongState,
        )
    if clock.today() > application.decide_by:
        words = _("The decision was due %(day)s; that day has passed.") % {
            "day": by_day(application.decide_by)
        }
        return Verdict.no("over", words, WrongState)
    return ALLOWED


def not_overtaken(by: User, current: Finding | Remark | None, seen: str | None) -> Verdict:
    """Whether nobody else has saved since the page was read.

    A person's own saves never stand against each other: a save whose answer was lost is sent again with what was seen
    before it.

    Args:
        current: what is on record now.
        seen: the version that the page shows, empty for nothing; None where no page was read.
    """
    if seen is None or current is None or current.by_id == by.pk or current.version == seen:
        return ALLOWED
    words = _("%(person)s has saved this criterion since you opened it.") % {"person": current.by}
    return Verdict.no("stale", words, EditConflict)


def may_record_remark(by: User | None, application: Application) -> Verdict:
    """Check that the bank was not asked for a supplement before acceptance."""
    if application.supplement_requests.filter(stage=SupplementStage.ACCEPTANCE).exists():
        words = _("The bank has already received the one-time notice; it cannot be sent again.")
        return Verdict.no("told", words, WrongState)
    return ALLOWED


def may_request_supplement(by: User | None, application: Application) -> Verdict:
    """Check a supplement request: intake once before acceptance, a reviewer during the review."""
    before_acceptance = application.state == ApplicationState.SUBMITTED
    verb = Verb.RECORD_REMARK if before_acceptance else Verb.RECORD_FINDING
    if by is not None and not staff_may(by, verb):
        return Verdict.no("role", _("Your role does not allow this action."), NotAllowed)
    verdict = may_record_remark(by, application) if before_acceptance else ALLOWED
    if verdict and not to_supplement(application):
        words = _(
            "No missing information has been recorded. Record it for each criterion on the review page first."
        )
        return Verdict.no("nothing", words, WrongState)
    return verdict


def stage_now(application: Application) -> SupplementStage:
    """In which stage a supplement would be asked for now."""
    before_acceptance = application.state == ApplicationState.SUBMITTED
    return SupplementStage.ACCEPTANCE if before_acceptance else SupplementStage.REVIEW


def supplement_period(application: Application) -> Period:
    """The working days of the edition to supplement, counted from tomorrow."""
    return calculate(clock.today(), application.edition.supplement_days, Unit.WORKDAY)


def to_supplement(application: Application) -> list[tuple[Criterion, str]]:
    """Return what would be requested now: remarks before acceptance, findings *supplement* in the review."""
    if application.state == ApplicationState.SUBMITTED:
        remarks = application.remarks.exclude(text="").select_related("criterion")
        return [(remark.criterion, remark.text) for remark in remarks]
    findings = application.findings.filter(result=FindingResult.SUPPLEMENT).select_related("criterion")
    return [(finding.criterion, finding.reason) for finding in findings]
