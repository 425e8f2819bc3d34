"""Reading applications: the bank's task list, the bureau's lists, evidence."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.applications.checks import Check, checks_for
from admission.applications.gaps import Gap, gaps_in
from admission.applications.models import Answer, Application, ServiceCommitment, SupplementRequest
from admission.applications.models.applications import ApplicationQuerySet
from admission.applications.states import OPEN, ApplicationState, Outcome, SupplementStage
from admission.applications.undertakings import (
    Undertaking,
    commitment_faults,
    standing_commitment,
    undertaking_in,
)
from admission.editions.facts import FactField
from admission.editions.models import Criterion
from admission.editions.terms import CriterionGroup, FactKind
from banks.register.models import Bank, CardVendor
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate, working_days_between
from zsbank.base.calendar.holidays import WorkingCalendar
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.cases.registry import letter_kinds
from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import LetterState

AT_ONCE = 50
"""Supplements read for a list of due dates."""


@dataclass(frozen=True)
class Task:
    """One criterion of the task list; its state is computed, not stored."""

    criterion: Criterion
    answer: Answer | None
    gaps: tuple[Gap, ...]
    checks: tuple[Check, ...]
    undertaking: Undertaking | None

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is missing, in words."""
        return tuple(gap.what for gap in self.gaps)

    @property
    def is_answered(self) -> bool:
        """Whether the bank has answered it, or given its undertaking."""
        return self.answer is not None or self.undertaking is not None

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that did not pass."""
        return tuple(check for check in self.checks if check.passed is False)

    @property
    def needs_reason(self) -> bool:
        """Whether a check did not pass, or needs a person: then the finding *met* has a reason, too."""
        return any(check.passed is not True for check in self.checks)

    @property
    def holds_up(self) -> bool:
        """Whether it blocks submission."""
        return bool(self.gaps) and not self.criterion.may_follow

    @property
    def state(self) -> str:
        """`done`, `attention` (a check failed), `started`, or `waiting` (nothing yet)."""
        if not self.is_answered:
            return "waiting" if not self.criterion.may_follow or not self.failed else "attention"
        if self.gaps:
            return "started"
        return "attention" if self.failed else "done"


AnyTask = TypeVar("AnyTask", bound=Task)


@dataclass(frozen=True)
class TaskGroup(Generic[AnyTask]):
    """The criteria of one group, with the number done."""

    group: CriterionGroup
    tasks: tuple[AnyTask, ...]

    @property
    def done(self) -> int:
        """How many are complete."""
        return sum(not task.gaps for task in self.tasks)


@dataclass(frozen=True)
class TaskList(Generic[AnyTask]):
    """The task list of an application."""

    application: Application
    groups: tuple[TaskGroup[AnyTask], ...]
    commitment: ServiceCommitment | None

    @property
    def tasks(self) -> tuple[AnyTask, ...]:
        """All tasks in the order of the criteria."""
        return tuple(task for group in self.groups for task in group.tasks)

    @property
    def incomplete(self) -> tuple[AnyTask, ...]:
        """The tasks that block submission."""
        return tuple(task for task in self.tasks if task.holds_up)

    @property
    def attention(self) -> tuple[AnyTask, ...]:
        """The tasks with a failed check."""
        return tuple(task for task in self.tasks if task.failed and task.answer is not None)

    @property
    def commitment_faults(self) -> list[str]:
        """What is wrong with the service commitment."""
        return commitment_faults(self.commitment) if self.commitment else []

    @property
    def undertakings(self) -> tuple[AnyTask, ...]:
        """The tasks that ask for an undertaking."""
        return tuple(task for task in self.tasks if task.criterion.undertaking_needed)


def task_list(application: Application) -> TaskList[Task]:
    """Return the task list of an application, in a constant number of queries."""
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    checks, commitment = checks_for(application), standing_commitment(application)
    tasks = [
        Task(
            criterion=criterion,
            answer=answers.get(criterion.pk),
            gaps=tuple(gaps_in(criterion, answers.get(criterion.pk), commitment)),
            checks=checks.get(criterion.number, ()),
            undertaking=undertaking_in(criterion, answers.get(criterion.pk), commitment),
        )
        for criterion in application.edition.criteria.all()
    ]
    grouped = groupby(tasks, key=lambda task: task.criterion.group)
    groups = tuple(TaskGroup(CriterionGroup(name), tuple(members)) for name, members in grouped)
    return TaskList(application, groups, commitment)


def facts_of(criterion: Criterion, answer: Answer | None) -> list[tuple[str, Any]]:
    """Return label and display value of each fact of a criterion."""
    given = answer.facts if answer else {}
    return [(field.label, shown_fact(field, given.get(field.name))) for field in criterion.fact_fields]


def shown_fact(field: FactField, value: Any) -> Any:
    """Return a fact's display value: the label of a choice, the name of a card vendor."""
    if field.kind == FactKind.VENDOR and str(value).isdecimal():
        vendor = CardVendor.objects.filter(pk=int(value)).first()
        return vendor.name if vendor else value
    return next((choice.label for choice in field.choices if choice.value == value), value)


def offered_vendors() -> list[tuple[str, str]]:
    """Return value and name of the card vendors that an answer can select."""
    return [(str(vendor.pk), vendor.name) for vendor in CardVendor.objects.all()]


def open_requests(until: dt.date) -> QuerySet[SupplementRequest]:
    """Return the supplements that banks have to submit by a day (local date), most urgent first."""
    rows = SupplementRequest.objects.filter(
        closed_on=None, due_date__lte=until, application__state=ApplicationState.SUPPLEMENTING
    )
    return rows.select_related("application__bank").order_by("due_date", "pk")[:AT_ONCE]


def in_state(state: ApplicationState) -> ApplicationQuerySet:
    """Return the applications in a state with their banks, most urgent first."""
    return (
        Application.objects.filter(state=state)
        .select_related("bank")
        .order_by("decide_by", "accept_by", "pk")
    )


def applications_of(bank_id: int) -> QuerySet[Application]:
    """Return a bank's applications, newest first."""
    return Application.objects.filter(bank_id=bank_id).select_related("edition", "decision__letter")


def received_in_words(application: Application) -> str:
    """Say when the application was received, and from whom; empty for a draft."""
    if application.submitted_at is None:
        return ""
    words = _("Received on %(day)s with case number %(number)s, submitted by %(person)s.")
    return words % {
        "day": f"{timezone.localtime(application.submitted_at):%Y-%m-%d %H:%M}",
        "number": application.case_number,
        "person": application.submitted_by,
    }


def in_hand(bank: Bank) -> Application | None:
    """Return the bank's application that is open, or approved with agreements to be signed; None if there is none."""
    found = Q(state__in=OPEN) | Q(decision__outcome=Outcome.APPROVE, decision__qualification=None)
    return Application.objects.filter(found, bank=bank).select_related("bank", "edition").first()


def letter_about_standing(bank: Bank) -> Letter | None:
    """Return the letter with which the bank was last admitted or exited."""
    about = [kind.code for kind in letter_kinds().values() if kind.on_standing]
    issued = Letter.objects.filter(uscc__in=bank.codes, kind__in=about, state=LetterState.ISSUED)
    return issued.order_by("-pk").first()


def supplements_to_be_ended() -> QuerySet[SupplementRequest]:
    """Return supplements whose provisional due date has passed: a person ends them, most urgent first."""
    rows = SupplementRequest.objects.filter(
        closed_on=None,
        due_date__lt=clock.today(),
        due_period__provisional=True,
        application__state=ApplicationState.SUPPLEMENTING,
    )
    return rows.select_related("application__bank").order_by("due_date", "pk")


def decision_period(application: Application, calendar: WorkingCalendar) -> Period | None:
    """Return the working days to decide: of edition and extension, and suspended ones; None before acceptance."""
    if application.accepted_on is None:
        return None
    extended = getattr(getattr(application, "extension", None), "days", 0)
    closed = application.supplement_requests.filter(stage=SupplementStage.REVIEW, closed_on__isnull=False)
    suspended = sum(
        working_days_between(clock.local_day(one.asked_at), one.closed_on, calendar=calendar)
        for one in closed
        if one.closed_on is not None
    )
    days = application.edition.decision_days + extended + suspended
    return calculate(application.accepted_on, days, Unit.WORKDAY, calendar=calendar)
