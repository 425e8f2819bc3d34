"""What waits for an officer: one function for each verb that can wait, asked only for the verbs the person holds."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.applications.queries import in_state
from admission.applications.states import ApplicationState
from admission.decisions.queries import awaiting_agreements
from admission.review.queries import opinions_waiting
from banks.hearings.models import PriorNotice
from banks.register.models import Qualification
from exit.cases.models import ExitCase
from exit.cases.queries import breaches_without_case, to_be_signed_by
from exit.cases.states import ExitState
from inspections.assessments.queries import drafts_to_finalise, unrated
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.letters.queries import without_file
from zsbank.base.permissions import Verb


@dataclass(frozen=True)
class Item:
    """One thing to do: the next step, whose case, until when at the latest, since when it waits, and where to do it."""

    step: str | Promise
    case: str
    about: str
    address: str
    due: dt.date | None = None
    since: dt.date | None = None

    @property
    def left(self) -> int | None:
        """Days from today to the due date; negative when it has passed."""
        return (self.due - clock.today()).days if self.due else None


def sheet(base: str, pk: int, verb: Verb) -> str:
    """The address of a verb's sheet on a case."""
    return reverse(f"admin:{base}_sheet", args=[pk, verb.value])


def _application(step: str, row: Application, address: str, due: dt.date | None) -> Item:
    since = clock.local_day(row.submitted_at) if row.submitted_at else None
    return Item(step, row.case_number, str(row.bank), address, due, since)


def to_accept(by: User) -> Iterable[Item]:
    """Applications handed in."""
    for row in in_state(ApplicationState.SUBMITTED).waiting_for(by):
        address = reverse("admin:admission_application_review", args=[row.pk, 1])
        yield _application(_("Accept it, or tell what is missing"), row, address, row.accept_by)


def to_review(by: User) -> Iterable[Item]:
    """Applications under review."""
    for row in in_state(ApplicationState.UNDER_REVIEW).waiting_for(by):
        address = reverse("admin:admission_application_review_first", args=[row.pk])
        yield _application(_("Review the criteria and recommend"), row, address, row.decide_by)


def to_give_opinion(by: User) -> Iterable[Item]:
    """Questions to the medical insurance side."""
    for row in opinions_waiting():
        address = sheet("admission_opinion", row.pk, Verb.GIVE_OPINION)
        since = clock.local_day(row.asked_at)
        yield Item(_("Give the opinion"), str(row.bank), str(row.criterion), address, None, since)


def to_decide(by: User) -> Iterable[Item]:
    """Recommendations of others."""
    for row in (
        in_state(ApplicationState.RECOMMENDED)
        .exclude(conflicts__officer=by)
        .exclude(pk__in=Application.objects.reviewed_by(by).values("pk"))
    ):
        address = reverse("admin:admission_application_change", args=[row.pk])
        yield _application(_("Decide on the recommendation"), row, address, row.decide_by)


def to_answer(by: User) -> Iterable[Item]:
    """Statements of banks before an adverse decision."""
    waiting = PriorNotice.objects.filter(answered_at=None).exclude(stated_at=None).exclude(stated_by=by)
    for row in waiting.select_related("bank", "letter").order_by("stated_at"):
        address = sheet("banks_priornotice", row.pk, Verb.ANSWER_STATEMENT)
        since = clock.local_day(row.stated_at) if row.stated_at else None
        yield Item(
            _("Check and answer the bank's statement"), str(row.bank), str(row.letter), address, None, since
        )


def to_record_agreements(by: User) -> Iterable[Item]:
    """Approved applications whose agreements are still to be signed."""
    for row in awaiting_agreements().exclude(conflicts__officer=by):
        address = sheet("admission_application", row.pk, Verb.RECORD_AGREEMENT)
        yield Item(
            _("Record the agreements when both sides have signed"),
            row.case_number,
            str(row.bank),
            address,
            None,
            row.closed_on,
        )


def to_allow_issuing(by: User) -> Iterable[Item]:
    """Qualified banks whose technical review by the central bank is not in yet."""
    waiting = Qualification.objects.filter(cancelled_on=None, issuing_from=None).select_related("bank")
    for row in waiting.order_by("effective_from", "pk"):
        address = sheet("banks_qualification", row.pk, Verb.ALLOW_ISSUING)
        about = _("Criterion 8: the central bank's technical review")
        yield Item(
            _("Allow issuing when the review is in"), str(row.bank), about, address, None, row.effective_from
        )


def _orders(state: OrderState) -> Iterable[RectificationOrder]:
    rows = RectificationOrder.objects.filter(state=state).select_related("bank")
    return rows.order_by("due_date", "pk")


def to_set_deadline(by: User) -> Iterable[Item]:
    """Orders after two failing years, without their day yet."""
    for row in _orders(OrderState.AWAITING_DEADLINE):
        address = sheet("inspections_rectificationorder", row.pk, Verb.SET_RECTIFICATION_DEADLINE)
        yield Item(
            _("Set the day of the rectification"),
            str(row.bank),
            row.get_ground_display(),
            address,
            None,
            row.start_date,
        )


def to_check(by: User) -> Iterable[Item]:
    """Rectification reports."""
    for row in _orders(OrderState.REPORTED):
        address = reverse("admin:inspections_rectificationorder_change", args=[row.pk])
        yield Item(
            _("Check the rectification report"),
            str(row.bank),
            row.get_ground_display(),
            address,
            row.due_date,
            row.start_date,
        )


def to_finalise(by: User) -> Iterable[Item]:
    """Draft results that another person recorded."""
    for row in drafts_to_finalise(by):
        address = sheet("inspections_assessment", row.pk, Verb.FINALISE_ASSESSMENT)
        about = _("%(year)s: %(grade)s, %(score)s") % {
            "year": row.year,
            "grade": row.grade,
            "score": row.score,
        }
        yield Item(_("Make the result final"), str(row.bank), about, address)


def to_assess(by: User) -> Iterable[Item]:
    """Full years of qualified banks without a rating: neither a fail nor a bridge, so a person looks."""
    for bank, year in unrated():
        address = reverse("admin:inspections_assessment_register_sheet", args=[Verb.RECORD_ASSESSMENT.value])
        about = _("No rating for %(year)s") % {"year": year}
        yield Item(_("Record the assessment"), str(bank), about, f"{address}?bank={bank.pk}&year={year}")


def to_open(by: User) -> Iterable[Item]:
    """Serious breaches from which no exit case was opened."""
    for row in breaches_without_case():
        address = reverse("admin:exit_exitcase_register_sheet", args=[Verb.OPEN_EXIT_CASE.value])
        yield Item(
            _("Open the exit case"),
            str(row.bank),
            row.get_kind_display(),
            f"{address}?determination={row.pk}",
            None,
            row.determination_date,
        )


def _exit_cases(rows: Iterable[ExitCase], step: str) -> Iterable[Item]:
    for row in rows:
        address = reverse("admin:exit_exitcase_change", args=[row.pk])
        about = f"{row.bank} · {row.get_ground_display()}"
        yield Item(step, row.case_number, about, address, None, clock.local_day(row.opened_at))


def to_propose(by: User) -> Iterable[Item]:
    """Exit cases to be checked and put before a decider."""
    rows = ExitCase.objects.filter(state=ExitState.OPENED).select_related("bank").order_by("pk")
    return _exit_cases(rows, _("Check the exit case and propose the letter"))


def to_sign(by: User) -> Iterable[Item]:
    """Exit letters that this person may sign."""
    return _exit_cases(to_be_signed_by(by), _("Sign the exit letter"))


def to_retry(by: User) -> Iterable[Item]:
    """Signed letters whose file could not be made."""
    for row in without_file():
        address = sheet("letters_letter", row.pk, Verb.RETRY_LETTER)
        yield Item(_("Make the letter's file again"), str(row), row.error, address, None, row.issue_date)


SOURCES: tuple[tuple[Verb, Callable[[User], Iterable[Item]]], ...] = (
    (Verb.RETRY_LETTER, to_retry),
    (Verb.ACCEPT_APPLICATION, to_accept),
    (Verb.RECORD_FINDING, to_review),
    (Verb.GIVE_OPINION, to_give_opinion),
    (Verb.DECIDE, to_decide),
    (Verb.ANSWER_STATEMENT, to_answer),
    (Verb.RECORD_AGREEMENT, to_record_agreements),
    (Verb.ALLOW_ISSUING, to_allow_issuing),
    (Verb.SET_RECTIFICATION_DEADLINE, to_set_deadline),
    (Verb.ACCEPT_RECTIFICATION, to_check),
    (Verb.FINALISE_ASSESSMENT, to_finalise),
    (Verb.RECORD_ASSESSMENT, to_assess),
    (Verb.OPEN_EXIT_CASE, to_open),
    (Verb.PROPOSE_EXIT, to_propose),
    (Verb.SIGN_EXIT, to_sign),
)


def work_of(person: User) -> list[Item]:
    """All that waits for a person, the most urgent first: by due date, then by how long it has waited."""
    found = [item for verb, source in SOURCES if staff_may(person, verb) for item in source(person)]
    return sorted(found, key=lambda item: (item.due or dt.date.max, item.since or dt.date.max))
