"""The read side of admission: the bank's task list, the reviewer's desk, the officers' work list."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from admission.checks import Check, checks_for
from admission.models import (
    Agreement,
    Answer,
    Application,
    Criterion,
    Decision,
    Evidence,
    Finding,
    Looking,
    Opinion,
)
from admission.models.applications import ApplicationQuerySet
from admission.rules import lacks
from admission.states import OPEN, WITH_BUREAU, ApplicationState, Outcome
from admission.terms import AgreementKind, CriterionGroup, RequiredBefore
from banks.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter, LetterKind
from zsbank.base.letters.states import LetterState

SEEN_LATELY = dt.timedelta(seconds=60)


@dataclass(frozen=True)
class Task:
    """One criterion of the task list; its state is computed from what is there, never stored."""

    criterion: Criterion
    answer: Answer | None
    lacking: tuple[str, ...]
    checks: tuple[Check, ...]
    finding: Finding | None

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that did not pass."""
        return tuple(check for check in self.checks if check.passed is False)

    @property
    def state(self) -> str:
        """done, attention (a check failed), started, or waiting (nothing yet)."""
        optional = self.criterion.required_before == RequiredBefore.ISSUING
        if self.answer is None:
            return "waiting" if not optional or not self.failed else "attention"
        if self.lacking:
            return "started"
        return "attention" if self.failed else "done"


@dataclass(frozen=True)
class TaskGroup:
    """The criteria of one group, and how many are done."""

    group: CriterionGroup
    tasks: tuple[Task, ...]

    @property
    def done(self) -> int:
        """How many lack nothing."""
        return sum(
            not task.lacking and (task.answer is not None or task.state == "done") for task in self.tasks
        )


@dataclass(frozen=True)
class TaskList:
    """The whole task list of an application."""

    application: Application
    groups: tuple[TaskGroup, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in the order of the criteria."""
        return tuple(task for group in self.groups for task in group.tasks)

    @property
    def incomplete(self) -> tuple[Task, ...]:
        """The tasks that still lack something."""
        return tuple(task for task in self.tasks if task.lacking)

    @property
    def attention(self) -> tuple[Task, ...]:
        """The tasks with a check that did not pass."""
        return tuple(task for task in self.tasks if task.failed and task.answer is not None)


def task_list(application: Application) -> TaskList:
    """The task list of an application; the same number of queries however much is answered."""
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    findings = {finding.criterion_id: finding for finding in application.findings.select_related("by")}
    checks = checks_for(application)
    tasks = [
        Task(
            criterion=criterion,
            answer=answers.get(criterion.pk),
            lacking=tuple(lacks(criterion, answers.get(criterion.pk))),
            checks=checks.get(criterion.number, ()),
            finding=findings.get(criterion.pk),
        )
        for criterion in application.edition.criteria.all()
    ]
    grouped = groupby(tasks, key=lambda task: task.criterion.group)
    return TaskList(
        application, tuple(TaskGroup(CriterionGroup(name), tuple(members)) for name, members in grouped)
    )


def with_bureau() -> QuerySet[Application]:
    """The applications that wait for the bureau, the most urgent first."""
    return (
        Application.objects.filter(state__in=WITH_BUREAU)
        .select_related("bank", "edition")
        .order_by("accept_by", "pk")
    )


def in_state(state: ApplicationState) -> ApplicationQuerySet:
    """The applications in one state with their banks, the most urgent first."""
    return (
        Application.objects.filter(state=state)
        .select_related("bank")
        .order_by("decide_by", "accept_by", "pk")
    )


def due_on(application: Application) -> dt.date | None:
    """By when the bureau's present step is due."""
    return application.decide_by or application.accept_by


def applications_of(bank_id: int) -> QuerySet[Application]:
    """A bank's applications, newest first."""
    return Application.objects.filter(bank_id=bank_id).select_related("edition", "decision__letter")


def earlier_finding(application: Application, criterion: Criterion) -> Finding | None:
    """What was found last of the same criterion in an earlier application of this bank."""
    earlier = Finding.objects.filter(
        application__bank_id=application.bank_id, criterion__number=criterion.number
    )
    return earlier.exclude(application=application).select_related("application").order_by("-at").first()


def handed_in_with(application: Application) -> list[Evidence]:
    """The evidence as it was when the application was handed in, by criterion; empty for a draft."""
    if application.submitted_at is None:
        return []
    rows = Evidence.objects.filter(
        answer__application=application, added_at__lte=application.submitted_at
    ).exclude(removed_at__lte=application.submitted_at)
    return list(rows.select_related("file", "answer__criterion").order_by("answer__criterion__number", "pk"))


def evidence_files(application: Application) -> list[StoredFile]:
    """The files of the evidence, with the earlier revisions of each; what was removed is not among them."""
    given = Evidence.objects.filter(answer__application=application)
    shown = given.filter(Q(removed_at=None) | Q(replaced_by__isnull=False)).select_related("file")
    return [evidence.file for evidence in shown]


def agreement_files(application: Application) -> list[StoredFile]:
    """The files of the agreements that were signed after the approval."""
    rows = Agreement.objects.filter(decision__application=application).select_related("file")
    return [agreement.file for agreement in rows]


def agreements_of(application: Application) -> list[tuple[AgreementKind, Agreement | None]]:
    """Each agreement that an approval needs, and the signed one if it is there; empty without an approval."""
    decision = Decision.objects.filter(application=application, outcome=Outcome.APPROVE).first()
    if decision is None:
        return []
    signed = {row.kind: row for row in decision.agreements.select_related("file")}
    return [(kind, signed.get(kind)) for kind in AgreementKind]


def awaiting_agreements() -> QuerySet[Application]:
    """Approved applications whose agreements are still to be signed, the oldest first."""
    rows = Application.objects.awaiting_effect().select_related("bank", "decision")
    return rows.order_by("closed_on", "pk")


def visit_files(application: Application) -> list[StoredFile]:
    """The photos and papers of the site visits."""
    return list(StoredFile.objects.filter(pk__in=application.site_visits.values("files")).order_by("pk"))


def opinions_waiting() -> QuerySet[Opinion]:
    """What the medical insurance side has still to answer, the oldest first."""
    waiting = Opinion.objects.filter(given_at=None, taken_back_at=None, application__state__in=OPEN)
    return waiting.select_related("application__bank", "criterion").order_by("asked_at", "pk")


def others_looking(application: Application, officer: User) -> list[Looking]:
    """The colleagues who have the case open now, each with the criterion they are at."""
    since = clock.now() - SEEN_LATELY
    rows = Looking.objects.filter(application=application, at__gte=since).exclude(officer=officer)
    return list(rows.select_related("officer").order_by("pk"))


def letter_that_says_why(bank: Bank) -> Letter | None:
    """The bank's last letter about its standing: the one that admitted it, or with which it left."""
    about = (LetterKind.ADMISSION_APPROVAL, LetterKind.EXIT_CONSENT, LetterKind.EXIT_NOTICE)
    issued = Letter.objects.filter(uscc=bank.uscc, kind__in=about, state=LetterState.ISSUED)
    return issued.order_by("-pk").first()
