"""Reading the review: tasks with findings, visits, opinions, present colleagues."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import OuterRef, QuerySet, Subquery

from admission.applications.checks import Check, also_at_other_banks
from admission.applications.models import Application
from admission.applications.queries import Task, TaskGroup, TaskList, task_list
from admission.applications.states import OPEN
from admission.editions.terms import CheckName
from admission.review.models import Finding, Opinion, Presence
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile

PRESENT_FOR = dt.timedelta(seconds=60)
"""How long a colleague counts as present after their page last said so."""


@dataclass(frozen=True)
class ReviewTask(Task):
    """One criterion with its finding."""

    finding: Finding | None = None


def review_list(application: Application) -> TaskList[ReviewTask]:
    """Return the task list with findings, in a constant number of queries."""
    findings = {finding.criterion_id: finding for finding in application.findings.select_related("by")}
    tasks = task_list(application)
    elsewhere = tuple(also_at_other_banks(application.bank))
    groups = [
        TaskGroup(
            group.group,
            tuple(_with_finding(task, findings.get(task.criterion.pk), elsewhere) for task in group.tasks),
        )
        for group in tasks.groups
    ]
    return TaskList(application, tuple(groups), tasks.commitment)


def _with_finding(task: Task, finding: Finding | None, elsewhere: tuple[Check, ...]) -> ReviewTask:
    """A task as officers see it; where outlets have to be registered, with the codes that other banks entered too."""
    registered = any(check.name == CheckName.OUTLETS_REGISTERED for check in task.criterion.check_specs)
    shown = replace(task, checks=(*task.checks, *elsewhere)) if registered else task
    return ReviewTask(**vars(shown), finding=finding)


def earlier_findings(application: Application) -> dict[str, Finding]:
    """What was found last in this bank's earlier applications, by the slug of the criterion."""
    last = Finding.objects.filter(
        application__bank_id=application.bank_id, criterion__slug=OuterRef("criterion__slug")
    ).exclude(application=application)
    newest = last.order_by("-at", "-pk").values("pk")[:1]
    found = Finding.objects.filter(application__bank_id=application.bank_id, pk=Subquery(newest))
    return {finding.criterion.slug: finding for finding in found.select_related("application", "criterion")}


def visit_files(application: Application) -> list[StoredFile]:
    """Return the files of the site visits."""
    return list(StoredFile.objects.filter(pk__in=application.site_visits.values("files")).order_by("pk"))


def opinions_waiting() -> QuerySet[Opinion]:
    """Return the opinions awaited from the medical insurance side, oldest first."""
    waiting = Opinion.objects.filter(given_at=None, withdrawn_at=None, application__state__in=OPEN)
    return waiting.select_related("application__bank", "criterion").order_by("asked_at", "pk")


def colleagues_present(application: Application, officer: User) -> list[Presence]:
    """Return the colleagues who have the case open now, each with their criterion."""
    since = clock.now() - PRESENT_FOR
    rows = Presence.objects.filter(application=application, at__gte=since).exclude(officer=officer)
    return list(rows.select_related("officer").order_by("pk"))
