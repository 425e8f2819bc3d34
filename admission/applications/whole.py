"""The whole application to read and print: each criterion with answer, facts, files and undertaking; the outlets."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum

from admission.applications.models import Application, Evidence, ServiceCommitment
from admission.applications.queries import Task, TaskList, shown_fact, task_list
from admission.editions.models import Criterion
from admission.editions.terms import CONTACTS, CriterionGroup
from banks.outlets.models import Outlet
from banks.outlets.terms import CardService
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import reader_language
from zsbank.base.files.models import StoredFile

FILES_SHOWN = 50
"""How many files of one criterion are listed; the rest are on the criterion's page."""
OUTLETS_SHOWN = 20
"""How many outlets a page lists."""
OUTLETS_PRINTED = 2000
"""How many outlets the PDF lists: as many as one spreadsheet holds; they take about five seconds of CPU time."""

Given = Evidence | ServiceCommitment


@dataclass(frozen=True)
class GivenFile:
    """A file with its address (empty in print) and the dates of the document."""

    file: StoredFile
    address: str
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None

    @property
    def is_expired(self) -> bool:
        """Whether the document has expired."""
        return self.expires_on is not None and self.expires_on < clock.today()


@dataclass(frozen=True)
class GivenFact:
    """A fact: label, display value, and the id of its field."""

    label: str
    value: Any
    field: str


@dataclass(frozen=True)
class WholeCriterion:
    """One criterion; `change` is the address at which the reader can change the answer, otherwise empty."""

    task: Task
    facts: tuple[GivenFact, ...]
    files: tuple[GivenFile, ...]
    more_files: int
    change: str


@dataclass(frozen=True)
class WholeGroup:
    """The criteria of one group."""

    group: CriterionGroup
    criteria: tuple[WholeCriterion, ...]


@dataclass(frozen=True)
class WholeOutlet:
    """An outlet with its services in words, and its phone number as the reader may see it."""

    outlet: Outlet
    services: str
    phone: str


@dataclass(frozen=True)
class Outlets:
    """The outlets in figures, and one page of them."""

    count: int
    open: int
    windows: int
    staff: int
    page: Page[Outlet]
    listed: tuple[WholeOutlet, ...]

    @property
    def more(self) -> int:
        """How many outlets are on other pages."""
        return self.count - len(self.listed)


@dataclass(frozen=True)
class Whole:
    """An application as one page."""

    application: Application
    tasks: TaskList[Task]
    groups: tuple[WholeGroup, ...]
    commitment: GivenFile | None
    outlets: Outlets

    @property
    def undertakings_given(self) -> int:
        """How many of the undertakings are given."""
        return sum(task.undertaking is not None for task in self.tasks.undertakings)

    @property
    def asks_for_commitment(self) -> bool:
        """Whether undertakings are missing that one service commitment would give."""
        return self.commitment is None and self.undertakings_given < len(self.tasks.undertakings)

    @property
    def file_count(self) -> int:
        """How many documents the answers have."""
        return sum(len(one.files) + one.more_files for group in self.groups for one in group.criteria)


def whole_of(
    application: Application,
    *,
    address: Callable[[Given], str],
    change: Callable[[Criterion], str] = lambda criterion: "",
    contact: Callable[[str], str] = str,
    page: int = 1,
    outlets: int = OUTLETS_SHOWN,
) -> Whole:
    """Return the whole application, in a constant number of queries.

    Args:
        address: returns the address of a document.
        change: returns the address at which the reader can change an answer; empty if they cannot.
        contact: returns a phone number or an e-mail address as the reader may see it.
        page: the page of outlets to list; each has `outlets` of them.
    """
    tasks = task_list(application)
    groups = tuple(
        WholeGroup(group.group, tuple(_criterion(task, address, change, contact) for task in group.tasks))
        for group in tasks.groups
    )
    standing = tasks.commitment
    commitment = GivenFile(standing.file, address(standing)) if standing else None
    return Whole(application, tasks, groups, commitment, _outlets(application.bank, page, outlets, contact))


def _criterion(
    task: Task,
    address: Callable[[Given], str],
    change: Callable[[Criterion], str],
    contact: Callable[[str], str],
) -> WholeCriterion:
    standing = task.answer.standing_evidence if task.answer else []
    files = tuple(
        GivenFile(one.file, address(one), one.issued_on, one.expires_on) for one in standing[:FILES_SHOWN]
    )
    facts = tuple(_facts(task, contact))
    return WholeCriterion(task, facts, files, len(standing) - len(files), change(task.criterion))


def _facts(task: Task, contact: Callable[[str], str]) -> list[GivenFact]:
    given = task.answer.facts if task.answer else {}
    shown = [(field, shown_fact(field, given.get(field.name))) for field in task.criterion.fact_fields]
    return [
        GivenFact(
            field.label,
            contact(str(value)) if value and field.kind in CONTACTS else value,
            f"id_fact_{field.name}",
        )
        for field, value in shown
    ]


def _separator() -> str:
    return ", " if reader_language() == "en" else "、"


def _outlets(bank: Bank, number: int, size: int, contact: Callable[[str], str]) -> Outlets:
    rows = Outlet.objects.filter(bank=bank)
    figures = rows.order_by().aggregate(
        count=Count("pk"),
        open=Count("pk", filter=Q(open_for_card_business=True, windows__gt=0)),
        windows=Sum("windows", default=0),
        staff=Sum("trained_staff", default=0),
    )
    page = Paginator(rows.order_by("name_order", "pk"), size).get_page(number)
    labels: dict[str, str] = {one.value: str(one.label) for one in CardService}
    listed = tuple(
        WholeOutlet(
            one,
            _separator().join(labels.get(service, service) for service in one.services),
            contact(one.phone) if one.phone else "",
        )
        for one in page
    )
    return Outlets(**figures, page=page, listed=listed)
