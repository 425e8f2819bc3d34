"""Reading decisions: cases to decide, agreements, progress."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.applications.queries import in_state
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.models import Agreement, Decision, Recommendation
from admission.decisions.rules import agreements_needed
from admission.decisions.terms import AgreementKind
from admission.review.models import Finding
from banks.hearings.models import PriorNotice
from banks.hearings.queries import open_on
from banks.hearings.rules import notice_on
from banks.register.models import Qualification
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile


def agreement_files(application: Application) -> list[StoredFile]:
    """Return the files of agreements signed after the approval."""
    rows = Agreement.objects.filter(decision__application=application).select_related("file")
    return [agreement.file for agreement in rows]


def agreements_of(application: Application) -> list[tuple[AgreementKind, Agreement | None]]:
    """Return each agreement an approval requires, with the signed one if any; empty without an approval."""
    decision = Decision.objects.filter(application=application, outcome=Outcome.APPROVE).first()
    if decision is None:
        return []
    signed = {row.kind: row for row in decision.agreements.select_related("file")}
    return [(kind, signed.get(kind)) for kind in agreements_needed(application.edition)]


def to_be_decided_by(person: User) -> QuerySet[Application]:
    """Return recommended applications this person may decide now: not reviewed by them, no conflict.

    A refusal waits until the bank was heard.
    """
    rows = in_state(ApplicationState.RECOMMENDED).exclude(conflicts__officer=person)
    heard_later = Recommendation.objects.filter(
        sent_back_at=None, outcome=Outcome.REFUSE, pk__in=open_on(Recommendation).values("case_id")
    )
    rows = rows.exclude(pk__in=heard_later.values("application"))
    return rows.exclude(pk__in=Application.objects.reviewed_by(person).values("pk"))


def notice_in(application: Application) -> PriorNotice | None:
    """The prior notice of the recommendation that stands, or of the last one."""
    return notice_on(application.recommendations.filter(outcome=Outcome.REFUSE).first())


def took_part(recommendations: Collection[int]) -> dict[int, frozenset[int]]:
    """By key of recommendation, the keys of the people who recorded findings in the application or recommended."""
    rows = Recommendation.objects.filter(pk__in=recommendations).values_list("pk", "application", "by")
    found = defaultdict(set)
    applications = {application for _pk, application, _by in rows}
    findings = Finding.objects.filter(application__in=applications)
    for application, by in findings.values_list("application", "by").distinct():
        found[application].add(by)
    return {pk: frozenset({*found[application], by}) for pk, application, by in rows}


def awaiting_issuing() -> QuerySet[Qualification]:
    """Return qualifications in force that await the central bank's technical review, oldest first."""
    waiting = Qualification.objects.filter(cancelled_on=None, issuing_from=None).select_related("bank")
    return waiting.order_by("effective_from", "pk")


def awaiting_agreements() -> QuerySet[Application]:
    """Return approved applications with outstanding agreements, oldest first."""
    rows = Application.objects.awaiting_effect().select_related("bank", "decision")
    return rows.order_by("closed_on", "pk")


def awaits_agreements(application: Application) -> bool:
    """Return whether an application is approved with outstanding agreements."""
    return Application.objects.awaiting_effect().filter(pk=application.pk).exists()


@dataclass(frozen=True)
class ProgressStep:
    """One step of an application: `now`, `past` or empty for the future, with a note."""

    label: str
    place: str
    note: str


REVIEWED = frozenset({ApplicationState.RECOMMENDED, ApplicationState.APPROVED, ApplicationState.REFUSED})


def progress_of(application: Application) -> list[ProgressStep]:
    """Return the steps of an application as the bank sees them."""
    edition, accepted_on, closed_on = application.edition, application.accepted_on, application.closed_on
    started = f"{clock.local_day(application.started_at):%Y-%m-%d}"
    within = _("within %(days)s working days") % {"days": edition.acceptance_days}
    decided_within = _("within %(days)s working days of acceptance") % {"days": edition.decision_days}
    return [
        ProgressStep(
            _("Fill in the application"),
            "now" if application.is_draft else "past",
            f"{application.started_by} · {started}",
        ),
        ProgressStep(
            _("Acceptance"),
            _place(application, ApplicationState.SUBMITTED, past=accepted_on is not None),
            f"{accepted_on:%Y-%m-%d}" if accepted_on else within,
        ),
        ProgressStep(
            _("Review"),
            _place(application, ApplicationState.UNDER_REVIEW, past=application.state in REVIEWED),
            "",
        ),
        ProgressStep(
            _("Decision"),
            _place(
                application,
                ApplicationState.RECOMMENDED,
                past=application.state in REVIEWED - {ApplicationState.RECOMMENDED},
            ),
            f"{closed_on:%Y-%m-%d}" if closed_on else decided_within,
        ),
    ]


def _place(application: Application, present: ApplicationState, *, past: bool) -> str:
    if application.state == present:
        return "now"
    return "past" if past else ""
